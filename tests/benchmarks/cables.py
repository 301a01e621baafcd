"""One invented cable: raw text in the forms of CABLE-FORMAT, with oddities as often as the real ones have them."""

from datetime import date, timedelta
from itertools import accumulate
from random import Random

import msgspec

from tests.benchmarks.plan import Neighbours, Slot, slots, table
from tests.benchmarks.words import MEAN_WORDS, Language

MEAN_LENGTH = 1_040
"""Words of a cable, on average; lengths are log-normal."""

PROSE = 0.815
"""The part of them that stands in paragraphs, before who speaks is added."""

SIGMA = 0.75
WIDTH = 64
PAGE = 95
"""Lines of a body to a page marker."""

TAGS = 300
CLASSIFICATIONS = (
    ("UNCLAS", "", 75),
    ("UNCLAS", "SENSITIVE", 58),
    ("C O N F I D E N T I A L", "", 97),
    ("C O N F I D E N T I A L", "NOFORN", 5),
    ("S E C R E T", "", 11),
    ("S E C R E T", "NOFORN", 4),
)
"""Words of the classification line, caption, and thousands of such cables in the whole archive (CABLE-FORMAT 7)."""

_PORTIONS = {"UNCLAS": ("(U)", "(SBU)"), "C O N F I D E N T I A L": ("(C)", "(C/NF)"), "S E C R E T": ("(S)", "(S/NF)")}
_SECURITY = {"UNCLAS": "ZNR UUUUU ZZH", "C O N F I D E N T I A L": "ZNY CCCCC ZZH", "S E C R E T": "ZNY SSSSS ZZH"}
_TITLES = ("Ambassador", "DCM", "Charge d'Affaires a.i.", "Political Counselor", "Econ Chief", "Minister", "Poloff")
_NOTICE = (
    "This record is a partial extract of the original cable. The full text of the original cable is not available."
)
_HEADER_ENDS = "----------------- header ends ----------------\n"
_LAST_RELEASE = date(2011, 8, 30)


class Shape(msgspec.Struct, frozen=True):
    """The cable's oddities: each true as often as in the real archive (CABLE-FORMAT 1.3, 2.1, 2.4, 2.8, 4.2)."""

    has_group: bool
    is_flat: bool
    residue: bool
    repeats_number: bool
    has_order: bool
    has_tags: bool
    has_subject: bool
    has_numbers: bool


def _shape(random: Random) -> Shape:
    chance = random.random
    is_flat = chance() < 0.104
    return Shape(
        has_group=chance() >= 0.104,
        is_flat=is_flat,
        residue=chance() < 0.05,
        repeats_number=chance() < 0.037,
        has_order=chance() >= 0.005,
        has_tags=chance() >= 0.0034,
        has_subject=chance() >= (0.2 if is_flat else 0.006),
        has_numbers=chance() >= 0.053,
    )


class Composer:
    """Makes the cables of one archive; the same number and seed give the same bytes, in any order."""

    def __init__(self, cables: int, seed: int) -> None:
        self.seed = seed
        self.slots = slots(cables, seed)
        self.neighbours = Neighbours(self.slots)
        self.language = Language(seed)
        tags = sorted(table("tags"), key=lambda row: (-int(row["seen"] or 0), row["tag"]))[:TAGS]
        self.tags = [row["tag"] for row in tags]
        self.tag_weights = list(accumulate(int(row["seen"]) for row in tags))
        routes = sorted(table("routing"), key=lambda row: (-int(row["seen"] or 0), row["indicator"]))[:400]
        self.routes = [f"{row['indicator']}/{row['name']}" for row in routes]
        self.relays = [row["indicator"] for row in routes]
        self.route_weights = list(accumulate(int(row["seen"]) for row in routes))

    def cable(self, index: int) -> bytes:
        """The bytes of the content file of the cable at `index` of `slots`."""
        random = Random(self.seed * 1_000_003 + index)
        slot = self.slots[index]
        shape = _shape(random)
        line, caption, _ = random.choices(CLASSIFICATIONS, [kind[2] for kind in CLASSIFICATIONS])[0]
        groups = [*self._opening(random, index, shape, line, caption), *self._paragraphs(random, shape, line)]
        pages = 1 + sum(len(group) for group in groups) // PAGE
        first = f"{line} {f'SECTION 01 OF {pages:02} ' if pages > 1 else ''}{slot.post.spaced} {slot.serial:06}"
        groups = [[first], *groups]
        body = _flat(groups, slot, pages) if shape.is_flat else _lines(groups, slot, pages)
        header = self._header(random, slot, line, pages) if shape.has_group else _NOTICE
        front = f"released = {self._released(random)}\n"
        if shape.residue:
            body = f"{self._residue(random, slot)}\n{body}"
            front += f"header_lines = {header.count(chr(10)) + 1}\n"
        return f"+++\n{front}+++\n{header}\n{body}".encode()

    def _released(self, random: Random) -> str:
        """A day between November 2010 and August 2011; seven in ten cables came in the last week."""
        days = int(random.uniform(0, 7)) if random.random() < 0.7 else random.randrange(7, 275)
        return f"{_LAST_RELEASE - timedelta(days=days)}T{random.randrange(24):02}:{random.randrange(60):02}:00Z"

    def _header(self, random: Random, slot: Slot, line: str, pages: int) -> str:
        precedence, word = random.choices((("P", "PRIORITY"), ("R", ""), ("O", "IMMEDIATE")), (41, 28, 31))[0]
        addressees = random.choices(self.routes, cum_weights=self.route_weights, k=1 + int(random.expovariate(0.15)))
        relays = list(dict.fromkeys(random.choices(self.relays, cum_weights=self.route_weights, k=len(addressees))))
        section = "/01" if pages > 1 else ""
        serial = int(random.random() * 10_000)
        lines = [
            f"VZCZCX{'RO' if len(relays) > 1 else 'YZ'}{serial:04}",
            *(" ".join([precedence * 2, *relays][at : at + 8]) for at in range(0, len(relays) + 1, 8)),
            f"DE {relays[0][:4]}{slot.post.code[:2]} #{slot.serial % 10_000:04}{section} {slot.sent:%j%H%M}",
            _SECURITY[line],
            f"{precedence} {slot.sent:%d%H%M}Z {slot.sent:%b} {slot.sent:%y}".upper(),
            f"FM AMEMBASSY {slot.post.spaced}" if slot.post.code != "STATE" else "FM SECSTATE WASHDC",
            f"TO RUEHC/SECSTATE WASHDC {word} {serial % 9_973:04}".replace("  ", " "),
        ]
        for number, name in enumerate(dict.fromkeys(addressees)):
            lines.append(
                f"{'' if number else 'INFO '}{name} {word if number % 2 else serial % (907 + number)}".rstrip()
            )
        return "\n".join(lines)

    def _residue(self, random: Random, slot: Slot) -> str:
        """What a dump left before the classification line (CABLE-FORMAT 2.1)."""
        number, name = random.randrange(250_000), slot.post.spaced.title()
        when = f"{slot.sent:%Y-%m-%d %H:%M:%S}"
        forms = (
            f"{number} \n{when} \n{slot.id} \nEmbassy {name} \n",
            f"id: {number}\ndate: {slot.sent:%m/%d/%Y %H:%M}\nrefid: {slot.id}\norigin: Embassy {name}\n{_HEADER_ENDS}",
            f"<<{number}>>",
            f"Cable dated:{slot.sent:%Y-%m-%dT%H:%M:%S}",
        )
        return random.choice(forms)

    def _opening(self, random: Random, index: int, shape: Shape, line: str, caption: str) -> list[list[str]]:
        groups = [[word for word in (caption, "SIPDIS") if word]]
        slot = self.slots[index]
        name = random.choice(self.language.names)
        if random.random() < 0.35:
            groups.append([f"DEPT FOR {random.choice(('EUR', 'WHA', 'NEA', 'EAP', 'AF', 'SCA'))} {name.upper()}"])
        newer = random.random() < 0.09
        labelled = []
        if shape.has_order:
            until = "N/A" if line == "UNCLAS" else f"DECL: {slot.sent:%m/%d}/{slot.sent.year + 10}"
            labelled.append(f"EO 12958 {until}" if newer else f"E.O. 12958: {until}")
        if shape.has_tags:
            count = min(2 + int(random.expovariate(0.4)), 12)
            tags = random.choices(self.tags, cum_weights=self.tag_weights, k=count)
            labelled += wrapped(f"TAGS {', '.join(tags)}" if newer else f"TAGS: {' '.join(tags)}", 200)
        if shape.has_subject:
            words = random.choice(self.language.sentences)[:140].rstrip(".,").replace(",", ":", 1)
            labelled += wrapped(f"SUBJECT: {words if newer else words.upper()}", WIDTH)
        groups += [labelled, self._references(random, index), []]
        if line != "UNCLAS":
            by = f"Classified By: {random.choice(_TITLES[:5])} {self._name(random)} for reasons 1.4 (b) and (d)."
            groups[-1] = wrapped(by, WIDTH)
        return [group for group in groups if group]

    def _references(self, random: Random, index: int) -> list[str]:
        """None in a fifth of the cables; two of three entries are in the archive, one of twenty is no cable."""
        if random.random() < 0.21:
            return []
        entries = []
        for _ in range(min(1 + int(random.expovariate(0.9)), 9)):
            cited = self.neighbours.earlier(random, index)
            if cited is None or random.random() < 0.05:
                entries.append(f"{random.choice(self.language.names).upper()} E-MAIL OF MAY {random.randint(1, 31)}")
            else:
                entries.append(self._cited(random, cited, self.slots[index]))
        if len(entries) == 1:
            return [f"REF: {entries[0]}"]
        return [
            f"{'     ' if number else 'REF: '}{'ABCDEFGHI'[number]}. {entry}" for number, entry in enumerate(entries)
        ]

    def _cited(self, random: Random, cited: Slot, by: Slot) -> str:
        serial = cited.serial if random.random() < 0.67 else random.randint(1, 2_000)
        year = f"{cited.sent.year % 100:02} " if cited.sent.year != by.sent.year or random.random() < 0.1 else ""
        return f"{year}{cited.post.spaced} {serial}{' (NOTAL)' if random.random() < 0.15 else ''}"

    def _name(self, random: Random) -> str:
        return f"{random.choice(self.language.names)} {random.choice(self.language.names)}"

    def _paragraphs(self, random: Random, shape: Shape, line: str) -> list[list[str]]:
        mu = -SIGMA * SIGMA / 2
        left = max(2, round(MEAN_LENGTH * PROSE * random.lognormvariate(mu, SIGMA) / MEAN_WORDS))
        portion = random.choice(_PORTIONS[line]) + " " if line != "UNCLAS" or random.random() < 0.6 else ""
        gap = random.choices(("  ", " ", "    ", ""), (55, 35, 5, 5))[0] if portion else " "
        with_headings, groups, number = random.random() < 0.45, [], 0
        repeated = random.randint(2, 6) if shape.repeats_number else 0
        while left > 0:
            count = min(left, random.randint(2, 6))
            left -= count
            number += 1
            if with_headings and number > 1 and random.random() < 0.35:
                title = self.language.sentences[int(random.random() * 50_000)][:44].rsplit(" ", 1)[0].title()
                groups.append(["-" * len(title), title, "-" * len(title)])
            text = self._text(random, count)
            if number == 1:
                text = f"Summary: {text}  End summary."
            shown = number - (number == repeated)
            groups.append(wrapped(f"{shown}.{gap}{portion}{text}" if shape.has_numbers else text, WIDTH))
            odd = random.random()
            if odd < 0.012:
                groups += [wrapped(f"-- {item}", WIDTH) for item in random.choices(self.language.sentences, k=4)]
            elif odd < 0.0128:
                groups.append([f"{name:<24}{random.randint(1, 99_999):>12}" for name in self.language.names[:6]])
        ending = random.choice(self.language.names)
        return [*groups, [ending.upper() if random.random() < 0.8 else ending]]

    def _text(self, random: Random, count: int) -> str:
        """So many sentences; one of seven is said by a person, some are redacted, garbled or name another cable."""
        text = "  ".join(random.choices(self.language.sentences, k=count))
        odd = random.random()
        if odd < 0.6:
            text = f"{random.choice(_TITLES)} {self._name(random)} said: {text}"
        if odd < 0.03:
            return text.replace(" the ", " XXXXXXXXXXXX ", 1)
        if odd < 0.04:
            return text.replace("an ", "Q", 1)
        if odd < 0.05:
            return f"{text}  See also {random.randint(3, 9):02} {random.choice(self.slots).post.spaced} 1{count}4."
        return text.replace(" a ", " \u201ca\u201d ", 1) if odd > 0.99 else text


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width`, broken at blanks."""
    lines, at = [], 0
    while len(text) - at > width:
        cut = text.rfind(" ", at, at + width + 1)
        cut = cut if cut > at else text.find(" ", at + width)
        if cut < 0:
            break
        lines.append(text[at:cut].rstrip())
        at = cut + 1
        at += text[at : at + 1] == " "
    return [*lines, text[at:]]


def _marker(slot: Slot, page: int, pages: int) -> str:
    return f"{slot.post.spaced} {slot.serial:08}  {page:03} OF {pages:03}"


def _lines(groups: list[list[str]], slot: Slot, pages: int) -> str:
    """As most posts sent it: a blank at each line's end, a blank line between groups, a marker on each page."""
    lines = [line for group in groups for line in (*group, "")]
    for page in range(pages, 1, -1):
        at = min((page - 1) * PAGE, len(lines) - 1)
        lines[at:at] = ["", _marker(slot, page, pages), "", ""]
    return " \n".join(lines)


def _flat(groups: list[list[str]], slot: Slot, pages: int) -> str:
    """As it came out of some readers: no line breaks in a group, markers in the midst of a line (2.8)."""
    opening = " ".join(" ".join(group) for group in groups[:-1] if not group[0][:1].isdigit())[:2_000]
    text = [" ".join(group) for group in groups if group[0][:1].isdigit()] or [" ".join(g) for g in groups[-2:]]
    if pages > 1:
        middle = len(text) // 2
        cut = text[middle].find(" ", len(text[middle]) // 2)
        text[middle] = f"{text[middle][:cut]} {_marker(slot, 2, pages)}{text[middle][cut:]}"
    return "\n\n".join([opening, *text, " ".join(groups[-1])])
