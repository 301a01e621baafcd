"""JSON that may be shown on a terminal: what cannot be printed is escaped, and decodes to itself."""

import msgspec


def json_text(value: object) -> str:
    """A value as indented JSON without raw control or format characters; U+FFFD stands for lone surrogates."""
    sound = _sound(msgspec.to_builtins(value, str_keys=True, enc_hook=str))
    text = msgspec.json.format(msgspec.json.encode(sound), indent=2).decode()
    return "".join(c if c.isprintable() or c == "\n" else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def _sound(value: object) -> object:
    """The value with U+FFFD for surrogates, which UTF-8 cannot hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_sound(key): _sound(each) for key, each in value.items()}
    return [_sound(each) for each in value] if isinstance(value, list | tuple) else value
