"""Something to start from: an archive with one invented cable, or the lines of a cable to fill in.

Nothing is ever overwritten: each file is created, and creating it fails where something of that name exists.
"""

from datetime import date
from pathlib import Path

from generator.cable.ids import parse_id
from generator.cable.source.content_file import TO_FILL_IN
from generator.errors import StorageError, UsageError, printable

_SITE = """\
# The settings of the site. Whatever stands behind a number sign is for you and not read.
title = "My cable archive"
tagline = "Cables, readable and linkable"
description = "What this archive holds, in a sentence or two."

# Where the site will be. Without it, pages have no canonical address, and share links carry none.
# base_url = "https://example.org/archive/"

# An image over the home page: put it into static/.
# banner = "static/banner.svg"

# The language of your own words, as a tag: "en", "pt-BR".
language = "en"

# The hashtag of the collection, beside the one of each cable: letters, digits and underscores.
collection = "cablegate"

# How many cables there will be in all; 0: nobody knows.
total = 0

# A folder in this one, whose files stand in for the program's templates of the same name.
# theme = "theme"

# Links beside the lists, and to where readers talk: a path in the site, or an address with https:// or mailto:.
[[navigation]]
label = "About"
address = "page/about.html"

# [[community]]
# label = "Discussion"
# address = "https://example.org/forum/"

# Where `publish` puts the finished site: a folder, seen from the one that holds content/.
# [publish.web]
# kind = "directory"
# path = "../public"
"""

_ABOUT = """\
+++
title = "About this archive"
+++
This page is `content/pages/about.md`. It is written in Markdown: say here who publishes the archive, where the cables
come from, and what was left out.

Articles about the cables go into `content/articles/`. Write `[[10PORTMIRA1]]` in a page or an article to link to a
cable, and `[[10PORTMIRA1#par2]]` to link to a paragraph of it.

The one cable that is here now is invented. Delete `content/cables/2010/01/10PORTMIRA1.txt` once you have one of your
own.
"""

_EXAMPLE = """\
+++
released = 2010-12-01
classification = "UNCLASSIFIED"
origin = "Embassy Port Mira"
+++
VZCZCXYZ0001
RR RUEHC
DE RUEHPM #0001 0041200
ZNR UUUUU ZZH
R 041200Z JAN 10
FM AMEMBASSY PORT MIRA
TO SECSTATE WASHDC 0001
UNCLAS PORT MIRA 000001

SIPDIS

E.O. 12958: N/A
TAGS: PREL
SUBJECT: AN INVENTED CABLE, TO SHOW HOW ONE IS KEPT

1.  Summary: This cable is invented, and so is the embassy.  It
stands here to show what a file in content/cables holds: the text
as it was transmitted, below a few lines with what the text does
not say.  End summary.

2.  Each numbered paragraph has an address of its own.  Replace
this cable with yours, or delete it.

EXAMPLE
"""

_CABLE = """\
+++
id = "{id}"
# What the text below does not say: fill in what you know, and take its number sign away.
{created}
# released = 2011-08-30
# classification = "UNCLASSIFIED"
# origin = "Embassy of the post"
+++
FM AMEMBASSY {post}
TO SECSTATE WASHDC
UNCLAS {post} {serial:06}

E.O. 12958: N/A
TAGS:
SUBJECT:

1.  {to_fill_in}, in the place of these lines.
"""


_IGNORED = "/.cablepress/\n/output/\n/output-*/\n"
"""What a build makes, for git."""

_BESIDE = {"README", "LICENSE", "LICENCE", "COPYING"}
"""What a fresh repository has, under any ending, beside hidden files."""


def new_archive(folder: Path) -> tuple[Path, ...]:
    """Write a small archive that builds: `content/` with settings, a page and a cable. Gives the files.

    Raises `UsageError` where the folder holds more than a fresh repository, `StorageError` where the disk says no.
    """
    content = folder / "content"
    files = {
        content / "site.toml": _SITE,
        content / "pages" / "about.md": _ABOUT,
        folder / ".gitignore": _IGNORED,
        content / "cables" / "2010" / "01" / "10PORTMIRA1.txt": _EXAMPLE,
    }
    try:
        _refuse_others(folder)
        if (folder / ".gitignore").exists():
            del files[folder / ".gitignore"]
        for path, text in files.items():
            _create(path, text)
        for name in ("articles", "static"):
            (content / name).mkdir()
    except OSError as error:
        raise _unwritten(error, content) from error
    return tuple(files)


def _refuse_others(folder: Path) -> None:
    content = folder / "content"
    found = [*(folder.iterdir() if folder.is_dir() else ()), *(content.iterdir() if content.is_dir() else ())]
    others = [path for path in sorted(found) if path.name[0] != "." and path.stem.upper() not in _BESIDE]
    others = [path for path in others if path != content or not path.is_dir()]
    if others:
        told = f"{printable(str(folder))}: holds something already: {printable(str(others[0].relative_to(folder)))}"
        raise UsageError(told, "name a folder that is new or empty")


def new_cable(content: Path, untrusted_id: str, created: date | None = None) -> Path:
    """Write the lines of a cable to fill in, as `cables/YYYY/MM/ID.txt`; an unknown month is `00`. Gives the file.

    Raises `UsageError` for an ID of another form, one that the archive has, and a folder that is no archive;
    `StorageError` where the disk says no.
    """
    parsed = parse_id(untrusted_id)
    if not parsed:
        better = "".join(untrusted_id.split()).upper()
        example = better if parse_id(better) else "10MOSCOW226"
        text = f"{printable(untrusted_id)} is not a reference ID"
        raise UsageError(text, f"write year, post and number without blanks: {example}")
    if not content.is_dir():
        hint = "`cablepress new FOLDER` makes an archive to start from; --content names an existing one"
        raise UsageError(f"{printable(str(content))}: there is no such folder", hint)
    for found in sorted(content.glob(f"cables/**/{untrusted_id}.txt")):
        raise UsageError(f"{printable(str(found))}: is there already", "edit it, or check the ID")
    path = content / "cables" / f"{parsed.year:04}" / f"{created.month if created else 0:02}" / f"{untrusted_id}.txt"
    moment = f"created = {created.isoformat()}" if created else "# created = 2010-01-29T15:33:00Z"
    text = _CABLE.format(id=untrusted_id, created=moment, post=parsed.post, serial=parsed.serial, to_fill_in=TO_FILL_IN)
    try:
        _create(path, text)
    except OSError as error:
        raise _unwritten(error, path) from error
    return path


def _create(path: Path, text: str) -> None:
    """Make a file that was not there, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _unwritten(error: OSError, path: Path) -> UsageError | StorageError:
    """What a failure to write means: something is in the way, or the disk says no."""
    place = printable(str(error.filename or path))
    if isinstance(error, FileExistsError | NotADirectoryError):
        return UsageError(f"{place}: something of that name is there already", "name another folder, or move it away")
    return StorageError(f"{place}: can't be written: {error.strerror}", "free some space, or choose another folder")
