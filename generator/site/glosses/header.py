"""What the lines of a header say: urgency, stations, secrecy and the moment (CABLE-FORMAT 1.1, 1.2)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter

from generator.cable.dates import read_date_time_group
from generator.cable.header.transmission import read_day_of_year, read_group, read_relays, read_security, read_sender
from generator.cable.spans import Kind, Span
from generator.site.glosses.gloss import LONGEST, Gloss, in_a_sentence, moment_in_words
from generator.site.glosses.meanings import Meanings

_SIGNALS = re.compile(r"\bZ[A-Z]{2}\b")
_RARE = re.compile(r"(?<![A-Z])(?:ZEN|NIACT IMMEDIATE|NIACT PRIORITY)(?![A-Z])")
_START: Callable[[tuple[int, int]], int] = itemgetter(0)
_FIVE_ALIKE = re.compile(r"ZN[RY] +([A-Z])\1{4}\b")

ADDRESSEES = frozenset((Kind.FROM, Kind.ACTION, Kind.INFO, Kind.EXEMPT))


def line_meaning(text: str, span: Span, meanings: Meanings) -> str:
    """What a line of the header says, as one gloss of the whole line; empty for lines that need none."""
    read = _LINES.get(span.kind)
    return read(text[span.start : span.end], meanings) if read else ""


def rare_signals(text: str, span: Span, taken: Sequence[tuple[int, int]], meanings: Meanings) -> Iterator[Gloss]:
    """Signals among the addressees that few lines have, each once and outside of the places that are taken.

    Those places are in their order, and no two overlap.
    """
    if text.find("ZEN", span.start, span.end) < 0 and text.find("NIACT", span.start, span.end) < 0:
        return
    seen: set[str] = set()
    for match in _RARE.finditer(text, span.start, span.end):
        if match[0] in seen:
            continue
        before = bisect_left(taken, match.end(), key=_START)
        if before and taken[before - 1][1] > match.start():
            continue
        seen.add(match[0])
        if words := meanings.of("header", match[0]) or meanings.of("precedence", match[0]):
            yield Gloss(match.start(), match.end(), words)


def _routing(lines: str, meanings: Meanings) -> str:
    """`Priority, to AMEMBASSY DUSHANBE, …`; stations without a name are counted, and those that make it too long.

    What is no station, but a pseudo addressee (CABLE-FORMAT 1.1), is explained behind them.
    """
    precedence = read_group("", lines)[0].capitalize()
    relays = read_relays(lines)
    pseudo = dict.fromkeys(relay for relay in relays if meanings.of("header", relay))
    stations = [relay for relay in relays if relay not in pseudo] if pseudo else relays
    known = list(filter(None, map(meanings.station, stations)))
    explained = _known_signals(pseudo, meanings)
    room = LONGEST - len(explained)
    most = bisect_right(list(accumulate(len(f", {name}") for name in known)), len(", ") + room)
    said = (_stations(precedence, known[:named], len(stations), len(known)) for named in range(most, -1, -1))
    short = next((words for words in said if len(words) <= room), precedence)
    return f"{short}{explained}".removeprefix("; ")


def _stations(precedence: str, named: Sequence[str], addressed: int, known: int) -> str:
    """So many stations by their names, of those that the line is addressed to and those that have a known name."""
    stations = list(named)
    if rest := addressed - len(named):
        other = "other " if named and len(named) < known else ""
        unknown = " without a known name" if len(named) == known else ""
        stations.append(f"{rest} {other}{'station' if rest == 1 else 'stations'}{unknown}")
    return ", to ".join(filter(None, (precedence, ", ".join(stations))))


def _sender(line: str, _: Meanings) -> str:
    sender = read_sender(line, None)
    if sender is None:
        return ""
    said = [f"Message {sender.serial}"] if sender.serial else []
    said += [f"section {sender.section}"] if sender.section else []
    if moment := read_day_of_year(line):
        day = f"day {moment.day} of the year, {moment.hour:02}:{moment.minute:02} UTC"
        said.append(day if moment.exists else "at a moment that is damaged, and not certain")
    return ", ".join(said)


def _security(line: str, meanings: Meanings) -> str:
    read = read_security(line)
    if read is None:
        return "A security line that is damaged"
    level = read.level.removesuffix(" EFTO").capitalize()
    sent = "in clear" if read.signal == "ZNR" else "in cipher"
    doubt = "" if _FIVE_ALIKE.match(line) else " (not certain)"
    return f"{level}, sent {sent}{doubt}{_remarks(read.remarks, meanings)}"


def _date_time_group(line: str, meanings: Meanings) -> str:
    action, info, remarks = read_group(line, "")
    moment = read_date_time_group(line)
    when = moment_in_words(moment) if moment else "A moment that is damaged, and not certain"
    urgent = f", {action.lower()}" if action else ""
    urgent += f" for action, {info.lower()} for information" if info else ""
    return f"{when}{urgent}{_remarks(remarks, meanings)}"


def _remarks(words: str, meanings: Meanings) -> str:
    return _known_signals(_SIGNALS.findall(words), meanings)


def _known_signals(signals: Iterable[str], meanings: Meanings) -> str:
    """Each of them once that the glossary explains: `; ZDK: a repetition, on request`."""
    known = {signal: meanings.of("header", signal) for signal in signals}
    return "".join(f"; {signal}: {in_a_sentence(said)}" for signal, said in known.items() if said)


_LINES: dict[Kind, Callable[[str, Meanings], str]] = {
    Kind.ROUTING: _routing,
    Kind.SENDER: _sender,
    Kind.SECURITY: _security,
    Kind.DATE_TIME_GROUP: _date_time_group,
}
