"""Plans: data in, data out."""

from generator.archive.catalog import OwnedPage
from generator.site.pages.kind import Page
from generator.site.plan import plan


def _page(path: str) -> Page:
    return Page(path, "list", "tag/PGOV")


def _owned(path: str) -> OwnedPage:
    return OwnedPage(path, "list", "tag/PGOV", b"f", b"d", 1, 1)


def test_wanted_pages_are_looked_at_and_others_of_the_group_go() -> None:
    decided = plan([_page("a"), _page("b")], [_owned("b"), _owned("c")], ())
    assert decided.look == (_page("a"), _page("b"))
    assert decided.drop == (_owned("c"),)
    assert decided.barred == ()


def test_a_group_that_is_gone_leaves_nothing() -> None:
    assert plan([], [_owned("a")], ()).drop == (_owned("a"),)


def test_a_folder_that_stays_bars_its_own_place_only() -> None:
    decided = plan([_page("a"), _page("a/b")], [], (), {"a"})
    assert (decided.look, decided.barred) == ((_page("a/b"),), (_page("a"),))


def test_nothing_is_written_or_deleted_where_a_stranger_stands() -> None:
    decided = plan([_page("a"), _page("b")], [_owned("c")], {"a", "c"})
    assert decided.look == (_page("b"),)
    assert decided.drop == ()
    assert decided.barred == (_page("a"),)
    assert decided.kept == (_owned("c"),)
