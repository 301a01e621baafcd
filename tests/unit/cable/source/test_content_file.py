from datetime import UTC, date, datetime

import pytest

from generator.cable.ids import file_name
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source, write_source
from generator.cable.source.facts import Facts
from generator.errors import Severity


def test_a_file_without_front_matter_is_text() -> None:
    source = read_source(b"UNCLAS MOSCOW 000226\n", "a.txt")
    assert source.text == "UNCLAS MOSCOW 000226\n"
    assert source.facts == Facts()
    assert source.problems == ()


def test_front_matter() -> None:
    raw = b"""+++
id = "10MOSCOW226"
created = 2010-01-29T15:33:00Z
released = 2011-08-30
classification = "unclassified//fouo"
references = ["09MOSCOW1", "09MOSCOW2"]
header_lines = 2
+++
FM X
TO Y
BODY"""
    source = read_source(raw, "a.txt")
    assert source.problems == ()
    assert source.facts == Facts(
        id="10MOSCOW226",
        created=datetime(2010, 1, 29, 15, 33, tzinfo=UTC),
        released=date(2011, 8, 30),
        classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        references=("09MOSCOW1", "09MOSCOW2"),
        header_lines=2,
    )
    assert source.text == "FM X\nTO Y\nBODY"


def test_times_are_turned_into_utc() -> None:
    assert read_source(b"+++\ncreated = 2010-01-29T17:33:00+02:00\n+++\n", "a").facts.created == datetime(
        2010, 1, 29, 15, 33, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("line", "said", "hint"),
    [
        ('relased = "x"', "unknown key 'relased'", "did you mean 'released'?"),
        ("id = 10", "id is the value 10, and must be text", "double quotes"),
        ('created = "2010-01-29"', "created is the text '2010-01-29', and must be a date", "without quotes"),
        ("created = 2010-02-30", "not valid TOML", "2010-01-29"),
        ('articles = "http://example.org"', "must be a list of texts", "["),
        ('articles = ["http://a.example/b", "javascript:alert(1)"]', "articles has 'javascript:alert(1)'", "https://"),
        ('articles = ["http://javascript:alert(1)"]', "articles has 'http://javascript:alert(1)'", "https://"),
        ('articles = ["data:text/html,x"]', "not the address of a page on the web", "https://"),
        ('articles = ["www.paper.example/b"]', "not the address of a page on the web", "https://"),
        ('articles = ["mailto:a@paper.example"]', "not the address of a page on the web", "https://"),
        ("header_lines = -1", "header_lines is the value -1", "header_lines = 12"),
        ("header_lines = true", "header_lines is the value true", "header_lines = 12"),
        ("header_lines = 99", "header_lines is 99, the text has 1", "header_lines = 12"),
        ('id = "a\\u0000b"', "control characters", "10MOSCOW226"),
        ("x = [[[[", "not valid TOML", ""),
    ],
)
def test_a_fault_in_front_matter_is_a_problem_with_its_line(line: str, said: str, hint: str) -> None:
    source = read_source(f'+++\norigin = "Embassy Moscow"\n\n{line}\n+++\nTHE TEXT'.encode(), "10MOSCOW226.txt")
    (problem,) = source.problems
    assert (problem.path, problem.line, problem.severity) == ("10MOSCOW226.txt", 4, Severity.ERROR)
    assert said in problem.text
    assert hint in problem.hint
    assert source.text == "THE TEXT"


def test_other_keys_survive_a_wrong_one() -> None:
    source = read_source(b'+++\nid = "10MOSCOW226"\norigin = 5\n+++\n', "a.txt")
    assert source.facts.id == "10MOSCOW226"
    assert len(source.problems) == 1


def test_an_unknown_classification_is_kept_with_a_warning() -> None:
    source = read_source(b'+++\nclassification = "SECRET//NOFRON"\n+++\n', "a.txt")
    (problem,) = source.problems
    assert problem.severity is Severity.WARNING
    assert problem.hint == "did you mean 'SECRET//NOFORN'?"
    assert source.facts.classification == "SECRET//NOFRON"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('id = "09LONDON (SEEN) 67"', "the id '09LONDON (SEEN) 67' is no reference ID"),
        ('id = "09LONDON68"', "the id is 09LONDON68, and the file is named 09LONDON67"),
        ('origin = ""', "origin is empty, as if the line were not there"),
        ('subject = " "', "subject is empty, as if the line were not there"),
        ("released = 2111-02-04", "released on 2111-02-04, years ahead"),
        ("created = 2101-02-04T10:00:00Z", "created on 2101-02-04, years ahead"),
        ('references = ["09MOSCOW1", "nonsense"]', "references has 'nonsense', which is no reference ID"),
    ],
)
def test_a_value_that_is_most_likely_a_slip_is_kept_with_a_warning(line: str, said: str) -> None:
    source = read_source(f'+++\naliases = ["09LONDON70"]\n{line}\n+++\nTEXT'.encode(), "my/09LONDON67.txt")
    assert [(p.line, p.text, p.severity) for p in source.problems] == [(3, said, Severity.WARNING)]


@pytest.mark.parametrize(
    ("identity", "path"),
    [
        ("09LONDON67", "my/scan 1.txt"),
        ("09LONDON67", "my/09LONDON67.txt"),
        ("1976STATE091590_b", "1976STATE091590_b.txt"),
        ("09LONDONX", "cables/2009/01/09LONDONX.txt"),  # as an import writes what was published so
        ("06Bogota1", f"cables/2006/03/{file_name('06Bogota1')}.txt"),
    ],
)
def test_an_id_that_nothing_speaks_against(identity: str, path: str) -> None:
    front = f'+++\nid = "{identity}"\nreferences = ["09 Moscow 1"]\nreleased = 2011-08-30\n+++\nTEXT'
    assert read_source(front.encode(), path).problems == ()


def test_front_matter_without_end_is_said_and_kept_as_text() -> None:
    source = read_source(b'+++\nid = "10MOSCOW226"\nTHE TEXT', "a.txt")
    assert source.problems[0].line == 1
    assert "no end" in source.problems[0].text
    assert source.text == '+++\nid = "10MOSCOW226"\nTHE TEXT'


def test_line_ends_and_characters_that_cannot_be_kept() -> None:
    source = read_source(b"\xef\xbb\xbfA\r\nB\rC\0\xff\xed\xa0\x80 \xef\xbf\xbd", "a.txt")
    assert source.text == "A\nB\nC\ufffd\ufffd\ufffd\ufffd\ufffd \ufffd"
    assert source.replaced == 5
    (problem,) = source.problems
    assert (problem.path, problem.line, problem.severity) == ("a.txt", 3, Severity.WARNING)
    assert problem.text == "5 characters stand as U+FFFD for what is not text in UTF-8; the first is the byte 0x00"


def test_the_line_of_what_is_not_utf8_counts_the_front_matter() -> None:
    source = read_source(b'+++\nid = "10MOSCOW226"\n+++\nTEXT\ncaf\xe9', "a.txt")
    (problem,) = source.problems
    assert (problem.line, problem.text[:28]) == (5, "1 character stands as U+FFFD")


def test_a_replacement_character_that_the_file_holds_itself_is_kept_without_a_word() -> None:
    assert read_source("A \ufffd B".encode(), "a.txt").problems == ()


def test_front_matter_in_a_file_with_windows_line_ends() -> None:
    assert read_source(b'\xef\xbb\xbf+++\r\nid = "10MOSCOW226"\r\n+++\r\nTEXT', "a").facts.id == "10MOSCOW226"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("", ""),
        ("", "UNCLAS MOSCOW 000226\n"),
        ("", "+++\nTEXT\n+++\n"),
        ("FM AMEMBASSY MOSCOW\nTO SECSTATE WASHDC", "UNCLAS MOSCOW 000226 \nSUBJECT: X"),
        ("FM AMEMBASSY MOSCOW\nTO SECSTATE WASHDC", "<<220571>>\nUNCLAS MOSCOW 000226 \nSUBJECT: X"),
        ("FM AMEMBASSY MOSCOW\n", "\nUNCLAS MOSCOW 000226"),
        ("\n", "\n"),
        ("null", ""),
    ],
)
def test_header_and_body_survive_writing_and_reading(header: str, body: str) -> None:
    facts = Facts(
        id="10MOSCOW226", subject='Say "hello" \\ \x7f \x01 é', created=datetime(2010, 1, 2, 3, 4, tzinfo=UTC)
    )
    source = read_source(write_source(facts, header, body), "a.txt")
    cable = read_cable(source.text, source.facts)
    assert (cable.header, cable.body) == (header, body)
    assert source.problems == ()
    assert source.facts.subject == facts.subject
    assert source.facts.created == facts.created


def test_nothing_is_written_that_the_text_says() -> None:
    assert write_source(Facts(), "FM AMEMBASSY MOSCOW", "UNCLAS MOSCOW 000226\n") == (
        b"FM AMEMBASSY MOSCOW\nUNCLAS MOSCOW 000226\n"
    )
