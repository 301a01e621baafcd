"""Names and offices: which words of `Political Counselor Jane Roe, Embassy Bogota` are the name (CABLE-FORMAT 2.7)."""

import re
from collections.abc import Iterator

from generator.cable.vocabulary.posts import Posts

_WORDS_OF_OFFICE = """
a.i. a/dcm a/s acting adcm adm admiral adviser advisor affairs agricultural agriculture ai amb ambassador amconsul
amembassy american assistant asst attache attaché bureau captain cda cg charge charges chargè chargé chief
chief-of-mission col colonel com comm commander commercial conoff cons consul consular consulate coordinator couns
counsel counsellor counselor country cultural d'affaires d'affairs daff das data dcm defense dep department dept
deputy desk development director division dpo dr econ economic economic/political economics ecouns embassy emboff
energy enforcement environment envoy exec executive finance financial first foreign gen general gso head hr human
information inspector interim international labor law leader legal legat legatt liaison lt ltc maj management mgmt mgt
military minister minister-counselor ministry mission mr mrs ms msg narcotics office officer pao permanent personnel
po pol pol-econ pol-mil polad polchief polcouns polcounselor poleconchief political political-economic
political-military politico-military polmil post press principal provincial prt public reconstruction refugee regional
relations representative resident rights rso science sec second secretary section security senior service services
special sr staff team technology third trade treasury under unit unvie usaid useb useu usint usmission usnato usosce
usun vice watcher
"""
_OFFICES = frozenset(_WORDS_OF_OFFICE.split())
_CONNECTORS = frozenset({"&", "and", "ad", "at", "for", "in", "of", "on", "the", "to"})
_SEATS = frozenset({"amconsul", "amembassy", "consulate", "embassy", "mission", "usint", "usmission"})
_NEVER_BEHIND_A_NAME = frozenset({"affairs", "bureau", "desk", "division", "hemisphere", "services", "service"})
_ABBREVIATIONS = frozenset({"asst", "capt", "comm", "couns", "dept", "econ", "prof"})
_SUFFIX = re.compile(r"(?:[JS]r|I{2,3}|IV|Esq|Ph\.?D)\.?", re.IGNORECASE)
_ABBREVIATED = re.compile(
    r"\w*(?:couns|chief)|(?:pol|e?con|ec|emb|mil|lab|cons?|vice|sci|env|est|pub|aff|info|ag|[ap])+off"
)
"""Offices in one word: `polcouns`, `polchief`, `poleconoff`."""

_BREAK = re.compile(r"[,;:()]|\s-{1,2}\s")


def name_and_title(words: str, posts: Posts) -> tuple[str, str]:
    """The name and the words of office around it, which stand in either order; what is not said is empty."""
    parts = list(_parts(words))
    run = _name(parts, posts)
    title = ", ".join(left for index, part in enumerate(parts) if (left := _without(part, index, run)))
    title += "." if title.lower().endswith("a.i") else ""
    if run is None:
        return "", title
    index, start, end = run
    return " ".join(parts[index][start:end]).strip(" .,'\""), title


def _parts(words: str) -> Iterator[list[str]]:
    """The words between commas and stops; `Jr` stays with the name before it."""
    part: list[str] = []
    for piece in _BREAK.split(words):
        more = piece.split()
        if len(more) == 1 and part and _SUFFIX.fullmatch(more[0]):
            part[-1:] = [part[-1] + ",", *more]
            continue
        if part:
            yield part
        part = []
        for word in more:
            if part and _ends_sentence(part[-1]):
                yield part
                part = []
            part.append(word)
    if part:
        yield part


def _ends_sentence(word: str) -> bool:
    plain = word[:-1].lower()
    return word.endswith(".") and len(plain) > 3 and plain.isalpha() and plain not in _ABBREVIATIONS


def _is_office(word: str) -> bool:
    plain = word.lower().strip(".,:'\"")
    if plain == "a.i":
        return True
    if len(plain) == 1 or word == "das":
        return plain == "&"
    if plain in _OFFICES or plain in _CONNECTORS or "/" in word or _ABBREVIATED.fullmatch(plain):
        return True
    return "-" in plain and all(word in _OFFICES for word in plain.split("-"))


def _runs(parts: list[list[str]], posts: Posts) -> Iterator[tuple[int, int, int]]:
    """Part, start and end of every stretch of words that are no office, nor the place of one."""
    for index, part in enumerate(parts):
        start = 0
        while start < len(part):
            end = start
            while end < len(part) and not _is_office(part[end]):
                end += 1
            before = part[start - 1].lower() if start else ""
            after = part[end].lower() if end < len(part) else ""
            first = start + _place(part[start:end], posts) if before in _SEATS else start
            if end > first and before not in _CONNECTORS and after not in _NEVER_BEHIND_A_NAME:
                yield index, first, end
            start = end + 1


def _place(words: list[str], posts: Posts) -> int:
    """How many of the words behind `Embassy` are the place where it stands."""
    known = [count for count in (3, 2, 1) if posts.find(" ".join(words[:count]), misspelled=False)]
    return min(known[0], len(words)) if known else int(len(words) == 1)


def _name(parts: list[list[str]], posts: Posts) -> tuple[int, int, int] | None:
    """The first stretch of two words or more that names no post, else a word behind an office, else the first word."""
    runs = [_behind_codes(parts, *run) for run in _runs(parts, posts)]
    runs = [run for run in runs if any(character.isalpha() for character in parts[run[0]][run[1]])]
    longer = [run for run in runs if run[2] - run[1] > 1 and not _is_post(parts, run, posts)]
    if longer:
        return next((run for run in longer if not posts.find(parts[run[0]][run[1]], misspelled=False)), longer[0])
    return next((run for run in runs if run[1] > 0), runs[0] if runs else None)


def _behind_codes(parts: list[list[str]], index: int, start: int, end: int) -> tuple[int, int, int]:
    """The stretch without the codes of an office before a name that is not in capitals: `EMIN Jane Roe`."""
    words = parts[index]
    if any(letter.islower() for letter in words[end - 1]):
        while start < end - 1 and words[start].isupper() and words[start].isalpha() and len(words[start]) > 1:
            start += 1
    return index, start, end


def _is_post(parts: list[list[str]], run: tuple[int, int, int], posts: Posts) -> bool:
    return posts.find(" ".join(parts[run[0]][run[1] : run[2]]), misspelled=False) != ""


def _without(part: list[str], index: int, run: tuple[int, int, int] | None) -> str:
    """The part without the name in it; a stop at its end is no part of an office."""
    if run is not None and run[0] == index:
        before, behind = part[: run[1]], part[run[2] :]
        if not behind:
            return " ".join(before)
        part = before + behind
    words = " ".join(part)
    return words if words.lower().endswith("a.i.") else words.strip(" .\"'")
