"""The reference list: its entries, and what each of them points to (CABLE-FORMAT 2.6)."""

import re

from generator.cable.ids import parse_id
from generator.cable.model import Reference, ReferenceKind
from generator.cable.references.citations import Citing, FoundReference, find_cables
from generator.cable.vocabulary.posts import Posts

_BULLET = re.compile(
    r"""(?:(?<=[\s,;.)\]])|\A)(?:\xb6[ ]?)?(?:(?:REF|Ref|ref)(?:TEL)?[ ]*)?
    (?:\((?P<round>[A-Za-z])\)|\[(?P<square>[A-Za-z])\]|(?P<plain>[A-Za-z])[.):](?!\w\.)|(?P<comma>[A-Z])[,/-](?=\s))\s*""",
    re.VERBOSE,
)
_NOTHING = frozenset({"N/A", "NA", "NIL", "NONE"})
_NOTAL = re.compile(r"\s*\((?:NOTAL|EXDIS|NODIS|PASEP|SEPTEL|[A-Z ]{4,20})\)")
_AND_AT_END = re.compile(r"[ ,;]+(?:AND|and|&)\Z")
_EMAIL = re.compile(r"\bE-? ?MAILS?\b", re.IGNORECASE)
_TELCON = re.compile(r"\b(?:TELCONS?|TELECONS?|PHONECONS?|PHONE|TELEPHONE|TELEPHONIC)\b", re.IGNORECASE)


def read_references(text: str, start: int, end: int, citing: Citing) -> tuple[list[Reference], list[FoundReference]]:
    """The entries of the list and the places of the cables in it."""
    references: list[Reference] = []
    places: list[FoundReference] = []
    for letter, entry_start, entry_end in _entries(text, start, end, citing):
        found = find_cables(text, entry_start, entry_end, citing)
        places += found
        entry = _on_one_line(text[entry_start:entry_end])
        if not found and entry.upper().strip(".") not in _NOTHING:
            references += [Reference(entry, "", _kind(entry), letter, False)] if entry else []
        elif letter or len(found) == 1:
            references += [
                Reference(entry, str(each.id), ReferenceKind.CABLE, letter, each.year_given) for each in found
            ]
        else:
            for each in found:
                words = _on_one_line(text[each.start : _after(text, each.end, entry_end)])
                references.append(Reference(words, str(each.id), ReferenceKind.CABLE, "", each.year_given))
    return references, places


def given_reference(untrusted_id: str, posts: Posts) -> Reference:
    """A reference that the front matter gives."""
    parsed = parse_id(untrusted_id, posts)
    return Reference(untrusted_id, str(parsed) if parsed else "", ReferenceKind.CABLE, "", parsed is not None)


def _entries(text: str, start: int, end: int, citing: Citing) -> list[tuple[str, int, int]]:
    """Letter, start and end of each entry: by bullets in the order of the alphabet, else by semicolons."""
    field = text[start:end]
    bullets: list[tuple[str, int, int]] = []
    for match in _BULLET.finditer(field):
        letter = (match["round"] or match["square"] or match["plain"] or match["comma"]).upper()
        if not bullets and (letter == "A" or not field[: match.start()].strip(" \n\t.:")):
            bullets.append((letter, match.start(), match.end()))
        elif bullets and letter == bullets[-1][0] and not field[bullets[-1][2] : match.start()].strip():
            bullets[-1] = (letter, bullets[-1][1], match.end())
        elif bullets and 1 <= ord(letter) - ord(bullets[-1][0]) <= 2:
            bullets.append((letter, match.start(), match.end()))
    if not bullets:
        several = ";" in field and find_cables(text, start, end, citing)
        return _separated(text, start, end) if several else [("", start, end)]
    edges = [bullet[1] for bullet in bullets[1:]] + [len(field)]
    entries = [(letter, start + begin, start + edge) for (letter, _, begin), edge in zip(bullets, edges, strict=True)]
    return _separated(text, start, start + bullets[0][1]) + entries


def _separated(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    entries = []
    at = start
    while at < end:
        semicolon = text.find(";", at, end)
        semicolon = end if semicolon < 0 else semicolon
        if text[at:semicolon].strip():
            entries.append(("", at, semicolon))
        at = semicolon + 1
    return entries


def _on_one_line(words: str) -> str:
    words = " ".join(words.split()).strip(" ,;")
    return _AND_AT_END.sub("", words) if words.endswith(("AND", "and", "&")) else words


def _after(text: str, at: int, end: int) -> int:
    notal = _NOTAL.match(text, at, end)
    return notal.end() if notal else at


def _kind(entry: str) -> ReferenceKind:
    if _EMAIL.search(entry):
        return ReferenceKind.EMAIL
    return ReferenceKind.TELCON if _TELCON.search(entry) else ReferenceKind.DOCUMENT
