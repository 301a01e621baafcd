"""Which addresses people may write: into a link of the site's configuration or of an article.

The policy is RELIABILITY X2: `http`, `https` and `mailto`, and addresses within the site. An address without a scheme
but with a host (`//host/`, which browsers also see in `/\\host/`) is neither.
"""

import re
from urllib.parse import quote, urlsplit, urlunsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"https?://[^/?#:@]", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"`{}|^\u2028\u2029]")


def is_external(href: str) -> bool:
    """Whether an allowed address leads out of the site."""
    return _SCHEME.match(href) is not None


def allowed_href(untrusted_href: str) -> str:
    """The address, percent-encoded, if a page may link to it; else empty.

    What a browser would repair (blanks, control characters, backslashes) is refused, so that nobody has to know how.
    """
    href = untrusted_href.strip(" ")
    if not href or _UNSAFE.search(href) or href.startswith("//"):
        return ""
    scheme = _SCHEME.match(href)
    if scheme and not _WEB.match(href) and scheme[0].lower() != "mailto:":
        return ""
    return quote(href, safe="%/?#:@!$&'()*+,;=-._~[]")


def web_page(untrusted_address: str) -> str:
    """The address, percent-encoded, if it is that of a page on some host (`http(s)://host/path`); else empty."""
    href = allowed_href(untrusted_address)
    return href if _WEB.match(href) and _host(href) else ""


def _host(href: str) -> str:
    """The host of an absolute address, with its port; empty where the address has a user, or a port that is none."""
    try:
        url = urlsplit(href)
        fits = url.port != 0
    except ValueError:
        return ""
    return url.netloc if fits and not {"@", "%"} & set(url.netloc) else ""


def site_path(untrusted_path: str) -> str:
    """A path from the site's root (`page/about.html`), percent-encoded, or empty if it is none or leads out of it."""
    href = allowed_href(untrusted_path)
    path = href.removeprefix("/")
    outside = ".." in re.split(r"[/?#]", path.replace("%2e", ".").replace("%2E", "."))
    return "" if outside or is_external(href) else path or (href and "index.html")


def base_address(untrusted_url: str) -> str:
    """An absolute address of a site, ending with one slash; empty if it is not `http(s)://host/path`."""
    href = web_page(untrusted_url)
    url = urlsplit(href)
    if not href or url.query or url.fragment:
        return ""
    return urlunsplit((url.scheme, url.netloc.lower(), url.path.rstrip("/") + "/", "", ""))
