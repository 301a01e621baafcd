"""The picture by which networks show the site: its title and its tagline on the plain ground of its pages."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

    Font = FreeTypeFont | ImageFont

SIZE = (1200, 630)
"""In pixels, as networks show it (1.91:1)."""

PAPER, INK, SOFT, RULE = "#f7f5ef", "#1f1e1b", "#5c584f", 18
EDGE = 90
TITLE_SIZES, TAGLINE_SIZES = (104, 80, 60, 44), (40, 32, 26)
TITLE_LINES, TAGLINE_LINES = 4, 3


def card(title: str, tagline: str) -> bytes:
    """The picture as PNG; the same words give the same bytes with the same version of Pillow.

    The font is Pillow's own (Aileron, CC0), which has the letters of English: words that it can't write as they are,
    and words without end, are left out rather than misspelt.
    """
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], RULE), fill=INK)
    top = EDGE + RULE
    for text, sizes, lines, colour in (
        (title, TITLE_SIZES, TITLE_LINES, INK),
        (tagline, TAGLINE_SIZES, TAGLINE_LINES, SOFT),
    ):
        size, wrapped = _fitted(" ".join(text.split()), sizes, lines)
        for line in wrapped:
            draw.text((EDGE, top), line, fill=colour, font=_font(size))
            top += size * 5 // 4
        top += size // 2
    raw = BytesIO()
    image.save(raw, "PNG", optimize=True)
    return raw.getvalue()


def _font(size: int) -> "Font":
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _fitted(text: str, sizes: tuple[int, ...], most: int) -> tuple[int, list[str]]:
    """The greatest size in which the text needs no more than `most` lines, and these; no lines where it has none."""
    if _written(text):
        for size in sizes:
            lines = _wrapped(text, _font(size))
            if lines and len(lines) <= most:
                return size, lines
    return sizes[-1], []


def _wrapped(text: str, font: "Font") -> list[str]:
    """The text in lines that are not too wide; none where a word is."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if font.getlength(longer) <= SIZE[0] - 2 * EDGE:
            lines[-1] = longer
        elif font.getlength(word) <= SIZE[0] - 2 * EDGE:
            lines.append(word)
        else:
            return []
    return list(filter(None, lines))


def _written(text: str) -> bool:
    """Whether the font has every character: one that it has not looks like one that there never will be, U+FFFF."""
    font = _font(TAGLINE_SIZES[0])
    lacking = bytes(font.getmask("\uffff"))
    return all(bytes(font.getmask(character)) != lacking for character in set(text) - {" "})
