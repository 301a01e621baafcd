"""No password or key gets into a file, a message, or the arguments of a process."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.conftest import CHECKOUT
from tests.publish.service import Service
from tests.publish.test_git import git
from tests.site.support import SITE_TOML, SiteTest
from tests.site.test_cli import run

SECRET = "hunter2hunter2hunter2"


def told(site: SiteTest, *words: str, **environment: str) -> tuple[int, str]:
    """How a command ends, and all that can be seen of it: what it says, and the arguments of it and its processes."""
    command = [sys.executable, str(CHECKOUT / "build.py"), *words, "--verbose", "--debug"]
    given: dict[str, Any] = {"cwd": site.folder, "env": os.environ | environment, "start_new_session": True}
    seen: set[str] = set()
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(command, stdout=said, stderr=said, **given) as process,
    ):
        while process.poll() is None:
            seen.update(_arguments(process.pid))
        said.seek(0)
        assert any("build.py" in each for each in seen)
        return process.returncode, "\n".join([said.read(), *sorted(seen)])


def _arguments(session: int) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                found.append((folder / "cmdline").read_text("utf-8", "replace").replace("\0", " "))
        except OSError:
            continue
    return found


def written(folder: Path) -> str:
    """Everything in the files of a folder, the hidden ones and databases included."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)


@pytest.mark.parametrize("bucket", ["secrets", "not-there"])
def test_keys_of_s3_are_seen_nowhere(
    tmp_path: Path, service: Service, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "an-id", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=service.endpoint)
    client.create_bucket(Bucket="secrets")
    client.close()
    target = f'[publish.web]\nkind = "s3"\nbucket = "{bucket}"\nendpoint = "{service.endpoint}"\n'
    site = SiteTest(tmp_path, SITE_TOML + target)
    site.cable("10MOSCOW226")
    code, seen = told(site, "publish", "web", **keys)
    assert (code == 0) == (bucket == "secrets"), seen
    assert SECRET not in seen
    assert "an-id" not in seen
    assert SECRET not in written(site.folder)


def test_a_remote_with_a_token_is_refused_unseen(tmp_path: Path) -> None:
    site = SiteTest(tmp_path, SITE_TOML + '[publish.web]\nkind = "git"\nrepository = "origin"\n')
    site.cable("10MOSCOW226")
    git(site.folder, "init", "--quiet")
    git(site.folder, "remote", "add", "origin", f"https://me:{SECRET}@127.0.0.1:9/cables.git")
    code, seen = told(site, "publish", "web")
    assert code
    assert "the address of this remote has a password or token in it" in seen
    assert SECRET not in seen.replace("git -C", "")
    assert SECRET not in written(site.folder / ".cablepress")


@pytest.mark.parametrize(
    "target",
    [
        f'kind = "git"\nrepository = "https://me:{SECRET}@example.org/x.git"',
        f'kind = "git"\nrepository = "https://{SECRET}@example.org/x.git"',
        f'kind = "s3"\nbucket = "cables"\nendpoint = "https://me:{SECRET}@s3.example.org"',
        f'kind = "command"\ncommand = ["lftp", "ftp://me:{SECRET}@example.org/"]',
    ],
)
def test_a_password_in_the_configuration_is_refused_unseen(tmp_path: Path, target: str) -> None:
    site = SiteTest(tmp_path, f"{SITE_TOML}[publish.web]\n{target}\n")
    site.cable("10MOSCOW226")
    done = run(site)
    assert done.returncode == 1
    assert "has a password or token in it" in done.stderr
    assert SECRET not in done.stdout + done.stderr
