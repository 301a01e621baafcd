"""What dumps, newspapers and posts do to a cable: each variation leaves what the cable says as it was."""

import re
import textwrap
from collections.abc import Callable
from random import Random

from tests.property.composer import Composed

Variation = Callable[[Composed, Random], str]
_LABELS = {
    "E.O. 12958": "e.o. 12958",
    "TAGS:": "Tags:",
    "SUBJECT:": "Subject:",
    "REF:": "Ref:",
    "CLASSIFIED BY:": "Classified by:",
}
_LABEL = re.compile(r"^(E\.O\. \d{5}|TAGS|SUBJECT|REF):", re.MULTILINE)
_NUMBER = re.compile(r"^( *)(\d+\. )", re.MULTILINE)


def _lines(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda body: "\n".join(change(line) for line in body.split("\n"))


def _relabelled(cable: Composed, random: Random) -> str:
    body = cable.body()
    for label, others in (
        ("TAGS:", ["TAGS: ", "TAG:", "TAGS;", "TAGS", "T A G S:"]),
        ("SUBJECT:", ["SUBJ:", "Subject:", "SUBJECT", "SUBJECT :", "SUBJECT: (C)", "SUBJECT: (SBU) "]),
        ("\nREF:", ["\nREFS:", "\nREFTEL:", "\nREF(S):", "\nRef:", "\nREFTELS:"]),
        ("E.O. 12958:", ["EO 12958", "E.O. 12958", "E.O.12958:", "EO: 12958", "E.0. 12958:", "E.O. 13526:"]),
        ("\nClassified By:", ["\nCLASSIFIED BY:", "\nClassified by", "\n(U) Classified by:", "\n1. (U) CLASSIFIED BY"]),
    ):
        body = body.replace(label, random.choice(others), 1)
    return body


def _lower_case(body: str) -> str:
    for label, other in _LABELS.items():
        body = body.replace(label, other, 1)
    return body


def _commas(cable: Composed, random: Random) -> str:
    tags = cable.answers.tags.split()
    half = len(tags) // 2
    first, rest = ", ".join(tags[:half]), ", ".join(tags[half:])
    form = random.choice([f"TAGS {first}, {rest}", f"TAGS: {first},\n{rest}", f"TAGS: {'; '.join(tags)}"])
    return cable.body().replace(cable.tags[0], form)


def _glued(cable: Composed, random: Random) -> str:
    words: list[str] = []
    for tag in cable.answers.tags.split():
        if words and (len(tag) == 4 or not any(len(known) == 2 for known in words[-1].split("+"))):
            words[-1] += f"+{tag}"
        else:
            words.append(tag)
    return cable.body().replace(cable.answers.tags, " ".join(words).replace("+", ""))


def _reordered(cable: Composed, random: Random) -> str:
    fields = [[cable.eo], cable.tags, cable.subject]
    random.shuffle(fields)
    after = [cable.refs, cable.by]
    random.shuffle(after)
    groups = [[cable.line], cable.captions, cable.slugs, [line for field in fields for line in field], *after]
    return "\n\n".join("\n".join(group) for group in [*groups, *cable.text, [cable.signature]] if group)


def _spread(cable: Composed, random: Random) -> str:
    groups = [[cable.line], cable.captions, cable.slugs, [cable.eo], cable.tags, cable.subject, cable.refs, cable.by]
    return "\n \n".join("\n".join(group) for group in [*groups, *cable.text, [cable.signature]] if group)


def _flattened_paragraphs(cable: Composed, random: Random) -> str:
    groups = [*("\n".join(group) for group in cable.opening()), *(" ".join(group) for group in cable.text)]
    return "\n\n".join([*groups, cable.signature])


def _flattened(cable: Composed, random: Random) -> str:
    opening = " ".join(" ".join(line.split()) for group in cable.opening() for line in group)
    text = [" ".join(group) for group in cable.text]
    form = random.choice([f"{opening} {text[0]}", f"{opening}\n\n{text[0]}"])
    end = random.choice([f" {cable.signature}", f"\n\n{cable.signature}"])
    return "\n\n".join([form, *text[1:]]) + end


def _one_line(cable: Composed, random: Random) -> str:
    return " ".join(cable.body().split())


def _one_line_with_gaps(cable: Composed, random: Random) -> str:
    return re.sub(r" *\n\n+", "  ", cable.body()).replace("\n", " ")


def _no_blank_before_portion(cable: Composed, random: Random) -> str:
    return re.sub(r"(\n\d+\.) \(", r"\1(", _flattened_paragraphs(cable, random))


def _page_markers(cable: Composed, random: Random) -> str:
    head = "\n\n".join("\n".join(group) for group in cable.opening())
    lines = cable.body()[len(head) :].split("\n")
    post = _post(cable)
    for page in range(2, random.randint(3, 6)):
        at = random.randrange(2, len(lines) - 1)
        before, after = random.choice([[" "], []]), random.choice([[" "], [" ", " "], []])
        part = random.choice(["", ".2"])
        lines[at:at] = [*before, f"{post} {int(cable.line.split()[-1]):08}  00{page}{part} OF 006 ", *after]
    return head + "\n".join(lines)


def _post(cable: Composed) -> str:
    return next(line for line in cable.header if line.startswith("FM ")).removeprefix("FM AMEMBASSY ")


def _old_page_markers(cable: Composed, random: Random) -> str:
    body = cable.body().split("\n\n")
    at = random.randrange(len(body) - 2, len(body) - 1)
    post = _post(cable)[:6].strip()
    mark = (
        f"                           {cable.answers.classification}\n\nPAGE 02        {post}  02271  01 OF 07  271033Z"
    )
    return "\n\n".join([*body[:at], mark, *body[at:]])


def _residue(cable: Composed, random: Random) -> str:
    header = "\n".join(cable.header)
    origin = "Embassy Bogota"
    residue = random.choice(
        [
            f"55988\n2006-03-09 22:28:00\n{cable.id}\n{origin}\n{cable.answers.classification}\n\n{header}\n\n",
            (
                f"id: 55772\ndate: 3/8/2006 16:00\nrefid: {cable.id}\norigin: {origin}\nclassification: SECRET\n"
                f"destination: \nheader:\n{header}\n\n----------------- header ends ----------------\n\n"
            ),
            "<<220571>>\n",
            "Wednesday, 22 March 2006, 15:51\n",
            "Cable dated:2006-11-16T12:00:00\n",
            f'{header}","',
            f"{header}\n",
            f"CLASSIFICATION: {cable.answers.classification}\nMISC:\nDESTINATION:\n",
        ]
    )
    return residue + cable.body()


def _tab_row(cable: Composed, random: Random) -> str:
    header = "\\\n".join(cable.header)
    row = f"2007-12-17 16:51:00\t{cable.id}\tEmbassy Bogota\tSECRET\t\t{header}\\\n\t{cable.body()}"
    return re.sub(r"(?<!\\)\n", " \\\\\n", row)


def _ending(cable: Composed, random: Random) -> str:
    return cable.body() + random.choice(
        [
            "\n",
            "\n\n\n",
            ".",
            "\nNNNN",
            "\nBT\n#1234\n\nNNNN\n",
            "\n=======================CABLE ENDS============================",
            " \n</td></tr>\n</table>",
            "\n\n                           CONFIDENTIAL\n\nNNNN\n\n\nDeclassified/Released US 30 JUN 2005",
            "\n-----------",
        ]
    )


def _footer(cable: Composed, random: Random) -> str:
    footer = random.choice(
        [
            "\n\nVisit Moscow's Classified Web Site at http://www.state.sgov.gov/p/eur/moscow/\n\n",
            "  Visit Moscow's Classified Website: XXXXXXXXXXXX \n",
            "\n*************** ******** \nVisit Embassy Moscow's Classified Website: \nXXXXXXXX\n*************** \n",
        ]
    )
    body = cable.body()
    return body[: -len(cable.signature)].rstrip("\n") + footer + cable.signature


def _damaged_line(cable: Composed, random: Random) -> str:
    line = cable.line
    if line.startswith(("C O", "S E")):
        line = random.choice([f"{line[0]}{line}", line[2:], line[4:], line.replace(" ", "", 1)])
    return cable.body().replace(cable.line, line, 1)


def _rewrapped(cable: Composed, random: Random) -> str:
    width = random.choice([34, 45, 52])
    fields = []
    for field in (cable.subject, cable.refs, cable.by):
        joined = " ".join(" ".join(line.split()) for line in field)
        fields.append("\n".join(textwrap.wrap(joined, width, break_on_hyphens=False)))
    labelled = "\n".join([cable.eo, *cable.tags, fields[0]])
    groups = [cable.line, "\n".join(cable.captions), "\n".join(cable.slugs), labelled, *fields[1:]]
    groups += ["\n".join(group) for group in cable.text]
    return "\n\n".join(group for group in [*groups, cable.signature] if group)


def _cut_lines(cable: Composed, random: Random) -> str:
    head = "\n\n".join("\n".join(group) for group in cable.opening())
    text = re.sub(r"\n(?=[a-z])", lambda match: random.choice(["\n", "\n", "\n\n"]), cable.body()[len(head) :])
    return head + text


def _second_copy(cable: Composed, random: Random) -> str:
    short = " ".join(cable.text[0])[:60]
    head = "\n".join(line for group in cable.opening() for line in group)
    return f"{head}\n{short}...\n\n\n\n{cable.body()}"


OF_BODIES: dict[str, Callable[[str], str]] = {
    "as sent": lambda body: body,
    "blanks at line ends": _lines(lambda line: f"{line} "),
    "no blanks at line ends": _lines(str.rstrip),
    "CRLF": lambda body: body.replace("\n", "\r\n"),
    "backslashes": _lines(lambda line: f"{line} \\"),
    "br": _lines(lambda line: f"{line} <br>"),
    "indented": _lines(lambda line: f"   {line}"),
    "double blank lines": lambda body: re.sub(r"\n *\n", "\n\n \n\n", body),
    "double-spaced": lambda body: body.replace("\n", "\n\n"),
    "double-spaced with blanks": lambda body: re.sub(r" *(\\?)\n", r" \1\n \1\n", body),
    "packed": lambda body: re.sub(r"\n(?: *\\?\n)+", "\n", body),
    "pilcrows": lambda body: _NUMBER.sub("\\1\xb6\\2", body),
    "lower-case labels": _lower_case,
    "no colons": lambda body: _LABEL.sub(r"\1", body),
    "labels in title case": lambda body: _LABEL.sub(lambda match: f"{match[1].title()}:", body),
    "no SIPDIS": lambda body: re.sub(r"(?m)^ *SIPDIS *\n", "", body),
    "NNNN": lambda body: body.rstrip() + "\n\n\nNNNN\n\n",
    "cable ends": lambda body: body + "\n=======================CABLE ENDS============================",
    "table cells": lambda body: body + " \n</td></tr>\n</table>",
}
VARIATIONS: dict[str, Variation] = {
    "tabs": lambda cable, random: "\n".join(line.replace(": ", ":\t", 1) for line in cable.body().split("\n")),
    "spread": _spread,
    "reordered": _reordered,
    "relabelled": _relabelled,
    "commas": _commas,
    "glued tags": _glued,
    "rewrapped": _rewrapped,
    "no blank behind numbers": _no_blank_before_portion,
    "flattened paragraphs": _flattened_paragraphs,
    "flattened": _flattened,
    "one line": _one_line,
    "one line with gaps": _one_line_with_gaps,
    "page markers": _page_markers,
    "old page markers": _old_page_markers,
    "residue": _residue,
    "tab-separated row": _tab_row,
    "second copy": _second_copy,
    "damaged line": _damaged_line,
    "cut lines": _cut_lines,
    "ending": _ending,
    "footer": _footer,
}
