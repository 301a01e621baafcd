import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageFont

from generator.site.card import EDGE, RULE, SIZE, card

GROUND = (0, EDGE, *SIZE)
"""Below the rule at the top."""


def picture(title: str, tagline: str = "") -> Image.Image:
    return Image.open(BytesIO(card(title, tagline)))


def drawn(title: str, tagline: str = "") -> tuple[int, int, int, int] | None:
    """The box around what is not ground, below the rule."""
    ground = picture(title, tagline).convert("RGB").crop((0, RULE + 1, *SIZE))
    plain = Image.new("RGB", ground.size, ground.getpixel((1, 1)))
    return ImageChops.difference(ground, plain).getbbox()


def test_it_is_a_picture_as_networks_want_it() -> None:
    image = picture("The Cable Archive", "Courage is contagious")
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(card("The Cable Archive", "Courage is contagious")) < 100_000


def test_the_font_is_the_one_whose_licence_was_read() -> None:
    """Its own words in it; README says them, too."""
    font = ImageFont.load_default(40)
    assert isinstance(font, ImageFont.FreeTypeFont)
    assert font.getname() == ("Aileron", "Regular")
    assert b"No Rights Reserved." in font.font_bytes


def test_the_same_words_are_the_same_bytes_in_any_process() -> None:
    program = "import sys; from generator.site.card import card; sys.stdout.buffer.write(card('Title', 'Tagline'))"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert other == card("Title", "Tagline") != card("Title", "") != card("Other", "")


@pytest.mark.parametrize("title", ["A", "W" * 18, "Many words in a title " * 8, "The Cable Archive"])
def test_words_stay_within_the_edges(title: str) -> None:
    box = drawn(title, "A tagline that is rather long and goes on for more than one line of it, if not for two")
    assert box is not None
    left, top, right, bottom = box
    assert left >= EDGE - 5
    assert right <= SIZE[0] - EDGE + 5
    assert top + RULE >= EDGE
    assert bottom + RULE < SIZE[1] - 10


@pytest.mark.parametrize("title", ["Архив", "Diplomáticos", "العربية", "U\u202eX", "W" * 200, "word " * 500, "", " "])
def test_what_can_not_be_written_is_left_out_whole(title: str) -> None:
    assert drawn(title) is None
    assert drawn(title, "Plain words") is not None
