"""What is shown of a file that has to be mended."""

import pickle
from pathlib import Path

import pytest

from generator.errors import CablepressError, FaultError, Problem
from generator.preview.trouble import LARGEST, WIDTH, Trouble, cause, trouble

TEXT = b"one\ntwo\nthree\nfour\nfive\nsix\n"


def at(path: Path, line: int) -> Trouble:
    return trouble(Problem(str(path), line, "wrong", "mend it"))


@pytest.mark.parametrize(
    ("line", "first", "excerpt"),
    [
        (1, 1, ("one", "two", "three")),
        (2, 1, ("one", "two", "three", "four")),
        (4, 2, ("two", "three", "four", "five", "six")),
        (6, 4, ("four", "five", "six", "")),
        (99, 97, ()),
        (0, 0, ()),
    ],
)
def test_the_lines_around_are_shown(tmp_path: Path, line: int, first: int, excerpt: tuple[str, ...]) -> None:
    file = tmp_path / "a.txt"
    for text in (TEXT, TEXT.replace(b"\n", b"\r\n"), TEXT.replace(b"\n", b"\r")):
        file.write_bytes(text)
        assert (at(file, line).first, at(file, line).excerpt) == (first, excerpt)


def test_a_terminal_gets_place_lines_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one\n\nthree\n")
    assert list(at(file, 3).lines()) == [
        f"error: {file}:3: wrong",
        "       1 | one",
        "       2 |",
        "  >    3 | three",
        "       4 |",
        "  hint: mend it",
    ]


def test_nothing_unprintable_and_no_endless_line_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "a\x1b.txt"
    file.write_bytes(b"\x1b[31m\xff\x00\t" + "\u202e".encode() + b"x" * 1000)
    shown = at(file, 1)
    assert all(text.isprintable() for text in (shown.place, *shown.excerpt))
    assert shown.excerpt[0].startswith("\\x1b[31m\ufffd\\x00")
    assert len(shown.excerpt[0]) < 2 * WIDTH
    assert trouble(Problem("a\x1b.txt", 0, "b\u202ec", "d\n")) == Trouble("a\\x1b.txt", "b\\u202ec", "d\\n")


def test_a_file_that_cannot_be_read_is_shown_without_lines(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"\n" * (LARGEST + 1))
    for path in (tmp_path, tmp_path / "none.txt", tmp_path / "a\0b", large):
        assert at(path, 1).excerpt == ()


def test_an_error_that_knows_its_place_shows_it_and_another_its_words() -> None:
    problem = Problem("theme/404.html", 2, "unexpected end", "mend it")
    assert cause(FaultError(problem)) == problem
    assert cause(CablepressError("the disk", "make room")) == Problem("", 0, "the disk", "make room")
    assert list(trouble(cause(CablepressError("the disk", ""))).lines()) == ["error: the disk"]


def test_an_error_of_another_process_arrives_whole() -> None:
    error = FaultError(Problem("theme/404.html", 2, "unexpected end", "mend it"))
    arrived = pickle.loads(pickle.dumps(error))
    assert (str(arrived), arrived.hint, arrived.problem) == (str(error), error.hint, error.problem)
    assert str(error) == "theme/404.html:2: unexpected end"
