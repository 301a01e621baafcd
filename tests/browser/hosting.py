"""Published sites behind a real nginx that was told what we print for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.output.manifest import owned_files
from generator.publish.compressed import copies
from generator.publish.directory import Directory
from generator.publish.headers import server_config
from generator.publish.kinds import served_root
from generator.publish.publish import publish
from generator.publish.release import release_of
from generator.settings.targets import DirectoryTarget
from tests.browser.conftest import Site
from tests.publish.test_servers import nginx


@contextmanager
def hosted(sites: dict[str, Site], folder: Path) -> Iterator[str]:
    """The address of a host that has each site, with compressed copies, below its name."""
    (folder / "server").mkdir()
    told = []
    for name, site in sites.items():
        target = DirectoryTarget(path=name, host="nginx", compress=("gzip",))
        made = copies(site.folder, owned_files(site.folder), target.compress, folder / "copies" / name, 1)
        with release_of(
            site.folder, owned_files(site.folder), copies=(folder / "copies" / name / "files", made)
        ) as ours:
            publish(ours, Directory(folder / target.path))
        told.append(server_config("nginx", served_root(target, folder), f"/{name}/", compressed=target.compress))
    with nginx(folder / "server", "\n".join(told)) as port:
        yield f"http://127.0.0.1:{port}/"
