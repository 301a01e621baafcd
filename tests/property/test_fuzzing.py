"""The fuzz targets' harness for as long as a test may take: sound files and dumps, cut, patched and joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers.run import FORMATS
from tests.conftest import CHECKOUT
from tests.fuzz.harness import ask, read, take, tiny_site
from tests.property.soundness import LINES
from tests.unit.importers import test_csv_dump, test_mirror, test_nara, test_text_dump, test_tsv
from tests.unit.importers.archives import KINDS

SAMPLE = sorted(CHECKOUT.glob("content/cables/**/*.txt"))
DUMPS = {
    "csv": [test_csv_dump.row(1, body='a "b"\nc').encode() + test_csv_dump.row(2).encode()],
    "tsv": [(test_tsv.row(1, body="a\n\tb") + test_tsv.row(2, numbered=False)).encode()],
    "nara": [(test_nara.record() + test_nara.attributes_only("1976STATE000002")).encode()],
    "text": [
        f"{test_text_dump.HEADER}\n{test_text_dump.BODY}".encode(),
        (test_text_dump.FURNITURE.format(values="SECRET X") + test_text_dump.HEADER).encode(),
        f"{test_text_dump.KEYS}{test_text_dump.HEADER}\n{test_text_dump.BODY}".encode(),
    ],
    "mirror": [test_mirror.page().encode()],
}
HOSTILE = [
    *(b'"', b'","', b"\\", b"\\\n", b"\t", b"\0", b"\r", b"\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"+++\n", b"\xc2\xb6"),
    *(b"Message Text\n", b"Message Attributes\n", b"TAGS: ", b"<code><pre>", b"</pre></code>", b"<td>", b"&#x000A;"),
]


piece = st.sampled_from(HOSTILE) | st.sampled_from(HOSTILE) | st.sampled_from(LINES).map(str.encode) | st.binary()


@st.composite
def mutated(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """One of the seeds with pieces put in, cut out, and written over."""
    raw = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(raw)))
        gone = draw(st.just(0) | st.integers(0, 400))
        raw = raw[:at] + draw(piece) + raw[at + gone :]
    return raw


@given(mutated([path.read_bytes() for path in SAMPLE]))
def test_any_content_file_is_read(raw: bytes) -> None:
    read(raw)


@pytest.mark.parametrize("name", FORMATS)
def test_any_dump_is_taken_or_rejected(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("dump")
    format_byte = bytes([list(FORMATS).index(name)])

    @given(mutated(DUMPS[name]))
    def run(raw: bytes) -> None:
        take(format_byte + raw, folder)

    run()


@pytest.mark.parametrize("kind", KINDS)
def test_any_archive_is_taken_or_rejected(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("archive")
    KINDS[kind](folder / "sound", {f"{n}.html": test_mirror.page(f"10MOSCOW{n}").encode() for n in range(3)})
    format_byte = bytes([list(FORMATS).index("mirror")])

    @given(mutated([(folder / "sound").read_bytes()]))
    def run(raw: bytes) -> None:
        take(format_byte + raw, folder)

    run()


FIELDS = ["Range: bytes=0-9", 'If-None-Match: "a"', "Origin: null", "Sec-Fetch-Site: none", "Accept-Encoding: gzip"]
TARGETS = [
    "/",
    "/index.html",
    "/a/secret.html",
    "/../secret.txt",
    "/-/news?seen=a&of=/index.html",
    "/%2e%2e/secret.txt",
]
REQUESTS = [
    f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n{field}\r\n\r\n".encode()
    for target in TARGETS
    for field in FIELDS
]


def test_any_request_is_answered_without_a_secret(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = tiny_site(tmp_path_factory.mktemp("site"))
    assert {ask(request, files) for request in REQUESTS} == {200, 400, 403, 404}

    @given(mutated(REQUESTS))
    def run(raw: bytes) -> None:
        ask(raw, files)

    run()
