from datetime import UTC, date, datetime

import pytest

from generator import read_cable
from generator.cable.dates import read_date_time_group, read_day, with_minutes_of
from generator.cable.header.read import read_header
from generator.cable.model import Recipient
from generator.cable.source.border import find_border
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind
from generator.cable.vocabulary import BUILT_IN

HEADER = """VZCZCXRO1600
PP RUEHDBU RUEHLN
RUEHSK RUEHSL
DE RUEHMO #0226/01 0291533
ZNR UUUUU ZZH
O R 291533Z JAN 10 ZDK
FM AMEMBASSY MOSCOW
TO PAGE 02        STATE   015113  182333Z
RHEHAAA/WHITE HOUSE WASHDC NIACT IMMEDIATE
RUEHC/SECSTATE WASHDC PRIORITY 2276-2279
INFO ZEN/AMEMBASSY BELMOPAN 0012
AMEMBASSY LONDON
RUEHZL/EUROPEAN POLITICAL COLLECTIVE
XMT AMCONSUL PERTH
"""


def test_lines_have_kinds() -> None:
    header = read_header(HEADER, len(HEADER))
    assert [(span.kind, HEADER[span.start : span.end].count("\n")) for span in header.spans] == [
        (Kind.IDENTIFIER, 1),
        (Kind.ROUTING, 2),
        (Kind.SENDER, 1),
        (Kind.SECURITY, 1),
        (Kind.DATE_TIME_GROUP, 1),
        (Kind.FROM, 1),
        (Kind.ACTION, 3),
        (Kind.INFO, 3),
        (Kind.EXEMPT, 1),
    ]


def test_addressees() -> None:
    assert read_header(HEADER, len(HEADER)).recipients == (
        Recipient("TO", "NIACT IMMEDIATE", "RHEHAAA", "WHITE HOUSE WASHDC"),
        Recipient("TO", "PRIORITY", "RUEHC", "SECSTATE WASHDC", "2276-2279"),
        Recipient("INFO", "", "", "AMEMBASSY BELMOPAN", "0012"),
        Recipient("INFO", "", "", "AMEMBASSY LONDON"),
        Recipient("INFO", "", "RUEHZL", "EUROPEAN POLITICAL COLLECTIVE"),
        Recipient("XMT", "", "", "AMCONSUL PERTH"),
    )


def test_the_header_says_what_the_id_must_be() -> None:
    header = read_header(HEADER, len(HEADER))
    assert header.originator == "AMEMBASSY MOSCOW"
    assert str(header.likely_id(BUILT_IN.posts)) == "10MOSCOW226"


def test_distribution_block() -> None:
    text = """                           UNCLASSIFIED
PTQ8341

PAGE 01        HARARE  02271  01 OF 07  271033Z
ACTION AID-00

INFO  LOG-00   NP-00    AF-00
      /004W
                  ------------------507B47  271033Z /38
R 270853Z APR 00
FM AMEMBASSY HARARE
TO SECSTATE WASHDC 5512"""
    header = read_header(text, len(text))
    kinds = {span.kind for span in header.spans}
    assert {Kind.DISTRIBUTION, Kind.PAGE_MARKER, Kind.DATE_TIME_GROUP, Kind.FROM, Kind.ACTION} <= kinds
    assert header.recipients == (Recipient("TO", "", "", "SECSTATE WASHDC", "5512"),)
    assert header.date_time_group == datetime(2000, 4, 27, 8, 53, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "INFO  LOG-00   NP-00    AF-00",
        "INFO L-03  LOG-00",
        " INFO LOG-00   NP-00",
        "INFO\tLOG-00",
        "ORIGIN EUR-25",
        "ACTION EUR-25",
        "      DODE-00  PDI-01  /026W",
        "EAE-00   /004W",
        "      /087 R",
        "/087 R",
        "                  ------------------507B47  271033Z /38",
        "--------------------- 054161",
        "DRAFTED BY: EUR/SOV:JROE",
        "APPROVED BY: EUR:JDOE",
        "PTQ8341",
        "UNCLASSIFIED",
        "                           CONFIDENTIAL",
    ],
)
def test_lines_of_a_distribution_block_are_no_addressees(line: str) -> None:
    text = f"TO SECSTATE WASHDC\nINFO AMEMBASSY ROME\n{line}\nAMEMBASSY PARIS"
    header = read_header(text, len(text))
    assert [each.name for each in header.recipients] == ["SECSTATE WASHDC", "AMEMBASSY ROME", "AMEMBASSY PARIS"]
    assert Kind.DISTRIBUTION in {span.kind for span in header.spans}


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("P 291533Z JAN 10", datetime(2010, 1, 29, 15, 33, tzinfo=UTC)),
        ("P R 281848Z DEC 66", datetime(1966, 12, 28, 18, 48, tzinfo=UTC)),
        ("R 311345Z Apr 73", None),
        ("R 301345Z Apr 1973", datetime(1973, 4, 30, 13, 45, tzinfo=UTC)),
        ("P 240620Z JUL 0", None),
        ("P 2915Z JAN 10", None),
        ("", None),
    ],
)
def test_date_time_group(line: str, moment: datetime | None) -> None:
    assert read_date_time_group(line) == moment


def test_the_minutes_of_the_group_count_where_day_and_hour_agree() -> None:
    group = datetime(2008, 9, 9, 17, 0, tzinfo=UTC)
    assert with_minutes_of(datetime(2008, 9, 9, 17, 5, tzinfo=UTC), group) == group
    assert with_minutes_of(datetime(2008, 9, 9, 16, 5, tzinfo=UTC), group) == datetime(2008, 9, 9, 16, 5, tzinfo=UTC)
    assert with_minutes_of(date(2008, 9, 9), group) == group
    assert with_minutes_of(date(2008, 9, 8), group) == date(2008, 9, 8)
    assert with_minutes_of(date(2008, 9, 8), None) == date(2008, 9, 8)
    assert with_minutes_of(None, group) == group
    assert with_minutes_of(None, None) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("DECL: 01/29/2020", date(2020, 1, 29)),
        ("1/9/20", date(2020, 1, 9)),
        ("12/31/61", date(1961, 12, 31)),
        ("12/31/60", date(2060, 12, 31)),
        ("2019/10/05", date(2019, 10, 5)),
        ("20191005", date(2019, 10, 5)),
        ("13/41/2010", None),
        ("TEN YEARS AFTER", None),
    ],
)
def test_day(words: str, day: date | None) -> None:
    assert read_day(words) == day


@pytest.mark.parametrize(
    ("sender", "origin"),
    [
        ("AMEMBASSY MOSCOW", "Embassy Moscow"),
        ("AMCONSUL PORT ANSELM", "Consulate Port Anselm"),
        ("AMEMBASSY OLD-UPON-WATER", "Embassy Old-Upon-Water"),
        ("AMEMBASSY  QUILLHAVEN", "Embassy Quillhaven"),
        ("USMISSION LINDENHALL", "USMISSION LINDENHALL"),
        ("CDR OF SOMETHING", "CDR OF SOMETHING"),
    ],
)
def test_the_origin_of_a_post_that_is_not_in_the_vocabulary(sender: str, origin: str) -> None:
    header = f"R 291533Z JAN 08\nFM {sender}\nTO SECSTATE WASHDC"
    assert read_cable(f"{header}\nUNCLAS PORT ANSELM 000012\n\n1. Text.").origin == origin


def test_the_group_below_the_notice_of_a_partial_extract() -> None:
    read = read_cable(f"{NOTICE}\n\n291533Z Jan 08\nUNCLAS LIMA 000012\n\n1. Text.", Facts(header_lines=3))
    assert (read.id, read.created) == ("08LIMA12", datetime(2008, 1, 29, 15, 33, tzinfo=UTC))


NOTICE = "This record is a partial extract of the original cable. The full text of the original cable is not available."


@pytest.mark.parametrize(
    ("header", "glue", "body"),
    [
        ("FM AMEMBASSY MOSCOW\nTO SECSTATE", "\n", "UNCLAS SECTION 01 OF 04 MOSCOW 000226 \nSIPDIS"),
        ("VZCZC\nFM AMEMBASSY LIMA\nTO X", "\n", "S E C R E T LIMA 000012\nTAGS: X"),
        ("FM AMEMBASSY LIMA\nTO X", "\n", "S e c r e t state 123456\nTAGS: X"),
        ("FM AMEMBASSY LA PAZ\nTO X", "\n", "C O N F I D E N T I A L LA PAZ 000012\nTAGS: X"),
        ("FM AMEMBASSY LIMA\nINFO DEA HQS WASHINGTON DC", "", "UNCLAS SECTION 01 OF 02 LIMA 000012\nTAGS: X"),
        ("FM AMEMBASSY LIMA\nTO SECSTATE PRIORITY", "", "S E C R E T LIMA 000012\nTAGS: X"),
        ("FM AMEMBASSY LIMA\nTO X", "\n", "CONFIDENTIAL\n\nTAGS: X"),
        ("FM AMEMBASSY LIMA\nTO X", "\n", "SIPDIS\n\nTAGS: X"),
        (NOTICE, "\n", "UNCLAS LIMA 000012\nTAGS: X\n\nFM AMEMBASSY LIMA\nTO X\nUNCLAS LIMA 000012"),
        ("", "", "UNCLAS LIMA 000012\nTAGS: X\nFM AMEMBASSY LIMA\nTO X\nUNCLAS LIMA 000012\nTAGS: X"),
        ("", "", "No cable at all.\n\nFM is a word."),
        ("", "", ""),
    ],
)
def test_border(header: str, glue: str, body: str) -> None:
    header_end, body_start = find_border(header + glue + body)
    assert (header + glue + body)[:header_end] == header
    assert (header + glue + body)[body_start:] == body
