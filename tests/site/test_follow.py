"""Which builds follow a change: one that looks at it alone, then one that looks at everything."""

import shutil
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from generator.build.build import BuildResult, build
from generator.build.options import Options, Report
from generator.errors import LockedError
from generator.output.folder import claimed
from generator.preview import follow
from generator.preview.follow import Following, watcher
from tests.site.serving import eventually
from tests.site.support import SiteTest, differences

CABLE = "cables/10MOSCOW1.txt"


class EndError(Exception):
    """Ends the builds."""


class Builds:
    """Real builds in a thread, and what each of them was told to look at."""

    def __init__(self, site: SiteTest) -> None:
        self.site = site
        self.told: list[set[str] | None] = []
        self.ended = 0
        self.said: list[str] = []
        self.over = False

    def build(self, options: Options, report: Report, changed: Collection[str] | None) -> BuildResult:
        if self.over:
            raise EndError
        self.told.append(None if changed is None else set(changed))
        try:
            return build(options, report, changed)
        finally:
            self.ended += 1

    def work(self) -> None:
        following = Following(self.site.options(), self.said.append, self.said.append)
        following.begin(lambda _: None)
        try:
            with watcher(self.site.options(), self.said.append) as watching:
                following.follow(watching)
        except EndError:
            pass

    def settled(self) -> None:
        """Wait until everything was looked at and nothing is left to be done."""
        eventually(lambda: self.ended == len(self.told) > 1 and self.told[-1] is None, lambda: str(self.told))


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", "1. The first text.", subject="FIRST")
    site.cable("10MOSCOW2", subject="SECOND")
    return site


@pytest.fixture
def builds(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Builds]:
    """Builds at rest: what came before was looked at, and forgotten."""
    monkeypatch.setattr(follow, "AFTERMATH", 0.5)
    counted = Builds(site)
    monkeypatch.setattr(follow, "build", counted.build)
    working = threading.Thread(target=counted.work)
    working.start()
    counted.settled()
    counted.told.clear()
    counted.ended = 0
    yield counted
    counted.over = True
    site.write("end.txt", "")
    working.join()


def test_a_save_is_built_alone_then_everything_is_looked_at_and_no_more(site: SiteTest, builds: Builds) -> None:
    site.edit(CABLE, "The first text", "Another text")
    builds.settled()
    time.sleep(3 * follow.AFTERMATH)
    *saves, look = builds.told
    assert look is None
    assert saves in ([{CABLE}], [{CABLE}, {CABLE}]), "a machine that is busy may see it emptied before it is written"
    assert differences(site.tree(), site.clean_build()) == {}


def test_nothing_is_built_when_nothing_changes(site: SiteTest, builds: Builds) -> None:
    site.content.joinpath(CABLE).read_bytes()
    list(site.content.rglob("*"))
    time.sleep(3 * follow.AFTERMATH)
    assert builds.told == []


def test_of_a_renamed_folder_everything_is_looked_at_at_once(site: SiteTest, builds: Builds) -> None:
    site.rename("cables", "cables2")
    site.rename("cables2", "cables")
    builds.settled()
    assert builds.told[0] is None


def test_a_template_is_no_content_and_a_configuration_needs_no_look_at_it(site: SiteTest, builds: Builds) -> None:
    site.edit("site.toml", "Test archive", "Another title")
    builds.settled()
    assert builds.told == [{"site.toml"}, None]
    assert "Another title" in site.page("index.html")


def test_what_could_not_be_built_is_built_with_the_next_change(site: SiteTest, builds: Builds) -> None:
    title = site.read("site.toml")
    site.write("site.toml", "title = ")
    eventually(lambda: builds.ended > 0)
    site.edit(CABLE, "The first text", "Another text")
    eventually(lambda: builds.told[-1] == {"site.toml", CABLE} or builds.told[-1] is None)
    site.write("site.toml", title)
    eventually(lambda: "mended" in builds.said)
    assert "Another text" in site.page("cable/2010/01/10MOSCOW1.html")


def test_a_change_ends_the_look_at_everything(site: SiteTest, builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    looking, go_on = threading.Event(), threading.Event()

    def slow(options: Options, report: Report, changed: Collection[str] | None) -> BuildResult:
        def stopping(progress: object) -> None:
            looking.set()
            assert go_on.wait(10)
            report(progress)  # type: ignore[arg-type]

        return builds.build(options, stopping if changed is None else report, changed)

    monkeypatch.setattr(follow, "build", slow)
    site.edit(CABLE, "The first text", "Another text")
    assert looking.wait(10)
    site.edit("cables/10MOSCOW2.txt", "SECOND", "OTHER")
    time.sleep(0.5)
    go_on.set()
    eventually(lambda: len(builds.told) > 2)
    assert builds.told[:3] == [{CABLE}, None, {"cables/10MOSCOW2.txt"}]
    builds.settled()
    assert differences(site.tree(), site.clean_build()) == {}


def test_what_is_saved_while_another_build_is_at_work_is_built_later(site: SiteTest, builds: Builds) -> None:
    with claimed(site.output):
        site.edit(CABLE, "The first text", "Another text")
        eventually(lambda: any("another build is at work" in said for said in builds.said))
    eventually(lambda: "Another text" in site.page("cable/2010/01/10MOSCOW1.html"))


def test_what_no_file_mends_is_tried_again(site: SiteTest, builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "RETRY", 0.5)
    for number in range(60):
        site.cable(f"10ROME{number}", path=f"cables/rome/{number}.txt")
    eventually(lambda: (site.output / "cable/2010/01/10ROME59.html").is_file())
    shutil.rmtree(site.content / "cables/rome")
    eventually(lambda: "--confirm-delete" in builds.said[-1])
    confirmed = int(builds.said[-1].rpartition(" ")[2])
    assert (site.output / "cable/2010/01/10ROME59.html").is_file()
    build(site.options(confirm_delete=confirmed))
    eventually(lambda: builds.said[-1] == "mended")
    assert differences(site.tree(), site.clean_build()) == {}


def test_the_first_build_is_not_waited_for_where_another_is_at_work(site: SiteTest) -> None:
    site.build()
    with claimed(site.output), pytest.raises(LockedError):
        Following(site.options(), print, print).begin(lambda _: None)
