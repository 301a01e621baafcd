"""One content file: its bytes, the front matter, and the cable's text."""

import codecs

import msgspec

from generator.cable.source.border import find_border
from generator.cable.source.facts import Facts, read_front_matter, stem_of, write_front_matter
from generator.cable.source.residue import without_residue
from generator.errors import Problem, Severity

FENCE = "+++"
REPLACEMENT = "\ufffd"
TO_FILL_IN = "Put the whole cable here as it was transmitted"
"""How the one paragraph of a file begins that a person has asked for to fill it in."""
_UNCLOSED = "the front matter that begins here has no end"
_UNCLOSED_HINT = "close it with a second line that is exactly +++"
_LOST_HINT = "save the file as UTF-8, from the encoding that it is in (often Windows-1252)"


class Source(msgspec.Struct, frozen=True):
    """A content file taken apart: facts, the cable's text, and what is wrong with the file.

    `replaced` counts the characters that could not be kept (NUL, surrogates, undecodable bytes) and stand as U+FFFD.
    `first_line` is the line of the file, from 1, that the text begins in.
    """

    facts: Facts
    text: str
    first_line: int
    replaced: int
    problems: tuple[Problem, ...]


def read_source(raw: bytes, path: str) -> Source:
    """Take a content file apart; what is wrong with it is in the result, never raised."""
    whole, replaced = _decode(raw)
    lost = (_lost(raw, replaced, path),) if replaced else ()
    front, text, before = _split(whole)
    first_line = 1 + whole.count("\n", 0, len(whole) - len(text))
    if front is None:
        unclosed = whole.startswith(FENCE + "\n")
        faults = (Problem(path, 1, _UNCLOSED, _UNCLOSED_HINT),) if unclosed else ()
        return Source(Facts(), text, first_line, replaced, (*faults, *lost))
    facts, findings = read_front_matter(front, text, stem_of(path))
    problems = tuple(Problem(path, line + before, said, hint, severity) for line, said, hint, severity in findings)
    return Source(facts, text, first_line, replaced, (*problems, *lost))


def _decode(raw: bytes) -> tuple[str, int]:
    """The text with line feeds only, and the number of characters in it that could not be kept."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        untrusted_text, replaced = raw.decode("utf-8"), 0
    except UnicodeDecodeError:
        untrusted_text = raw.decode("utf-8", "replace")
        replaced = untrusted_text.count(REPLACEMENT) - raw.count(REPLACEMENT.encode())
    if "\r" in untrusted_text:
        untrusted_text = untrusted_text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in untrusted_text:
        replaced += untrusted_text.count("\0")
        untrusted_text = untrusted_text.replace("\0", REPLACEMENT)
    return untrusted_text, replaced


def _lost(raw: bytes, number: int, path: str) -> Problem:
    """Where the first of the characters stands that could not be kept, and how many they are."""
    at = raw.find(b"\0")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start if at < 0 else min(at, error.start)
    line = 1 + raw[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")
    stand = "character stands" if number == 1 else "characters stand"
    said = f"{number:,} {stand} as U+FFFD for what is not text in UTF-8; the first is the byte 0x{raw[at]:02x}"
    return Problem(path, line, said, _LOST_HINT, Severity.WARNING)


def _split(whole: str) -> tuple[str | None, str, int]:
    """Front matter (None without one), the cable's text, and the number of lines before the front matter."""
    if not whole.startswith(FENCE + "\n"):
        return None, whole, 0
    end = whole.find(f"\n{FENCE}\n", len(FENCE))
    if end >= 0:
        return whole[len(FENCE) + 1 : end + 1], whole[end + len(FENCE) + 2 :], 1
    if whole.endswith(f"\n{FENCE}"):
        return whole[len(FENCE) + 1 : -len(FENCE)], "", 1
    return None, whole, 0


def write_source(facts: Facts, header: str, body: str) -> bytes:
    """Make the bytes of a content file that `read_source` and `read_cable` read back as the same.

    The number of header lines is written where the rule would not find the border (8.5), whatever `facts` says.
    """
    header, body = _plain(header), _plain(body)
    text = f"{header}\n{body}" if header else body
    border = (len(header), len(header) + 1) if header else (0, 0)
    lines = None if find_border(without_residue(text)) == border else header.count("\n") + 1 if header else 0
    front = write_front_matter(msgspec.structs.replace(facts, header_lines=lines))
    fenced = f"{FENCE}\n{front}{FENCE}\n" if front or text.startswith(FENCE) else ""
    return (fenced + text).encode("utf-8")


def _plain(untrusted_text: str) -> str:
    """The text as it reads back: line feeds only, and nothing that UTF-8 or a page cannot hold."""
    return _decode(untrusted_text.encode("utf-8", "surrogatepass"))[0]
