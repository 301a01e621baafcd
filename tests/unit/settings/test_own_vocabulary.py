"""A site's own vocabulary: rows win over the package's, and a faulty file is told with its line and left out."""

import pickle
from pathlib import Path

import pytest

from generator import read_cable
from generator.cable.source.facts import Facts
from generator.cable.vocabulary import BUILT_IN, Vocabulary
from generator.errors import Problem
from generator.settings.own_vocabulary import TABLES, load_vocabulary
from tests.conftest import CHECKOUT

CABLE = """\
FM AMEMBASSY PORT ANSELM
TO SECSTATE WASHDC
UNCLAS PORT ANSELM 000061

SIPDIS

TAGS: QXZZPREL, HS, PGOV
SUBJECT: A CLOCK
REF: A. OLD QUAY 5

1. The consul said so.
"""


def load(folder: Path, **files: str | bytes) -> tuple[Vocabulary, list[Problem]]:
    for name, text in files.items():
        path = folder / "vocabulary" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    vocabulary, problems = load_vocabulary(folder)
    return vocabulary, list(problems)


def told(folder: Path, **files: str | bytes) -> list[tuple[str, int, str]]:
    vocabulary, problems = load(folder, **files)
    assert vocabulary.own == {}
    assert all(problem.hint for problem in problems)
    return [(Path(problem.path).name, problem.line, problem.text) for problem in problems]


def test_a_site_without_files_has_the_packages_vocabulary(tmp_path: Path) -> None:
    assert load_vocabulary(tmp_path) == (BUILT_IN, ())
    assert load_vocabulary(tmp_path)[0].digest == BUILT_IN.digest


def test_a_cable_is_read_by_the_sites_own_rows(tmp_path: Path) -> None:
    own, problems = load(
        tmp_path,
        posts="code,name,kind,country\nPORTANSELM,Consulate Port Anselm,consulate,Hestria\n",
        aliases="alias,code\nOLDQUAY,PORTANSELM\n",
        tags="tag,description\nQXZZ,Clocks\n",
    )
    assert problems == []
    facts = Facts(id="09PORTANSELM61", header_lines=2)
    before, after = read_cable(CABLE, facts), read_cable(CABLE, facts, own)
    assert (before.origin, after.origin) == ("Embassy Port Anselm", "Consulate Port Anselm")
    assert before.tags == ("QXZZPREL", "HS", "PGOV")
    assert [each.id for each in before.references] == ["09OLDQUAY5"]
    assert [each.id for each in after.references] == ["09PORTANSELM5"]


def test_tags_of_the_site_are_known_and_cut_out_of_a_word_of_several(tmp_path: Path) -> None:
    own, _ = load(tmp_path, tags="tag,kind,description\nQXZZ,subject,Clocks\nHS,,Hestria\n")
    cable = read_cable(CABLE, vocabulary=own)
    assert cable.tags == ("QXZZ", "PREL", "HS", "PGOV")
    assert own.tags.meaning("HS") == "Hestria"
    assert own.tags.of("HS").kind == "country"
    assert BUILT_IN.tags.meaning("HS") == ""


def test_an_own_row_wins_and_all_others_stay(tmp_path: Path) -> None:
    own, problems = load(
        tmp_path,
        posts="code,name,code_1973_79\nMOSCOW,Legation Moscow,\nLONGPLACE,Embassy Long Place,MOSCO\n",
        tags="tag,description,era\nPREL,Relations,1973-79\nPREL,Friends,1980s-2010s\n",
        routing="indicator,name\nRUEHMO,LEGATION MOSCOW\n",
        acronyms="acronym\nQXZ\n",
    )
    assert problems == []
    assert own.posts.name("MOSCOW") == "Legation Moscow"
    assert own.posts.name("PARIS") == BUILT_IN.posts.name("PARIS") != ""
    assert own.posts.of_the_seventies["MOSCO"] == "LONGPLACE"
    assert [own.tags.meaning("PREL", year) for year in (1975, 2005)] == ["Relations", "Friends"]
    assert own.tags.meaning("PGOV") == BUILT_IN.tags.meaning("PGOV")
    assert own.routing["RUEHMO"].name == "LEGATION MOSCOW"
    assert own.routing["RHMFISS"] == BUILT_IN.routing["RHMFISS"]
    assert own.acronyms - BUILT_IN.acronyms == {"QXZ"}


def test_a_vocabulary_is_handed_to_another_process_as_its_own_rows(tmp_path: Path) -> None:
    own, _ = load(tmp_path, tags="tag,description\nQXZZ,Clocks\n")
    assert own.tags.meaning("QXZZ") == "Clocks"
    packed = pickle.dumps(own)
    assert len(packed) < 500
    assert pickle.loads(packed).digest == own.digest != BUILT_IN.digest


def test_the_packages_own_tables_would_be_accepted(tmp_path: Path) -> None:
    package = CHECKOUT / "generator/cable/vocabulary"
    own, problems = load(
        tmp_path, **{name: (package / f"{name}.csv").read_bytes() for name in TABLES if name != "tags"}
    )
    assert problems == []
    tags = (package / "tags.csv").read_text("utf-8")
    own, problems = load(tmp_path, tags=tags.replace(",slip,", ",,"))
    assert problems == []
    assert set(own.own) == set(TABLES)
    assert own.tags.by_code.keys() == BUILT_IN.tags.by_code.keys()
    assert own.tags.of("PREL") == BUILT_IN.tags.of("PREL")
    assert own.posts.by_code == BUILT_IN.posts.by_code
    assert own.posts.of_the_seventies == BUILT_IN.posts.of_the_seventies
    assert own.routing == BUILT_IN.routing


def test_bytes_before_the_text_blanks_and_empty_rows_do_not_matter(tmp_path: Path) -> None:
    own, problems = load(tmp_path, tags="\ufeff tag , description \r\n\r\n,\r\nQXZZ , Clocks\r\n".encode())
    assert problems == []
    assert own.own == {"tags": ({"tag": "QXZZ", "description": "Clocks"},)}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "the first line does not name the columns code and name"),
        ("code;name\nA;B\n", 1, 'unknown column "code;name"'),
        ("code,nmae\n", 1, 'unknown column "nmae"'),
        ("code,name,name\nPORTA,A,B\n", 1, 'the column "name" stands there twice'),
        ("name\nA\n", 1, "the first line does not name the column code"),
        ("code,name\nPORTA,A\n,Embassy B\n", 3, "this row has no code"),
        ("code,name\nPORTA,\n", 2, "this row has no name"),
        ("code,name\nPORTA,A,B\n", 2, "this row has 3 values, and there are 2 columns"),
        ("code,name\nPORTA\n", 2, "this row has 1 value, and there are 2 columns"),
        ("code,name\nport a,A\n", 2, 'code "port a" can\'t be used'),
        ('code,name\nPORTA,"A\nB"\nPORTB,b\n', 2, "name has a line break or a control character"),
        ("code,name\nPORTA,A\nPORTB,B\nPORTA,C\n", 4, "PORTA stands on line 2 already"),
        ('code,name\nPORTA,A\nPORTB,"B\nPORTC,C\n', 3, "not valid CSV: unexpected end of data"),
        ("code,name\nPORTA,A\nPORTB,\xe9".encode("latin-1"), 3, "not UTF-8"),
    ],
)
def test_a_faulty_file_is_told_with_its_line_and_left_out(
    tmp_path: Path, text: str | bytes, line: int, said: str
) -> None:
    assert ("posts.csv", line, said) in told(tmp_path, posts=text)


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("QXZZ,Clocks", "leave no value out; one that is empty needs its comma too: tag,description,era"),
        ("QXZZ,Clocks,,watches", 'put a value with commas between two "'),
    ],
)
def test_too_few_and_too_many_values_have_each_their_hint(tmp_path: Path, row: str, hint: str) -> None:
    _, (problem,) = load(tmp_path, tags=f"tag,description,era\n{row}\n")
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tags", "tag,description,kind\nQXZZ,Clocks,thing\n"),
        ("tags", "tag,description,era\nQXZZ,Clocks,long ago\n"),
        ("tags", "tag,description\nqxzz,Clocks\n"),
        ("tags", "tag,description\nQXZZ,Clocks\nQXZZ,Watches\n"),
        ("routing", "indicator,name,names_seen\nRUEHMO,MOSCOW,many\n"),
        ("routing", "indicator,name,top_share\nRUEHMO,MOSCOW,2 %\n"),
        ("aliases", "alias,code\nOLD QUAY,PORTANSELM\n"),
        ("acronyms", "acronym\nNATO\nNATO\n"),
    ],
)
def test_values_that_can_not_be_used_are_told(tmp_path: Path, name: str, text: str) -> None:
    ((file, line, said),) = told(tmp_path, **{name: text})
    assert (file, line) == (f"{name}.csv", text.count("\n"))
    assert "can't be used" in said or "already" in said


def test_a_file_of_another_name_is_told_and_files_beside_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary/README.md").write_text("Ours.\n", encoding="utf-8")
    (tmp_path / "vocabulary/.posts.csv").write_text("nothing\n", encoding="utf-8")
    (tmp_path / "vocabulary/tags.csv").symlink_to(tmp_path / "elsewhere.csv")
    _, (problem,) = load(tmp_path, post="code,name\n")
    assert (Path(problem.path).name, problem.hint) == ("post.csv", 'did you mean "posts"?')


def test_a_faulty_file_takes_no_other_with_it(tmp_path: Path) -> None:
    own, problems = load(tmp_path, posts="code\n", tags="tag,description\nQXZZ,Clocks\n")
    assert len(problems) == 1
    assert set(own.own) == {"tags"}
