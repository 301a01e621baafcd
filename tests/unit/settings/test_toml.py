"""The lines of keys, against TOML that was written with its lines known."""

import tomllib
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.settings.toml import Table, did_you_mean, read_table
from generator.settings.toml_lines import Place, places

VALUES = (
    "1",
    "-2.5e3",
    "true",
    "1979-05-27 07:32:00",
    '"x # y = [z] \\" "',
    "'C:\\'",
    '""',
    '"""\nkey = 1\n[no]\n"""',
    "'''\n\"[[no]]\n'''",
    '"""a \\""""""',
    "[1, [2, 3], {c = 4, d.e = [{f = 5}]}]",
    "[ # one\n  'a',\n\n  'b', # ]\n]",
    "{a = {b = '}'}, 'c d' = 1}",
)
KEYS = ("alpha", '"be.ta"', "'ga mma'", "delta.one", 'delta."t\\u0077o"', "e-_1")
HEADERS = ("[{}]", "[ {} . inner ] # comment", "[[{}]]")


def walk(value: object, place: Place = ()) -> Iterator[Place]:
    """Every place of a value that `tomllib` gave."""
    if place:
        yield place
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*place, key))
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*place, index))


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[int, str]]:
    """A TOML text, and for each line that a key begins on, that line's key as written."""
    lines: list[str] = []
    keys: dict[int, str] = {}
    for number in range(draw(st.integers(0, 4))):
        if number:
            lines += [draw(st.sampled_from(HEADERS)).format(f"table{draw(st.integers(number, number))}")]
        for key in draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4)):
            keys[len(lines) + 1] = key
            lines += f"{key} = {draw(st.sampled_from(VALUES))}{draw(st.sampled_from(['', ' # [a]', ' ']))}".split("\n")
            lines += [""] * draw(st.integers(0, 1))
    return "\n".join(lines), keys


@given(documents())
def test_every_value_has_a_place_and_every_key_its_line(document: tuple[str, dict[int, str]]) -> None:
    text, keys = document
    found = dict(places(text))
    nearest = {place[:n] for place in found for n in range(len(place) + 1)}
    assert set(walk(tomllib.loads(text))) <= nearest
    for line, key in keys.items():
        [(parts, _)] = list(places(f"{key} = 0"))
        assert line in [found_line for place, found_line in found.items() if place[-len(parts) :] == parts]


def test_repeated_arrays_of_tables_are_told_apart() -> None:
    text = "[[a]]\nx = 1\n[[a.b]]\ny = 1\n[[a]]\n[a.c]\nz = 1\n[[a.b]]\n[[a.b]]\ny = 2"
    assert dict(places(text)) == {
        ("a", 0): 1,
        ("a", 0, "x"): 2,
        ("a", 0, "b", 0): 3,
        ("a", 0, "b", 0, "y"): 4,
        ("a", 1): 5,
        ("a", 1, "c"): 6,
        ("a", 1, "c", "z"): 7,
        ("a", 1, "b", 0): 8,
        ("a", 1, "b", 1): 9,
        ("a", 1, "b", 1, "y"): 10,
    }


def test_lines_count_from_the_top_of_the_file_that_the_text_stands_in() -> None:
    table = read_table("\nsummry = 1", "a.md", lines_before=1)
    assert isinstance(table, Table)
    table.known(("summary",))
    assert table.problems == [Problem("a.md", 3, 'unknown key "summry"', 'did you mean "summary"?')]
    assert read_table("x = 1\ny", "a.md", lines_before=1) == Problem(
        "a.md",
        3,
        "not valid TOML: expected '=' after a key in a key/value pair",
        'a line is key = value; text stands between quotation marks: title = "…"',
    )


def test_a_suggestion_ignores_case_and_may_be_none() -> None:
    assert did_you_mean("Titel", ("title", "date")) == 'did you mean "title"?'
    assert did_you_mean("weight", ("title", "date")) == ""
