"""The real cables as raw text, in each form that has been seen (CABLE-FORMAT 8.5), give what their pages give."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.importers import mirror, text_dump
from generator.importers.record import Record

UNMARKED = {"06BOGOTA2554", "07LISBON2605", "07GENEVA2626", "08MEXICO3108", "09ASUNCION561", "09QUITO1206"}
"""Their bodies begin with what a dump or a newspaper has put before the classification line, or their headers lack the
line that says where they end: in one text nothing tells which box it belongs to."""


def preface(cable: Record) -> str:
    return f"{cable.id}\nA TITLE\n{cable.created:%Y-%m-%d %H:%M}\n{cable.classification}\n{cable.origin}\n\n"


def keys(cable: Record) -> str:
    return (
        f"refid: {cable.id}\ndate: {cable.created:%Y-%m-%d %H:%M:%S}\norigin: {cable.origin}\n"
        f"classification: {cable.classification}\ndestination: \nheader:\n{cable.header}\n"
        f"----------------- header ends ----------------\n{cable.body}"
    )


def page(cable: Record, pilcrow: str = "¶") -> str:
    cited = "".join(["Appears in these articles:\n", *(f"{each}\n" for each in cable.articles)])
    body = re.sub(r"(?m)^( *)((?:\d+|[A-Z])\. )", rf"\1{pilcrow}\2", cable.body)
    return (
        f"The site's name\n\nViewing cable {cable.id}, A TITLE\n\nUnderstanding cables\n\n"
        "Reference ID Created Released Classification Origin\n"
        f"{cable.id} {cable.created:%Y-%m-%d %H:%M} {cable.released:%Y-%m-%d %H:%M} {cable.classification} "
        f"{cable.origin}\n{cited if cable.articles else ''}{cable.header}\n{body}"
    )


FORMS: dict[str, Callable[[Record], str]] = {
    "alone": lambda cable: f"{cable.header}\n{cable.body}",
    "glued": lambda cable: cable.header + cable.body,
    "preface": lambda cable: f"{preface(cable)}{cable.header}\n{cable.body}",
    "keys": keys,
    "page": page,
    "page, pilcrows broken": lambda cable: page(cable, "\ufffd"),
    "page, pilcrows in a wrong encoding": lambda cable: page(cable, "Â¶"),
    "page, CR LF": lambda cable: page(cable).replace("\n", "\r\n"),
}


@pytest.fixture(scope="module")
def cables(shared: Path) -> list[Record]:
    return [entry for entry in mirror.read(shared / "real/mirror") if isinstance(entry, Record)]


@pytest.mark.parametrize("form", FORMS)
def test_every_cable_comes_out_of_its_raw_text(tmp_path: Path, cables: list[Record], form: str) -> None:
    for cable in cables:
        path = tmp_path / f"{cable.id}.txt"
        path.write_text(FORMS[form](cable), encoding="utf-8", newline="")
        (found,) = text_dump.read(path)
        assert isinstance(found, Record), (cable.id, found)
        assert found.id == cable.id
        whole, expected = found.header + found.body, cable.header + cable.body
        assert whole.replace("\n", "") == expected.replace("\n", ""), cable.id
        if cable.id not in UNMARKED or form == "keys":
            body = cable.body + "\n" * (form.startswith("page") and not cable.body.endswith("\n"))
            assert (found.header, found.body) == (cable.header, body), cable.id
        if form not in {"alone", "glued"}:
            assert (found.classification, found.origin) == (cable.classification, cable.origin), cable.id
        if form.startswith("page"):
            assert (found.released, found.articles) == (cable.released, cable.articles), cable.id
