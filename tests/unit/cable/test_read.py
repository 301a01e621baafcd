from generator import read_cable
from generator.cable.model import Outline
from generator.cable.read import read_outline
from generator.cable.source.content_file import read_source
from tests.conftest import CHECKOUT


def test_an_outline_is_the_cable_without_what_the_site_does_not_show() -> None:
    files = sorted((CHECKOUT / "content/cables").rglob("*.txt"))
    assert files
    for file in files:
        source = read_source(file.read_bytes(), file.name)
        cable, outline = read_cable(source.text, source.facts), read_outline(source.text, source.facts)
        assert type(outline) is Outline
        for field in Outline.__struct_fields__:
            assert getattr(outline, field) == getattr(cable, field), (file.name, field)
