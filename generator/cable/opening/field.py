"""A labelled field of an opening."""

import msgspec

from generator.cable.spans import Kind


class Field(msgspec.Struct, frozen=True, gc=False):
    """A labelled field: `text[label:value]` is the label, `text[value:end]` the value."""

    kind: Kind
    label: int
    value: int
    end: int
