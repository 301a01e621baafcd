"""What hosts take and what they are told: limits, headers, redirects, compressed copies."""

import gzip
import os
import re
from pathlib import Path

import brotli
import pytest

from generator.errors import CablepressError
from generator.publish.compressed import copies
from generator.publish.directory import Directory
from generator.publish.extra import extra_files
from generator.publish.headers import POLICY, headers_file
from generator.publish.limits import refuse_over, size_of
from generator.publish.release import release_of
from generator.settings.hosts import HOSTS, Host
from generator.settings.targets import CommandTarget, DirectoryTarget, GitTarget
from tests.conftest import CHECKOUT
from tests.publish.support import files_of, numbers, owned, publish, put


def test_a_release_is_measured_with_its_manifest_and_its_folders(output: Path, tmp_path: Path) -> None:
    publish(output, Directory(tmp_path / "web"))
    current = (tmp_path / "web/current").resolve()
    files = [path for path in current.rglob("*") if path.is_file()]
    with release_of(output, owned(output)) as release:
        size = size_of(release)
    assert size.files == len(files) == 7
    assert size.entries == len([*current.rglob("*")])
    assert size.total == sum(path.stat().st_size for path in files)
    assert (size.file, size.largest) == (33, "cable/2010/01/10MOSCOW226.html")
    assert (size.in_folder, size.fullest) == (4, "./")


@pytest.mark.parametrize(
    ("host", "says"),
    [
        (Host(files=6), "test takes 6 files, and the site has 7"),
        (Host(entries=11), "test takes 11 files and folders, and the site has 12"),
        (Host(in_folder=3), "test takes 3 files in a folder, and ./ has 4"),
        (Host(total=500), "test takes 0 MB, and the site has 0 MB"),
        (Host(file=32), "test takes files of 0 MB, and cable/2010/01/10MOSCOW226.html has 0 MB"),
    ],
)
def test_each_limit_is_told(output: Path, host: Host, says: str) -> None:
    with release_of(output, owned(output)) as release:
        with pytest.raises(CablepressError, match=re.escape(says)) as refused:
            refuse_over(release, "test", host)
        assert "--only" in refused.value.hint
        refuse_over(release, "test", Host(files=7, entries=12, in_folder=4, total=5000, file=33))


def test_a_site_that_is_too_large_is_refused_before_anything_is_asked(output: Path) -> None:
    """A sparse file is as large as it says."""
    with (output / "all.zip").open("wb") as file:
        os.truncate(file.fileno(), 26 << 20)
    place = GitPlaceThatIsNeverAsked()
    for dry_run in (True, False):
        with pytest.raises(CablepressError, match=r"cloudflare-pages takes files of 26 MB, and all\.zip has 27 MB"):
            publish(output, place, host="cloudflare-pages", dry_run=dry_run)  # type: ignore[arg-type]


class GitPlaceThatIsNeverAsked:
    """Anything that is asked of it is an AttributeError."""


def test_hosts_that_read_such_files_get_headers_and_redirects(output: Path) -> None:
    target = CommandTarget(command=("wrangler",), host="cloudflare-pages")
    put(output, "tag/PGOV_0.html", '<meta http-equiv="refresh" content="0; url=../tag/PGOV.html">')
    put(output, "tag/A&amp;B_0.html", '<meta http-equiv="refresh" content="0; url=../tag/a%20b&amp;c.html">')
    put(output, "tag/plain.html", "<p>no stub at all")
    stubs = ["tag/PGOV_0.html", "tag/A&amp;B_0.html", "tag/plain.html"]
    found = extra_files(target, output, stubs, "/archive/")
    assert found["_redirects"].decode().splitlines() == [
        "/archive/tag/A%26amp%3BB_0.html /archive/tag/a%20b%26c.html 301",
        "/archive/tag/PGOV_0.html /archive/tag/PGOV.html 301",
    ]
    assert found["_headers"] == headers_file()
    lines = found["_headers"].decode().splitlines()
    assert lines[0] == "/*"
    assert f"  Content-Security-Policy: {POLICY}" in lines
    assert set(extra_files(GitTarget(repository="x", host="github-pages"), output, stubs)) == {".nojekyll"}
    assert set(extra_files(GitTarget(repository="x", host="gitlab-pages"), output, stubs)) == {
        ".nojekyll",
        "_redirects",
    }
    assert extra_files(DirectoryTarget(path="x", host="nginx"), output, stubs) == {}


def test_more_redirects_than_a_host_takes_stay_pages(output: Path) -> None:
    stubs = [f"tag/{number}_0.html" for number in range(1001)]
    for stub in stubs:
        put(output, stub, '<meta http-equiv="refresh" content="0; url=../index.html">')
    target = GitTarget(repository="x", host="gitlab-pages")
    assert "_redirects" not in extra_files(target, output, stubs)
    assert "_redirects" in extra_files(target, output, stubs[1:])
    assert HOSTS["gitlab-pages"].redirects == 1000


def test_the_policy_forbids_frames_and_the_pages_say_the_rest() -> None:
    assert "frame-ancestors 'none'" in POLICY
    base = (CHECKOUT / "templates/base.html").read_text("utf-8")
    assert "frame-ancestors" not in base  # a page can't say it (HTML, 4.2.5.3)


def made(output: Path, folder: Path, encodings: tuple[str, ...] = ("gzip", "br")) -> set[str]:
    return {path for path, _ in copies(output, list(owned(output)), encodings, folder, 2)}


def test_copies_are_what_they_were_made_from_and_follow_it(output: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    put(output, "long.html", "<p>long" * 100)
    put(output, "long.css", "p {}\n" * 100)
    put(output, "map.png", "p" * 1000)
    put(output, "data.csv", "a,b\n" * 100)
    put(output, "data.csv.gz", "somebody's own")
    names = {"long.html.gz", "long.html.br", "long.css.gz", "long.css.br", "data.csv.br"}
    assert made(output, folder) == names
    assert gzip.decompress((folder / "files/long.html.gz").read_bytes()) == (output / "long.html").read_bytes()
    assert brotli.decompress((folder / "files/long.css.br").read_bytes()) == (output / "long.css").read_bytes()
    before = {path: (folder / "files" / path).stat().st_ino for path in names}
    put(output, "long.html", "<p>other" * 100)
    (output / "long.css").unlink()
    assert made(output, folder) == names - {"long.css.gz", "long.css.br"}
    assert gzip.decompress((folder / "files/long.html.gz").read_bytes()) == (output / "long.html").read_bytes()
    assert (folder / "files/data.csv.br").stat().st_ino == before["data.csv.br"]
    assert not (folder / "files/long.css.gz").exists()
    (folder / "files/data.csv.br").unlink()
    assert "data.csv.br" in made(output, folder)
    assert (folder / "files/data.csv.br").is_file()


def test_copies_are_part_of_the_release(output: Path, tmp_path: Path) -> None:
    put(output, "long.html", "<p>long" * 100)
    place = Directory(tmp_path / "web")
    for number in range(2):
        put(output, "long.html", f"<p>{number}" * 100)
        found = copies(output, list(owned(output)), ("gzip",), tmp_path / "copies", 1)
        done = publish(output, place, copies=(tmp_path / "copies/files", found))
    assert numbers(done) == (0, 2, 0, 6)
    files = files_of(tmp_path / "web/current")
    assert gzip.decompress(files["long.html.gz"]) == files["long.html"]
    assert b"  long.html.gz\n" in files["MANIFEST.sha256"]


def test_copies_are_the_same_everywhere(output: Path, tmp_path: Path) -> None:
    put(output, "long.html", "<p>long" * 100)
    one, two = ({*copies(output, list(owned(output)), ("gzip",), tmp_path / name, 1)} for name in ("one", "two"))
    assert one == two
