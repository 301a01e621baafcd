"""What the preview takes for a request; tests/site/test_hostile_requests.py sends it to the real server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.preview.request import Refusal, Request, read_request

PORT = 8000


def head(target: str = "/", *fields: str, host: str = "127.0.0.1:8000", method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/1.1", f"Host: {host}", *fields, "", ""]).encode()


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_the_names_of_this_machine_are_answered_to(host: str) -> None:
    assert read_request(head("/", "Accept: */*", f"Origin: http://{host}", host=host), PORT) == Request("GET", "", "")


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/tag/PGOV.html", "tag/PGOV.html", ""),
        ("/tag/", "tag/", ""),
        ("/a.html?b=/../c&d", "a.html", "b=/../c&d"),
        ("/%C3%A9t%C3%A9.html", "été.html", ""),
        ("/%252e%252e/a", "%2e%2e/a", ""),
        ("/a...b/..c", "a...b/..c", ""),
    ],
)
def test_a_path_is_decoded_once(target: str, path: str, query: str) -> None:
    assert read_request(head(target), PORT) == Request("GET", path, query)


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_what_the_own_pages_and_the_address_bar_send_is_answered(site: str) -> None:
    assert read_request(head("/", f"Sec-Fetch-Site: {site}"), PORT).path == ""


def fuzzed() -> st.SearchStrategy[bytes]:
    """Bytes, and requests with some of their bytes replaced."""
    whole = st.sampled_from([head("/a/%2e/b", "Origin: http://127.0.0.1:8000", "Sec-Fetch-Site: none"), head("/a?b")])
    cut = st.tuples(whole, st.integers(0, 90), st.integers(0, 6), st.binary(max_size=4))
    return st.binary(max_size=300) | cut.map(lambda c: c[0][: c[1]] + c[3] + c[0][c[1] + c[2] :])


@given(fuzzed())
def test_whatever_is_sent_is_a_safe_path_or_refused(untrusted_head: bytes) -> None:
    try:
        request = read_request(untrusted_head, PORT)
    except Refusal:
        return
    assert request.path.isprintable()
    assert not request.path.startswith("/")
    assert "\\" not in request.path
    assert not {".", ".."} & set(request.path.split("/"))
