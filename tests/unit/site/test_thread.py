"""The conversation that a cable is part of, in order of time."""

from hypothesis import given
from hypothesis import strategies as st

from generator.archive.head import Citation
from generator.site.thread import LONGEST, thread
from generator.site.views import Relation, Row, Thread

Cited = list[tuple[Citation, Row | None]]

DATES = st.sampled_from(
    ["", "2008", "2009-03", "2009-03-04", "2009-03-04 10:20", "2009-03-05", "2010-01-29 15:33", "2011"]
)


def cable(name: str, created: str) -> Row:
    return Row(name, f"../{name}.html", "", "", created, "", "", "", "")


def listed(row: Row, letter: str = "") -> tuple[Citation, Row | None]:
    return Citation(letter, row.id, row.id, ""), row


def missing(cable_id: str) -> tuple[Citation, Row | None]:
    return Citation("", cable_id, cable_id, ""), None


def shown(found: Thread) -> list[str]:
    """One word an entry: `<` referred to, `=` the cable, `>` referring to it, and a name."""
    signs = {Relation.TO: "<", Relation.SELF: "=", Relation.BY: ">"}
    return [signs[each.relation] + (each.row.id if each.row else each.text) for each in found.entries]


def test_a_thread_runs_from_the_oldest_to_the_newest_with_the_cable_in_its_place() -> None:
    cited = [listed(cable("10B1", "2010-01-02 08:00")), missing("09MOSCOW7"), listed(cable("09C1", "2009-12-01"))]
    citing = [cable("10D1", "2010-02-01"), cable("10E1", "2010-03-01 07:00")]
    found = thread("../", "2010-01-29 15:33", cited, citing)
    assert shown(found) == ["<09MOSCOW7", "<09C1", "<10B1", "=", ">10D1", ">10E1"]
    assert found.entries[0].absent == "../absent/MOSCOW/2009.html#09MOSCOW7"
    assert found.entries[0].date == "2009"


def test_what_time_does_not_tell_stands_with_its_kind() -> None:
    cited: Cited = [(Citation("A", "SMITH-JONES E-MAIL", "", ""), None), missing("10MOSCOW1")]
    citing = [cable("10X1", ""), cable("10Y1", "2010"), cable("10Z1", "2010-01-29 15:33")]
    found = thread("", "2010-01-29 15:33", cited, citing)
    assert shown(found) == ["<SMITH-JONES E-MAIL", "<10MOSCOW1", "=", ">10Z1", ">10Y1", ">10X1"]
    assert (found.entries[0].letter, found.entries[0].absent) == ("A", "")


def test_on_the_cables_own_day_minutes_tell_only_where_both_are_known() -> None:
    cited, citing = [listed(cable("A", "2010-01-29 16:00"))], [cable("B", "2010-01-29"), cable("C", "2010-01-29 09:00")]
    assert shown(thread("../", "2010-01-29", cited, citing)) == ["<A", "=", ">B", ">C"]
    assert shown(thread("../", "2010-01-29 15:33", cited, citing)) == [">C", "=", ">B", "<A"]


def test_a_cable_whose_day_is_not_known_stands_between_the_kinds() -> None:
    found = thread("", "2010", [listed(cable("10B1", "2010-05-01"))], [cable("09D1", "2009-02-01")])
    assert shown(found) == ["<10B1", "=", ">09D1"]


def test_an_error_of_time_is_not_smoothed_over() -> None:
    found = thread("", "2010-01-29", [listed(cable("10B1", "2010-05-01"))], [cable("09D1", "2009-02-01")])
    assert shown(found) == [">09D1", "=", "<10B1"]


def test_a_cable_that_is_listed_and_mentioned_stands_there_once_but_each_of_its_letters_does() -> None:
    one = cable("10B1", "2010-01-02")
    found = thread("", "2010-01-29", [listed(one, "A"), listed(one, "C"), (Citation("", "", "10BB1", ""), one)], [])
    assert [(each.letter, each.row and each.row.id) for each in found.entries] == [
        ("A", "10B1"),
        ("C", "10B1"),
        ("", None),
    ]


def test_a_mention_of_a_missing_cable_is_told_by_its_id() -> None:
    assert shown(thread("", "2010-01-29", [(Citation("", "", "09PARIS5", ""), None)], [])) == ["<09PARIS5", "="]


def test_without_references_there_is_no_thread() -> None:
    assert thread("", "2010-01-29", [], []) == Thread((), ())


def test_of_very_many_the_rest_is_kept_in_short() -> None:
    citing = [cable(f"10B{number}", f"2010-02-01 {number // 60:02}:{number % 60:02}") for number in range(200)]
    found = thread("", "2010-01-29", [], citing)
    assert len(found.entries) == LONGEST + 1
    assert [each.row for each in found.entries[1:]] + list(found.more) == citing


@given(DATES, st.lists(DATES), st.lists(DATES))
def test_every_cable_is_in_the_thread_and_known_days_are_in_order(
    own: str, cited: list[str], citing: list[str]
) -> None:
    earlier = [cable(f"09A{n}", date) for n, date in enumerate(cited)]
    later = [cable(f"10B{n}", date) for n, date in enumerate(sorted(citing))]
    found = thread("", own, [listed(row) for row in earlier], later)
    there = [each.row for each in found.entries if each.row] + list(found.more)
    assert sorted(row.id for row in there) == sorted(row.id for row in [*earlier, *later])
    days = [each.date[:10] for each in found.entries if len(each.date) >= 10]
    if len(own) >= 10:
        assert days == sorted(days)
    else:
        relations = [each.relation for each in found.entries]
        assert relations == sorted(relations, key=[Relation.TO, Relation.SELF, Relation.BY].index)
