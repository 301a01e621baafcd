"""Addresses within the site: relative from page to page, so that the site works from any place."""

import re
from urllib.parse import quote

MAIN_LISTS = (
    ("Releases", "reldate/index.html"),
    ("Dates", "date/index.html"),
    ("Origins", "origin/index.html"),
    ("Tags", "tag/index.html"),
    ("Classifications", "classification/index.html"),
)
"""The ways into the archive that every page offers."""


def root(path: str) -> str:
    """The way up from a page to the site's root: `../../../` from a cable, empty from the home page."""
    return "../" * path.count("/")


_PLAIN = re.compile(r"[A-Za-z0-9._/-]*")


def quoted(path: str) -> str:
    """A path of the site as it stands in an address."""
    return path if _PLAIN.fullmatch(path) else quote(path, safe="/")


CARD = "card.png"
GLOSSARY = "glossary.html"
STATIONS = "stations.html"
CABLES = "cable/"
FROM_A_CABLE = root("cable/2010/01/")
"""The way up from a cable's page, and from no other: none else lies so deep."""


def to_cable(root: str, address: str) -> str:
    """The address of a cable as seen from a page below `root`: from one cable to another no further up than needed.

    Nothing in it has to be encoded: `cable.ids.address` makes it of letters, digits, hyphens and one underscore.
    """
    if root == FROM_A_CABLE and address.startswith(CABLES):
        return FROM_A_CABLE.removesuffix("../") + address.removeprefix(CABLES)
    return root + address


def article(kind: str, slug: str) -> str:
    """The path of an editorial article or page."""
    return f"{kind}/{slug}.html"


def from_root(root: str, address: str) -> str:
    """A configured address, as seen from a page below `root`: web addresses stay, site paths become relative."""
    if address.startswith(("http://", "https://", "mailto:")):
        return address
    return root + address.lstrip("/")


def absolute(base_url: str, path: str) -> str:
    """The absolute address of a path, or empty without a base URL."""
    if not base_url:
        return ""
    return base_url + quoted("" if path == "index.html" else path)
