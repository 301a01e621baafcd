"""The labels of a body's opening, at the start of a line and in the middle of one (CABLE-FORMAT 2, 2.8)."""

import re

import msgspec

from generator.cable.spans import Kind

_ORDER = r"(?:1[0-2](?!938|947|978)\d{3}|13526|13292)"
"""An order on classification; 13224 and the like are of sanctions and stand in subjects."""

_AT_LINE_START = rf"""[ \t]*(?=[Ee][ .,Oo0Xx]|[Tt][Aa ]|[Ss][Uu]|[Rr][Ee]|[Cc][Ll]|[Dd][Ee]|[\d(])(?:
    (?P<eo>(?i:E[.,]?[ ]?[O0](?![A-Z])[.,]?:?|EXECUTIVE[ ]ORDER)[ ]?\#?[ ]?{_ORDER}(?!\d)(?:[ ]?:)?
        |(?i:E[.,]?[ ]?[O0][.,]?)[ ]?:?[ ]?\d[\d.]{{2,6}}(?=[ ]?:?[ ]*(?:DECL|N/A))[ ]?:?
        |(?i:E\.O\.?[ ]*:?(?=[ ]*(?:N/A|DECL|1[0-3]\d{{3}}[ ]*(?::|DECL|N/A)))))
  | (?P<tags>(?:TAGS?|Tags?)\b[ ]?[:;.]?|T[ ]A[ ]G[ ]S:|tags?[ ]?[:;])
  | (?P<subject>(?:SUBJ(?:ECT)?|Subj(?:ect)?|subject|SU[BJ][A-Z]{{2,4}})[ ]?[:;]|SUBJECT\b\.?|SUBJ\b\.?)
  | (?P<refs>(?:REF|Ref|ref)(?:S|s|TELS?|tels?|\(S\)|\(s\)|TEL\(S\)|erences?|ERENCES?)?[ ]?[:;]
        |REF(?:S|TELS?|\(S\)|TEL\(S\))?[ ]?[.\-]?(?=[ ]+(?:REF[ ]?\(|\(?[A-Z]\)?[.):,\]]|\(A\)|[A-Z0-9][A-Z0-9 ]{{2,}}\d
          |[A-Z][a-z]+[ ](?:[A-Z][a-z]+[ ])?\d))
        |REF(?=[ ]?\([A-Z]\)[ ]?:)|REFS?\b(?=[ ]*$)|Ref\b(?=[ ]+[A-Z]:))
  | (?P<by>(?:\d{{1,2}}[.)]?[ ]*)?(?:\([A-Z/]{{1,8}}\)[ ]*)?(?i:CLASS?I?F?I?E?D)[ ]+(?:BY|By|by)\b[ ]?:?
        |(?:\d{{1,2}}[.)]?[ ]*)?(?:\([A-Z/]{{1,8}}\)[ ]*)?(?:DERIVED|Derived)[ ]+(?:FROM|[Ff]rom)\b[ ]?:?)
  )[ ]*"""
_LABEL = re.compile(_AT_LINE_START, re.VERBOSE | re.MULTILINE)
_LABEL_ON_NEW_LINE = re.compile(r"\n" + _AT_LINE_START, re.VERBOSE | re.MULTILINE)
_LABEL_IN_LINE = re.compile(
    rf"""(?<=[ \t])(?:
    (?P<eo>(?:E\.?[ ]?[O0]\.?|e\.o\.)[ ]?{_ORDER}(?!\d)(?:[ ]?:)?)
  | (?P<tags>TAGS?:|Tags:|TAGS(?=[ ][A-Z]{{4}}(?:,|[ ]?\()))
  | (?P<subject>SUBJECT?:|Subject:|SUBJ:)
  | (?P<refs>REF(?:S|TELS?|\(S\)|TEL\(S\))?:|Ref(?:s|tels?)?:|REF(?=[ ]\(?A[.):]))
  | (?P<by>(?:CLASSIFIED|Classified)[ ](?:BY|By|by)\b:?)
  )[ ]*""",
    re.VERBOSE,
)
_KINDS = {
    "eo": Kind.EXECUTIVE_ORDER,
    "tags": Kind.TAGS,
    "subject": Kind.SUBJECT,
    "refs": Kind.REFERENCES,
    "by": Kind.CLASSIFIED_BY,
}


class Label(msgspec.Struct, frozen=True, gc=False):
    """A label: the field's kind, where the label begins and where the field's value begins."""

    kind: Kind
    start: int
    end: int


def label_at(text: str, line_start: int, line_end: int) -> Label | None:
    """The label with which the line begins; a blank between it and the value belongs to it."""
    match = _LABEL.match(text, line_start, line_end)
    return _label(match) if match else None


def labels_on_new_lines(text: str, start: int, end: int) -> list[Label]:
    """All labels at the start of a line in this part of the text."""
    return [_label(match) for match in _LABEL_ON_NEW_LINE.finditer(text, start, end)]


def label_in_line(text: str, start: int, end: int) -> Label | None:
    """The first label in the middle of this line; here it must have its usual form, in capitals and with a colon."""
    match = _LABEL_IN_LINE.search(text, start, end)
    return _label(match) if match else None


def _label(match: re.Match[str]) -> Label:
    name = match.lastgroup or ""
    return Label(_KINDS[name], match.start(name), match.end())
