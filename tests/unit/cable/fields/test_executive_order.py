"""The E.O. line in the forms of CABLE-FORMAT 2.3, and what drafters made of it."""

from datetime import date

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts


def cable(opening: str) -> Cable:
    text = f"C O N F I D E N T I A L BOGOTA 002076\n\nSIPDIS\n\n{opening}\n\n1. (C) The text of the cable.\n"
    return read_cable(text, Facts(id="08BOGOTA2076", header_lines=0))


CHRISTMAS = date(2018, 12, 25)
ORDERS: list[tuple[str, str, date | str]] = [
    ("E.O. 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/18", "12958", CHRISTMAS),
    ("E.O. 12958: DECL:12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958 DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL. 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958:  DECL: 12-25-2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12.25.2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/2018.", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 2018/12/25", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 2018-12-25", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 20181225", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 25/12/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: DECEMBER 25, 2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 25 DEC 2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: Dec 25 2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL:  12/25/2018\n", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: \n12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958:\n\nDECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958:\n\nDEPT FOR WHA\n", "12958", ""),
    ("EO 12958 DECL: 12/25/2018", "12958", CHRISTMAS),
    ("EO 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("EO: 12958 DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O.12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E. O. 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958, DECL: 12/25/2018", "12958", CHRISTMAS),
    ("e.o. 12958: decl: 12/25/2018", "12958", CHRISTMAS),
    ("E.0. 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("EXECUTIVE ORDER 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("EO12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 1.2958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 129858: DECL: 12/25/2018", "129858", CHRISTMAS),
    ("E.O. 2958: N/A", "2958", "N/A"),
    ("E.O. 12958: DECL: 12/ 25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12//25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/2O18", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: O5/O1/2018", "12958", date(2018, 5, 1)),
    ("E.O. 12958: DECL: 12252018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/201", "12958", "12/25/201"),
    ("E.O. 13526: DECL: 12/25/2018", "13526", CHRISTMAS),
    ("E.O. 13526: DECLASSIFY ON: 12/25/2018", "13526", CHRISTMAS),
    ("E.O. 12958: DNG: CO 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DNG: CO 12/25/2008 DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/2018 DNG: CO 12/25/2008", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/2018 (MR)", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 02/30/2018", "12958", "02/30/2018"),
    ("E.O. 12958: N/A", "12958", "N/A"),
    ("E.O. 12958: N/A.", "12958", "N/A"),
    ("E.O. 12958: NA", "12958", "N/A"),
    ("E.O. 12958: n/a", "12958", "N/A"),
    ("E.O. 12958: (N/A)", "12958", "N/A"),
    ("E.O. 12958:N/A", "12958", "N/A"),
    ("E.O. 12958: DECL: N/A", "12958", "N/A"),
    ("E.O. 12958:   N/A", "12958", "N/A"),
    ("EO 12958 N/A", "12958", "N/A"),
    ("E.O. 12958 N/A", "12958", "N/A"),
    ("E.O. 12958: DECL: X1", "12958", "X1"),
    ("E.O. 12958: DECL: X1,X5,X6", "12958", "X1,X5,X6"),
    ("E.O. 12958: X1", "12958", "X1"),
    ("E.O. 12958: DECL: 1.6X1", "12958", "1.6X1"),
    ("E.O. 12958: DECL: MR", "12958", "MR"),
    ("E.O. 12958: DECL: OADR", "12958", "OADR"),
    ("E.O. 12958: DECL: 25X1-HUMAN", "12958", "25X1-HUMAN"),
    ("E.O. 12958: DECL: TWENTY YEARS", "12958", "TWENTY YEARS"),
    ("E.O. 12958: DECL: TEN YEARS AFTER CLOSURE OF THE POST", "12958", "TEN YEARS AFTER CLOSURE OF THE POST"),
    ("E.O. 12958: DECL: AFTER KOREAN UNIFICATION", "12958", "AFTER KOREAN UNIFICATION"),
    ("E.O. 12958: DECL: WHEN THE TWO\nSIDES AGREE", "12958", "WHEN THE TWO SIDES AGREE"),
    ("E.O. 12356: DECL: OADR", "12356", "OADR"),
    ("E.O. 12356: N/A", "12356", "N/A"),
    ("E.O. 12065: GDS 12/25/18 (ROE, JANE) OR-P", "12065", CHRISTMAS),
    ("E.O. 12065: N/A", "12065", "N/A"),
    ("E.O. 11652: GDS", "11652", "GDS"),
    ("E.O. 11652: XGDS-3", "11652", "XGDS-3"),
    ("E.O. 11652: N/A", "11652", "N/A"),
    ("E.O. 12958: DECL: 01/29/2020", "12958", date(2020, 1, 29)),
    ("E.O. 12958: DECL: 1/9/20", "12958", date(2020, 1, 9)),
    ("EO 12958 DECL: 10/31/2018", "12958", date(2018, 10, 31)),
    ("E.O. 12958: DECL: 2019/10/05", "12958", date(2019, 10, 5)),
    ("E.O. 12958: DNG: CO 01/29/2020", "12958", date(2020, 1, 29)),
    ("E.O. 13526: DECL: 01/29/2020", "13526", date(2020, 1, 29)),
    ("E.O. 12356:DECL:OADR", "12356", "OADR"),
    ("E.O. 12065: GDS 8/12/85 (SMITH, JOHN) OR-P", "12065", date(1985, 8, 12)),
    ("E.0. 12958: N/A", "12958", "N/A"),
]


@pytest.mark.parametrize(("line", "order", "declassify_on"), ORDERS)
def test_orders(line: str, order: str, declassify_on: date | str) -> None:
    read = cable(f"{line}\nTAGS: PREL\nSUBJECT: X")
    assert read.eo is not None
    assert (read.eo.order, read.eo.declassify_on) == (order, declassify_on)
    assert (read.tags, read.subject) == (("PREL",), "X")
