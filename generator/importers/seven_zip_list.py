"""How long the list of files of a .7z is, which stands packed at its end (`7zFormat.txt` of the LZMA SDK)."""

import struct
from io import BytesIO
from typing import IO

from generator.importers.record import UnfitError

_HEAD = struct.Struct("<12x2Q4x")
_LONGEST = 1 << 16
_STORED, _PACKED, _STREAMS, _SIZES, _DIGESTS, _FOLDERS, _UNPACKED = 0x17, 0x06, 0x07, 0x09, 0x0A, 0x0B, 0x0C
_MANY_STREAMS, _PROPERTIES = 0x10, 0x20


def length_of_list(file: IO[bytes]) -> int:
    """How many bytes the list has once it is unpacked, as the archive says. Raises UnfitError, and OSError."""
    try:
        return _length(file)
    except (IndexError, OverflowError, struct.error):
        raise UnfitError("its list of files is cut off, or in no form that is known") from None


def _length(file: IO[bytes]) -> int:
    offset, length = _HEAD.unpack(file.read(_HEAD.size))
    file.seek(_HEAD.size + offset)
    head = BytesIO(file.read(min(length, _LONGEST)))
    if not length or _byte(head) != _STORED:
        return int(length)
    _skip_packed_streams(head)
    _expect(head, _STREAMS, _FOLDERS, 1, 0)
    outputs = _skip_coders(head)
    _expect(head, _UNPACKED)
    return max(_number(head) for _ in range(outputs))


def _skip_packed_streams(head: BytesIO) -> None:
    _expect(head, _PACKED)
    _number(head)
    streams = _number(head)
    _expect(head, _SIZES)
    for _ in range(streams):
        _number(head)
    after = _byte(head)
    if after == _DIGESTS:
        _expect(head, 1)
        head.seek(4 * streams, 1)
        after = _byte(head)
    if after:
        raise IndexError


def _skip_coders(head: BytesIO) -> int:
    """How many streams come out of the coders."""
    inputs = outputs = 0
    for _ in range(_number(head)):
        flags = _byte(head)
        head.seek(flags & 0x0F, 1)
        many = flags & _MANY_STREAMS
        inputs += _number(head) if many else 1
        outputs += _number(head) if many else 1
        if flags & _PROPERTIES:
            head.seek(_number(head), 1)
    for _ in range(2 * (outputs - 1)):
        _number(head)
    packed = inputs - outputs + 1
    for _ in range(packed if packed > 1 else 0):
        _number(head)
    return outputs


def _expect(head: BytesIO, *values: int) -> None:
    if any(_byte(head) != value for value in values):
        raise IndexError


def _byte(head: BytesIO) -> int:
    return head.read(1)[0]


def _number(head: BytesIO) -> int:
    """A number: as many bytes follow its first one as that has leading bits set."""
    first, more = _byte(head), 0
    while more < 8 and first & (0x80 >> more):
        more += 1
    return ((first & (0x7F >> more)) << (8 * more)) + int.from_bytes(head.read(more), "little")
