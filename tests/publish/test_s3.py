"""Publishing to S3, against moto's server: a stand-in that speaks S3's protocol and keeps the objects in memory."""

import gzip
import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from generator.errors import CablepressError, LockedError, StorageError, UsageError
from generator.publish.kinds import place_of
from generator.publish.s3 import Bucket, rank_of
from generator.settings.targets import S3Target
from tests.publish.service import Service
from tests.publish.support import arrived, numbers, owned, publish, put

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "an-id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)


@pytest.fixture
def client(service: Service) -> "Iterator[S3Client]":
    client: S3Client = boto3.client("s3", endpoint_url=service.endpoint, region_name="us-east-1")
    client.create_bucket(Bucket="cables")
    yield client
    for each in client.list_objects_v2(Bucket="cables").get("Contents", []):
        client.delete_object(Bucket="cables", Key=each["Key"])
    client.close()


@pytest.fixture
def place(client: "S3Client", service: Service, tmp_path: Path) -> Bucket:
    return bucket(service, tmp_path)


def bucket(service: Service, folder: Path, **keys: Any) -> Bucket:
    given = {"bucket": "cables", "endpoint": service.endpoint, "region": "us-east-1"} | keys
    found = place_of("web", S3Target(**given), folder)
    assert isinstance(found, Bucket)
    return found


def content(client: "S3Client") -> dict[str, bytes]:
    found = {}
    for each in client.list_objects_v2(Bucket="cables").get("Contents", []):
        answer = client.get_object(Bucket="cables", Key=each["Key"])
        raw = answer["Body"].read()
        found[each["Key"]] = gzip.decompress(raw) if answer.get("ContentEncoding") == "gzip" else raw
    return found


def built(output: Path) -> dict[str, bytes]:
    return {path: (output / path).read_bytes() for path, _ in owned(output)}


def test_every_object_has_its_bytes_type_and_headers(output: Path, place: Bucket, client: "S3Client") -> None:
    put(output, "static/map.png", "not really")
    put(output, "assets/site.css", "p {}")
    done = publish(output, place)
    assert numbers(done) == (8, 0, 0, 0)
    files = content(client)
    assert files.pop("MANIFEST.sha256").decode() == "".join(
        f"{hashlib.sha256(raw).hexdigest()}  {path}\n" for path, raw in sorted(built(output).items())
    )
    assert files == built(output)
    page = client.head_object(Bucket="cables", Key="é.html")
    assert (page["ContentType"], page["ContentEncoding"]) == ("text/html; charset=utf-8", "gzip")
    assert page["CacheControl"] == "public, max-age=0, must-revalidate"
    assert page["Metadata"]["sha256"] == hashlib.sha256(files["é.html"]).hexdigest()
    picture = client.head_object(Bucket="cables", Key="static/map.png")
    assert (picture["ContentType"], "ContentEncoding" in picture) == ("image/png", False)
    assert picture["CacheControl"] == "public, max-age=3600"


def test_only_what_differs_is_brought_in_order_and_nothing_is_listed(
    output: Path, place: Bucket, client: "S3Client", service: Service
) -> None:
    publish(output, place)
    for path in ("index.html", "tag/PGOV.html", "cable/2010/01/10MOSCOW1.html", "assets/site.css", "sitemap.xml"):
        put(output, path, "new")
    (output / "a.html").unlink()
    service.asked()
    assert numbers(publish(output, place)) == (4, 1, 1, 4)
    asked = service.asked()
    changing = [each.removeprefix("PUT /cables/") for each in asked if each.split()[0] in ("PUT", "DELETE")]
    assert changing == [
        ".cablepress/incoming.sha256",
        "assets/site.css",
        "cable/2010/01/10MOSCOW1.html",
        *changing[3:5],
        "index.html",
        "DELETE /cables/a.html",
        "MANIFEST.sha256",
        "DELETE /cables/.cablepress/incoming.sha256",
    ]
    assert {*changing[3:5]} == {"sitemap.xml", "tag/PGOV.html"}
    assert not [each for each in asked if re.fullmatch(r"GET /cables/?(\?.*)?", each)]
    files = content(client)
    files.pop("MANIFEST.sha256")
    assert files == built(output)


def test_pages_come_after_what_they_need_and_before_what_lists_them() -> None:
    order = ["assets/site.css", "cable/2010/01/10MOSCOW1.html", "article/one.html", "tag/PGOV.html", "index.html"]
    assert [rank_of(path) for path in order] == [0, 1, 1, 2, 3]


def test_nothing_changed_brings_nothing(output: Path, place: Bucket, service: Service) -> None:
    publish(output, place)
    service.asked()
    done = publish(output, place)
    assert arrived(done).is_new is False
    assert {each.split()[0] for each in service.asked()} == {"HEAD", "GET"}


def test_a_dry_run_brings_nothing(output: Path, place: Bucket, client: "S3Client") -> None:
    assert numbers(publish(output, place, dry_run=True)) == (6, 0, 0, 0)
    assert content(client) == {}


def test_two_sites_share_a_bucket(output: Path, client: "S3Client", service: Service, tmp_path: Path) -> None:
    publish(output, bucket(service, tmp_path, prefix="one/"))
    publish(output, bucket(service, tmp_path, prefix="two/"))
    (output / "a.html").unlink()
    publish(output, bucket(service, tmp_path, prefix="two/"))
    paths = set(content(client))
    assert {"one/a.html", "one/index.html", "two/index.html"} <= paths
    assert "two/a.html" not in paths


def test_without_gzip_text_lies_there_as_it_is_and_a_change_of_that_brings_all_anew(
    output: Path, place: Bucket, client: "S3Client", service: Service, tmp_path: Path
) -> None:
    publish(output, place)
    plain = bucket(service, tmp_path, gzip=False)
    assert numbers(publish(output, plain)) == (0, 6, 0, 0)
    assert "ContentEncoding" not in client.head_object(Bucket="cables", Key="index.html")
    assert numbers(publish(output, plain)) == (0, 0, 0, 6)


def test_what_others_did_to_what_was_brought_is_found(
    output: Path, place: Bucket, client: "S3Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(output, place)
    client.put_object(Bucket="cables", Key="index.html", Body=b"tampered")
    put(output, "a.html", "changed")
    with pytest.raises(CablepressError, match=r"cables/index\.html: is not the file that was published"):
        publish(output, place)
    client.put_object(Bucket="cables", Key="MANIFEST.sha256", Body=b"")
    publish(output, place)
    assert content(client)["index.html"] == b"<p>index.html"


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_bucket_of_somebody_else_is_left_alone(
    output: Path, client: "S3Client", service: Service, tmp_path: Path, dry_run: bool
) -> None:
    client.put_object(Bucket="cables", Key="backup/index.html", Body=b"precious")
    for prefix in ("", "backup"):
        with pytest.raises(UsageError, match="holds objects, and nothing was published there") as refused:
            publish(output, bucket(service, tmp_path, prefix=f"{prefix}/" * bool(prefix)), dry_run=dry_run)
        assert "MANIFEST.sha256" in refused.value.hint
    assert content(client) == {"backup/index.html": b"precious"}
    publish(output, bucket(service, tmp_path, prefix="cables/"), dry_run=dry_run)


def test_an_empty_manifest_gives_leave_to_overwrite(output: Path, client: "S3Client", place: Bucket) -> None:
    client.put_object(Bucket="cables", Key="index.html", Body=b"older site")
    client.put_object(Bucket="cables", Key="MANIFEST.sha256", Body=b"")
    assert numbers(publish(output, place)) == (6, 0, 0, 0)
    assert content(client)["index.html"] == b"<p>index.html"


def test_what_is_edited_is_not_brought(output: Path, place: Bucket, client: "S3Client") -> None:
    names = list(owned(output))
    put(output, "index.html", "by hand")
    with pytest.raises(CablepressError, match=r"index\.html was changed since it was built"):
        publish(output, place, names)
    assert "index.html" not in content(client)


PUBLISH = """
import sys
from pathlib import Path
from tests.publish.service import Service
from tests.publish.support import publish
from tests.publish.service import Service
from tests.publish.test_s3 import bucket
publish(Path(sys.argv[1]), bucket(Service(Path("log"), sys.argv[2]), Path(sys.argv[3])), max_deletes=1000)
"""


def test_killed_at_any_moment_the_next_run_ends_with_the_site_and_nothing_else(
    output: Path, place: Bucket, client: "S3Client", service: Service, tmp_path: Path
) -> None:
    publish(output, place)
    kills = 0
    for number in range(4):
        for each in range(120):
            put(output, f"cable/{number}/{each}.html", f"{number} {each}")
            (output / f"cable/{number - 1}/{each}.html").unlink(missing_ok=True)
        service.asked()
        running = subprocess.Popen([sys.executable, "-c", PUBLISH, output, service.endpoint, tmp_path])
        seen = 0
        while running.poll() is None and seen < 20 + 30 * number:
            seen += sum(each.startswith("PUT") for each in service.asked())
            time.sleep(0.002)
        running.kill()
        kills += running.wait() == -signal.SIGKILL
    assert kills >= 3
    assert ".cablepress/incoming.sha256" in content(client)
    publish(output, place, max_deletes=1000)
    assert _all_content(client) == {*built(output), "MANIFEST.sha256"}


def _all_content(client: "S3Client") -> set[str]:
    pages = client.get_paginator("list_objects_v2").paginate(Bucket="cables")
    return {each["Key"] for page in pages for each in page.get("Contents", [])}


def test_a_large_file_is_sent_in_parts(
    output: Path, place: Bucket, client: "S3Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.publish.s3.LARGE", 1000)
    put(output, "static/all.zip", "x" * 9_000_000)
    publish(output, place)
    assert client.head_object(Bucket="cables", Key="static/all.zip")["ContentLength"] == 9_000_000
    assert client.head_object(Bucket="cables", Key="static/all.zip")["ETag"].endswith('-2"')
    assert arrived(publish(output, place)).is_new is False


def test_no_bucket_no_credentials_and_no_service_are_told(
    output: Path, client: "S3Client", service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="s3://nowhere: there is no such bucket"):
        publish(output, bucket(service, tmp_path, bucket="nowhere"))
    with pytest.raises(StorageError, match="nobody"):
        publish(output, bucket(service, tmp_path, profile="nobody"))
    with pytest.raises(StorageError, match="Could not connect"):
        publish(output, bucket(service, tmp_path, endpoint="http://127.0.0.1:9"))
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(StorageError, match="Unable to locate credentials") as refused:
        publish(output, bucket(service, tmp_path))
    assert "AWS_ACCESS_KEY_ID" in refused.value.hint


def test_one_run_at_a_time(output: Path, place: Bucket) -> None:
    with place.locked(), pytest.raises(LockedError):
        publish(output, place)


def test_boto3_is_loaded_only_for_this_kind() -> None:
    script = (
        "import sys, generator.cli, generator.publish.kinds, generator.publish.publish; print('boto3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "False\n"
