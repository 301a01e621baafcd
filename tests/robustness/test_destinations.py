"""Some forty places in a home where a site must not go, given by somebody in a hurry: no file there changes.

The system's own folders are not among them: a test that fails must do no harm either.
"""

import os
from pathlib import Path

import pytest

from generator.build.build import build
from generator.build.options import Options
from generator.errors import StorageError, UsageError
from tests.site.support import SiteTest

FOLDERS = (
    *("Documents", "Documents/Letters", "Pictures/2010", "Music", "Downloads", ".ssh", ".config/editor", "bin"),
    *("desk/project/.git/objects", "desk/project/src", "backup", "www/html", "elsewhere/output"),
)
SENTINELS = 10


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with files of somebody's in all folders, and an archive among them."""
    home = tmp_path / "home"
    for folder in (".", *FOLDERS):
        (home / folder).mkdir(parents=True, exist_ok=True)
        for number in range(SENTINELS):
            (home / folder / f"{number}.html").write_text(f"{folder} {number}", "utf-8")
    site = SiteTest(home / "desk/archive")
    site.cable("10MOSCOW1")
    site.write("theme/list.html", "")
    site.write("site.toml", 'title = "T"\ntheme = "theme"\n')
    (home / "desk/archive/.git").mkdir()
    (home / "desk/archive/.git/HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    for name, target in (("link", "Documents"), ("loop", "loop"), ("desk/archive/output", "../../www/html")):
        (home / name).symlink_to(target)
    (home / "backup/manifest.sha256").write_bytes(b"")
    return home


BAD: dict[str, str] = {
    "a device": "/dev/null",
    "the folder at hand": ".",
    "the folder at hand, with a slash": "./",
    "the folder above": "..",
    "two above: home": "../..",
    "three above": "../../..",
    "home": "{home}",
    "home, by a way around": "{home}/Documents/..",
    "home, with a point": "{home}/.",
    "a tilde that nobody has replaced": "{home}/desk/../../home",
    "documents": "{home}/Documents",
    "a folder in them": "{home}/Documents/Letters",
    "pictures": "{home}/Pictures",
    "a year of them": "{home}/Pictures/2010",
    "music": "{home}/Music",
    "downloads": "{home}/Downloads",
    "keys": "{home}/.ssh",
    "settings": "{home}/.config",
    "settings of a program": "{home}/.config/editor",
    "programs": "{home}/bin",
    "a backup with the name of our manifest": "{home}/backup",
    "what a server shows": "{home}/www/html",
    "the folder above it": "{home}/www",
    "another project": "{home}/desk/project",
    "its history": "{home}/desk/project/.git",
    "the objects of its history": "{home}/desk/project/.git/objects",
    "its sources": "{home}/desk/project/src",
    "all projects": "{home}/desk",
    "the archive": "{home}/desk/archive",
    "its content": "content",
    "its cables": "content/cables",
    "a new folder in its content": "content/site",
    "its theme": "content/theme",
    "its history, from within": ".git",
    "a link": "{home}/link",
    "a link to itself": "{home}/loop",
    "a link in the usual place": "output",
    "below a link": "{home}/link/Letters",
    "an output of something else": "{home}/elsewhere/output",
    "a file": "{home}/Music/1.html",
    "below a file": "{home}/Music/1.html/site",
    "nothing": "",
}


@pytest.mark.parametrize("place", BAD)
def test_a_bad_destination_is_refused_and_nothing_is_touched(
    place: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home / "desk/archive")
    before = stamps(home)
    with pytest.raises((UsageError, StorageError)) as refused:
        build(Options(Path("content"), Path(BAD[place].format(home=home)), Path("content/site.toml")))
    assert refused.value.hint
    assert stamps(home) == before


def stamps(home: Path) -> dict[str, tuple[int, int, int]]:
    """All that is in a home: which file it is, and when it was changed."""
    paths = [Path(folder, name) for folder, below, names in os.walk(home) for name in (*below, *names)]
    found = {str(path): path.lstat() for path in paths}
    return {path: (status.st_ino, status.st_mtime_ns, status.st_size) for path, status in found.items()}
