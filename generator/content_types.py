"""Which type a file's bytes are of, by the end of its name: the same on every machine."""

from pathlib import PurePosixPath

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".sha256": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""Content types by the end of the name."""

BYTES = "application/octet-stream"
HTML = TYPES[".html"]
JSON = TYPES[".json"]
PLAIN = TYPES[".txt"]


def type_of(path: str) -> str:
    """The content type of a file; bytes to be saved, where the name does not tell."""
    return TYPES.get(PurePosixPath(path).suffix.lower(), BYTES)


def is_text(path: str) -> bool:
    """Whether a file is text, and so worth compressing."""
    return type_of(path).startswith("text/") or type_of(path) in _OTHER_TEXT


_OTHER_TEXT = {"application/json", "application/manifest+json", "application/xml", "image/svg+xml"}
