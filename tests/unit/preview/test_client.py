"""How the client gets into a page, and the page's policy lets it ask for news."""

import re

import pytest

from generator.preview.client import with_client

PAGE = b"""<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="%s">
<title>A</title>
</head>
<body>B</body>
</html>
"""


def policy(page: bytes) -> dict[str, str]:
    content = re.findall(r'Content-Security-Policy" content="([^"]*)"', page.decode())
    assert len(content) == 1
    return {directive.split()[0]: directive.strip() for directive in content[0].rstrip(";").split(";")}


@pytest.mark.parametrize(
    "given",
    [b"default-src 'none'; script-src 'self'", b"default-src 'none'; script-src 'self'; connect-src 'none';"],
)
def test_the_policy_lets_the_client_ask_and_nothing_else_changes(given: bytes) -> None:
    directives = policy(with_client(PAGE % given, "abc", "x-1"))
    assert "'self'" in directives["connect-src"].split()
    assert directives["default-src"] == "default-src 'none'"
    assert directives["script-src"] == "script-src 'self'"


def test_the_script_stands_in_the_head_and_knows_the_state_of_the_page() -> None:
    page = with_client(PAGE % b"default-src 'none'", "abc", "x-1").decode()
    assert page.index('<script src="/-/reload.js" data-state="abc" data-version="x-1" defer></script>') < page.index(
        "</head>"
    )


def test_a_page_without_head_gets_the_script_at_its_end() -> None:
    assert with_client(b"<p>A", "abc", "x-1").decode().endswith('data-state="abc" data-version="x-1" defer></script>\n')
