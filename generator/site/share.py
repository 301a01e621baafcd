"""How a cable is passed on: links to other networks' own pages for writing a message, and a citation.

The links are plain addresses: nothing is asked of another host until a reader follows one. The site's script makes
a paragraph's links from them: it looks for the encoded hashtag of the cable and for the encoded address of the page.
"""

from unicodedata import bidirectional
from urllib.parse import quote

from generator.site.views.share import Run, Share

COMPOSERS = (
    ("mastodon", "Mastodon", "https://share.joinmastodon.org/#text={text}"),
    ("bluesky", "Bluesky", "https://bsky.app/intent/compose?text={text}"),
    ("x", "X", "https://x.com/intent/post?text={text}"),
    ("reddit", "Reddit", "https://www.reddit.com/submit?title={words}{page}"),
    ("email", "E-mail", "mailto:?subject={own}&body={text}"),
)
"""Network, label, and the address that opens a message; what stands in braces is filled in already encoded."""

UNRESERVED = "!'()*:/"
"""What the script's `encoded` leaves as it is and `quote` alone would not; all may stand in a query (RFC 3986)."""

BLANK = "%20"

RIGHT_TO_LEFT = {"R", "AL", "AN"}
"""The bidirectional classes of what runs, or makes figures run, from right to left (UAX #9, 3.2)."""

LONGEST_SUBJECT = 40
"""In characters: far below what the strictest network takes."""


def shares(id: str, subject: str, address: str, hashtags: tuple[str, str]) -> tuple[Share, ...]:  # noqa: A002
    """The share links of a cable; `address` is its page's absolute address, or empty where nobody knows it.

    A message with the address leaves out the subject: the network shows it in the card that it makes of the page.
    """
    own, words, tags, page = map(_encoded, (id, _shortened(subject), " ".join(hashtags), address))
    named = BLANK.join(filter(None, (words, tags)))
    parts = {
        "own": own,
        "words": named,
        "text": f"{tags}{BLANK}{page}" if page else named,
        "page": f"&url={page}" if page else "",
    }
    return tuple(Share(network, label, pattern.format(**parts)) for network, label, pattern in COMPOSERS)


def citation(id: str, subject: str, origin: str, created: str, site: str, address: str) -> tuple[Run, ...]:  # noqa: A002
    """The words by which a cable is cited; what is empty is left out. `created` is as in the record."""
    day = created.partition(" ")[0]
    quoted = f"“{subject}”" if subject else ""
    said = [(origin, origin), (quoted, subject), (f"cable {id}", id), (day, day), (site, site), (address, address)]
    runs = [Run(shown, _turns(words)) for shown, words in said if shown]
    if not any(run.isolated for run in runs):
        return (Run(", ".join([run.text for run in runs])),)
    return tuple([each for run in runs for each in (Run(", "), run)][1:])


def _turns(words: str) -> bool:
    return not words.isascii() and any(bidirectional(character) in RIGHT_TO_LEFT for character in words)


def _shortened(subject: str) -> str:
    """The subject, cut at a blank where it is too long for a message."""
    if len(subject) <= LONGEST_SUBJECT:
        return subject
    head = subject[: LONGEST_SUBJECT - 1]
    return (head.rpartition(" ")[0] or head).rstrip() + "…"


def _encoded(text: str) -> str:
    return quote(text, safe=UNRESERVED)
