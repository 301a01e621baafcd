"""What the bytes of a dump mean: UTF-8, in text files of unknown origin else Windows-1252, which is said (8.5)."""

import codecs

from generator.importers.record import UnfitError

NOT_UTF8 = "is not UTF-8 and was read as Windows-1252; look at its accents and quotation marks"


def decoded(raw: bytes) -> tuple[str, str]:
    """The text with line feeds only, and a note where it was not UTF-8. Raises UnfitError where it is neither.

    A NUL is refused too: it stands in text of two bytes a character and in what is no text at all.
    """
    if b"\0" in raw:
        raise UnfitError("it holds a NUL character; if it is UTF-16, convert it to UTF-8 first")
    try:
        text, note = raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        try:
            text, note = raw.decode("cp1252"), NOT_UTF8
        except UnicodeDecodeError as error:
            byte = raw[error.start]
            raise UnfitError(f"it is neither UTF-8 nor Windows-1252 (byte 0x{byte:02x})") from None
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def without_bom(raw: bytes) -> bytes:
    """The bytes without a UTF-8 byte order mark at their start."""
    return raw.removeprefix(codecs.BOM_UTF8)
