"""The sample archive is invented and says so, and its cables, articles and pages hang together."""

import csv
import re
from collections import Counter

import pytest

from generator.archive.head import head_of
from generator.cable.model import ReferenceKind
from generator.settings.config import load_config
from generator.site.editorial import Article, missing, read_article
from tests.conftest import CHECKOUT
from tests.site.sample import CONTENT, Archive, cable_files, read_sample, words

INVENTED = "INVENTED FOR THE CABLEPRESS SAMPLE ARCHIVE"
VOCABULARY = CHECKOUT / "generator/cable/vocabulary"


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_sample()


@pytest.fixture(scope="module")
def writing() -> list[Article]:
    """The sample's articles and pages."""
    return [read_article(path.read_bytes(), path.name) for path in sorted(CONTENT.glob("*/*.md"))]


def _column(table: str, name: str) -> set[str]:
    with (VOCABULARY / table).open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


# What holds of all of them


def test_each_cable_is_what_its_file_and_folder_say(archive: Archive) -> None:
    assert len(archive) == 32
    for path in cable_files():
        cable = archive[path.stem]
        assert cable.id == cable.canonical_id == path.stem
        assert cable.created is not None
        assert f"{cable.created:%Y/%m}" == path.parent.relative_to(CONTENT / "cables").as_posix()


def test_each_cable_says_that_it_is_invented(archive: Archive) -> None:
    silent = [name for name, cable in archive.items() if INVENTED not in words(cable.body)]
    assert silent == []


def test_the_site_says_that_it_is_invented() -> None:
    config, problems = load_config(CONTENT / "site.toml")
    assert "invented" in config.tagline
    assert [str(problem.severity) for problem in problems] == ["warning"]  # no base_url yet
    assert (CONTENT / config.banner).is_file()
    assert config.total > 32


def test_no_post_country_or_relay_is_real(archive: Archive) -> None:
    posts, tags, relays = _column("posts.csv", "code"), _column("tags.csv", "tag"), _column("routing.csv", "indicator")
    assert {re.sub(r"\d", "", name) for name in archive} == {
        "KELDERMARK", "LINDENHALL", "OSTERWIK", "PORTANSELM", "QUILLHAVEN", "SELTANNE", "THREEMILLS",
    } - posts  # fmt: skip
    countries = {tag for cable in archive.values() for tag in cable.tags if len(tag) == 2}
    assert countries == {"HS", "OV", "TY", "UB"} - tags
    assert not {to.ri for cable in archive.values() for to in cable.recipients} & relays


def test_subject_tags_are_real(archive: Archive) -> None:
    known = _column("tags.csv", "tag")
    tags = {tag for cable in archive.values() for tag in cable.tags if len(tag) != 2}
    assert tags - known == {"PEMBERLEIGH, CONSTANCE"}


def test_released_on_several_days(archive: Archive) -> None:
    days = Counter(f"{cable.released:%Y-%m-%d}" if cable.released else "" for cable in archive.values())
    assert days == {"": 2, "2011-03-08": 7, "2011-04-19": 8, "2011-06-21": 7, "2011-09-06": 8}


def test_each_cable_stands_in_the_classification_meant(archive: Archive) -> None:
    assert Counter(cable.classification for cable in archive.values()) == {
        "UNCLASSIFIED": 10,
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY": 6,
        "CONFIDENTIAL": 12,
        "CONFIDENTIAL//NOFORN": 1,
        "SECRET": 2,
        "SECRET//NOFORN": 1,
    }


# How they hang together


def test_a_list_of_references(archive: Archive) -> None:
    references = archive["09OSTERWIK198"].references
    assert [(entry.letter, entry.kind, entry.id) for entry in references] == [
        ("A", ReferenceKind.CABLE, "09OSTERWIK44"),
        ("B", ReferenceKind.CABLE, "09QUILLHAVEN133"),
        ("C", ReferenceKind.CABLE, "09PORTANSELM61"),
        ("D", ReferenceKind.EMAIL, ""),
        ("E", ReferenceKind.CABLE, "09LINDENHALL77120"),
        ("F", ReferenceKind.CABLE, "78OSTERWIK1206"),
    ]
    kinds = {archive[name].references[-1].kind for name in ("94PORTANSELM88", "09KELDERMARK270")}
    assert kinds == {ReferenceKind.DOCUMENT, ReferenceKind.TELCON}


def _resolved(archive: Archive, name: str) -> list[str]:
    """The cables of the archive that one refers to, as the archive follows references."""
    wanted = [(citation.target, citation.fallback) for citation in head_of(archive[name]).citations]
    return [next(found for found in pair if found in archive) for pair in wanted if archive.keys() & set(pair)]


def test_all_references_but_four_lead_somewhere(archive: Archive) -> None:
    named = {name: [entry for entry in cable.references if entry.id] for name, cable in archive.items()}
    open_ends = {name: len(entries) - len(_resolved(archive, name)) for name, entries in named.items()}
    assert {name: count for name, count in open_ends.items() if count > 0} == {
        "78OSTERWIK1206": 1,
        "07SELTANNE214": 1,
        "09SELTANNE7": 1,
        "09OSTERWIK198": 1,
    }


def test_references_without_year_reach_across_new_year(archive: Archive) -> None:
    assert _resolved(archive, "08KELDERMARK12") == ["07KELDERMARK947", "07LINDENHALL160233"]
    assert _resolved(archive, "09SELTANNE7") == ["08LINDENHALL98112", "08SELTANNE151"]
    assert _resolved(archive, "10PORTANSELM1") == ["09PORTANSELM97", "09OSTERWIK198", "08QUILLHAVEN80"]


def test_the_stories_refer_to_each_other(archive: Archive) -> None:
    resolved = {name: _resolved(archive, name) for name in archive}
    assert sum(len(found) for found in resolved.values()) >= 45
    cited = {found for names in resolved.values() for found in names}
    assert archive.keys() - cited <= {"08KELDERMARK388", "10KELDERMARK18", "10SELTANNE22", "10QUILLHAVEN9"}


def test_articles_cite_what_is_there(archive: Archive, writing: list[Article]) -> None:
    known = {
        name: frozenset(paragraph.anchor for paragraph in cable.paragraphs)
        | frozenset(silent.anchor for silent in cable.silent_anchors)
        for name, cable in archive.items()
    }
    assert len(writing) == 6
    for article in writing:
        assert article.problems == ()
        assert missing(article, known) == ()
    assert sum(len(article.citations) for article in writing) > 40


def _letters(text: str) -> str:
    return words(re.sub(r"[^\w ]", " ", text.casefold().replace("\n", " ")))


def test_articles_quote_word_for_word(archive: Archive) -> None:
    """What stands between quotation marks in an article stands in a cable that the article cites."""
    quoted = 0
    for path in sorted((CONTENT / "articles").glob("*.md")):
        text = path.read_text("utf-8").split("+++\n", 2)[2]
        cited = [archive[name] for name in set(re.findall(r"\[\[(\w+)", text))]
        sources = [_letters(p.text) for cable in cited for p in cable.paragraphs]
        for quotation in re.findall(r'"([^"]+)"', text):
            assert any(_letters(quotation) in source for source in sources), quotation
            quoted += 1
    assert quoted > 20
