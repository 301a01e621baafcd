"""Watching under the kernel's own limits: a change is seen whatever they are, and the limit is named.

    python -m tests.robustness.limits

The limits hold in a user namespace that `unshare` makes, which not every container allows; what can be had
anywhere has tests/unit/preview/test_watch.py.
"""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import CHECKOUT
from tests.robustness.storms import archive
from tests.site.serving import eventually
from tests.site.support import SiteTest

SCRIPT = """echo $1 > /proc/sys/user/max_inotify_watches
echo $2 > /proc/sys/user/max_inotify_instances
exec "$3" "$4" build --watch"""

CASES = {(1000, 100): "", (12, 100): "max_user_watches", (3, 100): "max_user_watches", (1000, 0): "max_user_instances"}
"""Watches and instances that there are, and the limit that has to be named, if it does not do."""


def seen(site: SiteTest, watches: int, instances: int) -> str:
    """What is said while a cable changes, whose page has to follow."""
    command = ["unshare", "--user", "--map-root-user", "sh", "-c", SCRIPT, "sh", str(watches), str(instances)]
    log = site.folder / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, sys.executable, str(CHECKOUT / "build.py")], cwd=site.folder, stdout=file, stderr=file
        )
        try:
            eventually(lambda: "is watched" in log.read_text("utf-8"), lambda: log.read_text("utf-8"))
            time.sleep(4)
            cable = site.content / "cables/1/10MOSCOW2.txt"
            cable.write_text(f"{cable.read_text('utf-8')}One more line.\n", "utf-8")
            page = site.output / "cable/2010/01/10MOSCOW2.html"
            eventually(lambda: "One more line." in page.read_text("utf-8"), lambda: log.read_text("utf-8"))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
    return log.read_text("utf-8")


def main() -> None:
    """The command."""
    for (watches, instances), limit in CASES.items():
        folder = Path(tempfile.mkdtemp(prefix="cablepress-limits-"))
        said = seen(archive(folder, 30), watches, instances)
        shutil.rmtree(folder)
        named = [name for name in ("max_user_watches", "max_user_instances") if name in said]
        assert named == [limit] * bool(limit), said
        print(f"{watches} watches, {instances} instances: the change was seen, {limit or 'no limit'} named")


if __name__ == "__main__":
    main()
