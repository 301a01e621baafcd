"""The lines that the relays worked with, in the forms of CABLE-FORMAT 1.1 and 1.3, and garbled ones."""

from datetime import UTC, datetime

import pytest

from generator import Cable, read_cable
from generator.cable.model import OfficeCopies, Recipient, SecurityLine, SenderLine
from generator.cable.source.facts import Facts


def cable(*lines: str) -> Cable:
    header = "\n".join((*lines, "FM AMEMBASSY LIMA", "TO SECSTATE WASHDC"))
    return read_cable(f"{header}\nUNCLAS LIMA 000012\n\n1. Text.", Facts(header_lines=header.count("\n") + 1))


def moment(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["VZCZCXRO1600", "VZCZCXYZ0000", "VZCZCMDI0012", "ZCZCXYZ0003", "VZCZCCRO123", "VZCZCXRO1600 "]
)
def test_identifier(line: str) -> None:
    assert cable(line, "RR RUEHWEB").identifier == line.strip()


@pytest.mark.parametrize(
    ("lines", "relays", "precedence"),
    [
        (["OO RUEHWEB"], "RUEHWEB", "IMMEDIATE"),
        (["ZZ RUEHWEB", ""], "RUEHWEB", "FLASH"),
        (["PP RUEHDBU RUEHLN", "RUEHSK RUEHSL"], "RUEHDBU RUEHLN RUEHSK RUEHSL", "PRIORITY"),
        (["RR RUCNAI RHMFISS RULSDMK"], "RUCNAI RHMFISS RULSDMK", "ROUTINE"),
        (["RUEHWEB"], "RUEHWEB", ""),
    ],
)
def test_line_2(lines: list[str], relays: str, precedence: str) -> None:
    read = cable("VZCZCXYZ0000", *lines)
    assert (" ".join(read.relays), read.precedence) == (relays, precedence)


GROUP = "R 311533Z DEC 09"


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        ("DE RUEHPE #0012/01 3651540", SenderLine("RUEHPE", 12, 1, moment(2009, 12, 31, 15, 40))),
        ("DE RUEHPE #3511 3651540", SenderLine("RUEHPE", 3511, 0, moment(2009, 12, 31, 15, 40))),
        ("DE RUEHPE #0012/02 0010002", SenderLine("RUEHPE", 12, 2, moment(2010, 1, 1, 0, 2))),
        ("DE RUEHPE #0012 3652561", SenderLine("RUEHPE", 12, 0, None)),
        ("DE RUEHPE #0012", SenderLine("RUEHPE", 12, 0, None)),
        ("DE RUEHPE", SenderLine("RUEHPE", 0, 0, None)),
        ("DE RUEHC  #0012 4001540", SenderLine("RUEHC", 12, 0, None)),
    ],
)
def test_sender(line: str, sender: SenderLine) -> None:
    assert cable(line, GROUP).sender == sender


@pytest.mark.parametrize(
    ("line", "security"),
    [
        ("ZNR UUUUU ZZH", SecurityLine("ZNR", "UNCLASSIFIED", "", "ZZH")),
        ("ZNR EEEEE ZZH", SecurityLine("ZNR", "UNCLASSIFIED EFTO", "", "ZZH")),
        ("ZNY CCCCC ZZH", SecurityLine("ZNY", "CONFIDENTIAL", "", "ZZH")),
        ("ZNY SSSSS ZZH ZDK", SecurityLine("ZNY", "SECRET", "", "ZZH ZDK")),
        ("ZNY TTTTT ZZH", SecurityLine("ZNY", "TOP SECRET", "", "ZZH")),
        ("ZNY SSSSS/BBBBB ZZH", SecurityLine("ZNY", "SECRET", "BBBBB", "ZZH")),
        ("ZNY CCCCC ZZH (CCY AD1234 MSI5678)", SecurityLine("ZNY", "CONFIDENTIAL", "", "ZZH (CCY AD1234 MSI5678)")),
        ("ZNY SSSAA", SecurityLine("ZNY", "SECRET", "", "")),
        ("ZNY CCCC", SecurityLine("ZNY", "CONFIDENTIAL", "", "")),
        ("ZNY", None),
    ],
)
def test_security(line: str, security: SecurityLine | None) -> None:
    assert cable(line).security == security


@pytest.mark.parametrize(
    ("line", "precedences", "remarks", "group"),
    [
        ("P 291533Z JAN 10", "PRIORITY", "", moment(2010, 1, 29, 15, 33)),
        ("O R 291533Z JAN 10", "IMMEDIATE ROUTINE", "", moment(2010, 1, 29, 15, 33)),
        ("Z 291533Z JAN 10 ZDK", "FLASH", "ZDK", moment(2010, 1, 29, 15, 33)),
        (
            "P R 291533Z JAN 10 ZDS ZDK RE YOUR SVC",
            "PRIORITY ROUTINE",
            "ZDS ZDK RE YOUR SVC",
            moment(2010, 1, 29, 15, 33),
        ),
        ("R 291533Z JAN 10 ZFF4", "ROUTINE", "ZFF4", moment(2010, 1, 29, 15, 33)),
        ("291533Z Apr 03", "", "", moment(2003, 4, 29, 15, 33)),
        ("P 240620Z JUL 0", "PRIORITY", "", None),
        ("O 2406Z JUL 08", "IMMEDIATE", "", None),
    ],
)
def test_date_time_group(line: str, precedences: str, remarks: str, group: datetime | None) -> None:
    read = cable(line)
    assert f"{read.precedence} {read.info_precedence}".strip() == precedences
    assert (read.remarks, read.date_time_group) == (remarks, group)


def test_the_group_has_the_precedence_and_line_2_where_it_has_none() -> None:
    assert cable("OO RUEHWEB", "P 291533Z JAN 10").precedence == "PRIORITY"
    assert cable("OO RUEHWEB", "291533Z JAN 10").precedence == "IMMEDIATE"


def test_distribution() -> None:
    block = ["ACTION AID-00", "", "INFO  LOG-00   NP-00    SS/T-02", "      /004W", "-----------507B47  271033Z /38"]
    assert cable("PTQ8341", *block, "R 270853Z APR 00").distribution == (
        OfficeCopies("ACTION", "AID", 0),
        OfficeCopies("INFO", "LOG", 0),
        OfficeCopies("INFO", "NP", 0),
        OfficeCopies("INFO", "SS/T", 2),
    )


@pytest.mark.parametrize(
    ("line", "recipient"),
    [
        ("RUEHC/SECSTATE WASHDC PRIORITY 6110", ("PRIORITY", "RUEHC", "SECSTATE WASHDC", "6110")),
        ("RUEHC/SECSTATE WASHDC PRIOITY 6110", ("PRIOITY", "RUEHC", "SECSTATE WASHDC", "6110")),
        ("SECSTATE WASHDC NIACT IMMEDIATE 2276-2279", ("NIACT IMMEDIATE", "", "SECSTATE WASHDC", "2276-2279")),
        ("SECSTATE WASHDC FLASH", ("FLASH", "", "SECSTATE WASHDC", "")),
        ("ZEN/AMEMBASSY BELMOPAN 12345", ("", "", "AMEMBASSY BELMOPAN", "12345")),
        ("RHMFISS/HQ USAFE RAMSTEIN AB GE", ("", "RHMFISS", "HQ USAFE RAMSTEIN AB GE", "")),
        ("RUEHZL/EUROPEAN POLITICAL COLLECTIVE", ("", "RUEHZL", "EUROPEAN POLITICAL COLLECTIVE", "")),
    ],
)
def test_an_addressee(line: str, recipient: tuple[str, str, str, str]) -> None:
    read = read_cable(f"FM AMEMBASSY LIMA\nTO {line}\nUNCLAS LIMA 000012\n\n1. Text.")
    assert read.recipients == (Recipient("TO", *recipient),)


def test_a_header_that_says_nothing() -> None:
    for text in ("", "null\nUNCLAS LIMA 000012", "UNCLAS LIMA 000012\n\n1. Text."):
        read = read_cable(text)
        assert (read.identifier, read.relays, read.sender, read.security, read.date_time_group) == (
            "",
            (),
            None,
            None,
            None,
        )
        assert [*read.precedence, *read.info_precedence, *read.remarks, *read.originator, *read.distribution] == []
        assert not read.is_extract
