"""Objects of a bucket, each with its type, how long it may be kept, and the SHA-256 of the file that it is.

Credentials are the business of boto3: the environment, AWS's own files, or the machine's role.
"""

import base64
import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.content_types import is_text, type_of
from generator.errors import StorageError, UsageError, printable
from generator.settings.targets import S3Target

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

ASK_FIRST = "public, max-age=0, must-revalidate"
HOUR = "public, max-age=3600"
"""How long text and all else may be kept by browsers and caches: text is asked for again, so that a release is seen."""

FORM = 1
"""Counts up when files of equal bytes are to be brought anew, with other headers."""

LARGE = 64 << 20
"""Bytes above which a file is sent in parts."""

CONNECTIONS = 16

_GONE = {"404", "NoSuchKey", "NotFound"}


class Objects:
    """The objects of a bucket whose keys begin with the prefix; paths are what follows it."""

    def __init__(self, target: S3Target) -> None:
        self.target = target
        self.form = f"{FORM}{'-gzip' * target.gzip}"

    @cached_property
    def client(self) -> "S3Client":
        """The way to the service. Raises UsageError where boto3 is not installed."""
        try:
            import boto3
            from botocore.config import Config
        except ImportError:
            raise UsageError("boto3 is not installed", "pip install 'cablepress[s3]'") from None
        config = Config(
            max_pool_connections=CONNECTIONS,
            retries={"mode": "standard", "max_attempts": 5},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        session = boto3.session.Session(profile_name=self.target.profile or None)
        client: S3Client = session.client(
            "s3", endpoint_url=self.target.endpoint or None, region_name=self.target.region or None, config=config
        )
        return client

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say what the service or the way to it refuses, as StorageError; UsageError where there is no such bucket."""
        try:
            from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, ProfileNotFound
        except ImportError:
            raise UsageError("boto3 is not installed", "pip install 'cablepress[s3]'") from None
        name = f"s3://{self.target.bucket}"
        try:
            yield
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in {*_GONE, "NoSuchBucket"}:
                raise UsageError(f"{name}: there is no such bucket", "make it, or mend site.toml") from None
            raise StorageError(f"{name}: {printable(str(error))}", "mend this and publish again") from error
        except (NoCredentialsError, ProfileNotFound) as error:
            hint = "boto3 looks for them in the environment (AWS_ACCESS_KEY_ID …) and in ~/.aws/credentials"
            raise StorageError(f"{name}: {printable(str(error))}", hint) from error
        except BotoCoreError as error:
            raise StorageError(f"{name}: {printable(str(error))}", "mend this and publish again") from error

    def put(self, path: str, raw: bytes, digest: str) -> None:
        """Bring a file; the service compares what arrives with its MD5."""
        headers = self._headers(path, digest)
        if self.target.gzip and is_text(path):
            raw = gzip.compress(raw, compresslevel=6, mtime=0)
            headers["ContentEncoding"] = "gzip"
        sum_ = base64.b64encode(hashlib.md5(raw, usedforsecurity=False).digest()).decode()
        self.client.put_object(Bucket=self.target.bucket, Key=self._key(path), Body=raw, ContentMD5=sum_, **headers)

    def put_large(self, path: str, source: Path, digest: str) -> None:
        """Bring a file in parts, as it is."""
        headers = self._headers(path, digest)
        self.client.upload_file(str(source), self.target.bucket, self._key(path), ExtraArgs=headers)

    def is_there(self, path: str) -> bool:
        """Whether there is such an object."""
        return self._noted(path) is not None

    def holds_any(self) -> bool:
        """Whether there is any object."""
        found = self.client.list_objects_v2(Bucket=self.target.bucket, Prefix=self._key(""), MaxKeys=1)
        return bool(found.get("Contents"))

    def stands(self, path: str, digest: str) -> bool:
        """Whether the file with this SHA-256 was brought there, in the form that it has to have."""
        return self._noted(path) == {"sha256": digest, "form": self.form}

    def read(self, path: str) -> bytes | None:
        """The bytes of the file that an object is; None where there is no such object."""
        try:
            found = self.client.get_object(Bucket=self.target.bucket, Key=self._key(path))
        except self.client.exceptions.ClientError as error:
            if _is_gone(error):
                return None
            raise
        raw = found["Body"].read()
        return gzip.decompress(raw) if found.get("ContentEncoding") == "gzip" else raw

    def has_form(self, path: str) -> bool:
        """Whether an object was brought in the form that objects have now."""
        return (self._noted(path) or {}).get("form") == self.form

    def delete(self, path: str) -> None:
        """Delete an object, if it is there."""
        self.client.delete_object(Bucket=self.target.bucket, Key=self._key(path))

    def _noted(self, path: str) -> dict[str, str] | None:
        """What was noted with an object when it was brought; None where there is none."""
        try:
            return self.client.head_object(Bucket=self.target.bucket, Key=self._key(path))["Metadata"]
        except self.client.exceptions.ClientError as error:
            if _is_gone(error):
                return None
            raise

    def _headers(self, path: str, digest: str) -> dict[str, Any]:
        return {
            "ContentType": type_of(path),
            "CacheControl": ASK_FIRST if is_text(path) else HOUR,
            "Metadata": {"sha256": digest, "form": self.form},
        }

    def _key(self, path: str) -> str:
        return self.target.prefix + path


def _is_gone(error: Any) -> bool:
    return error.response.get("Error", {}).get("Code") in _GONE
