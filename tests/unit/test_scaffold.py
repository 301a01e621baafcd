"""What `new` writes: it builds as it is, and nothing that was there is touched."""

from datetime import date
from pathlib import Path

import pytest

from generator.build.build import build
from generator.build.options import Options
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.errors import Severity, StorageError, UsageError
from generator.scaffold import new_archive, new_cable
from generator.settings.config import load_config


def built(folder: Path) -> Path:
    """The site of an archive, which must have nothing to mend."""
    content, output = folder / "content", folder / "output"
    result = build(Options(content, output, content / "site.toml", jobs=1))
    assert [str(problem) for problem in result.problems if problem.severity is Severity.ERROR] == []
    return output


def test_a_new_archive_builds_as_it_is(tmp_path: Path) -> None:
    written = new_archive(tmp_path / "mine")
    output = built(tmp_path / "mine")
    assert [str(path.relative_to(tmp_path)) for path in written] == [
        "mine/content/site.toml",
        "mine/content/pages/about.md",
        "mine/.gitignore",
        "mine/content/cables/2010/01/10PORTMIRA1.txt",
    ]
    assert (tmp_path / "mine/.gitignore").read_text("utf-8") == "/.cablepress/\n/output/\n/output-*/\n"
    assert "invented" in (output / "cable" / "2010" / "01" / "10PORTMIRA1.html").read_text(encoding="utf-8")
    assert "My cable archive" in (output / "index.html").read_text(encoding="utf-8")
    assert (output / "page" / "about.html").is_file()
    for name in ("articles", "static"):
        assert list((tmp_path / "mine" / "content" / name).iterdir()) == []


def test_the_example_cable_says_that_it_is_invented_and_is_read_whole(tmp_path: Path) -> None:
    [*_, path] = new_archive(tmp_path)
    source = read_source(path.read_bytes(), str(path))
    cable = read_cable(source.text, source.facts)
    assert source.problems == ()
    assert (cable.id, cable.origin, cable.classification) == ("10PORTMIRA1", "Embassy Port Mira", "UNCLASSIFIED")
    assert cable.subject == "AN INVENTED CABLE, TO SHOW HOW ONE IS KEPT"
    assert [paragraph.anchor for paragraph in cable.paragraphs[:2]] == ["par1", "par2"]


def test_every_setting_in_the_comments_is_one_that_the_program_knows(tmp_path: Path) -> None:
    path, *_ = new_archive(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    settings = [line.removeprefix("# ") for line in lines if "=" in line or line.startswith(("[[", "# ["))]
    path.write_text("\n".join(settings), encoding="utf-8")
    (path.parent / "theme").mkdir()
    config, problems = load_config(path)
    assert problems == ()
    assert set(config.__struct_fields__) == {line.split(" =")[0].strip("[]").split(".")[0] for line in settings} - {
        "label",
        "address",
        "kind",
        "path",
    }


def test_a_fresh_repository_is_as_good_as_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / ".git").mkdir()
    before = {name: f"mine: {name}" for name in ("README.md", "LICENSE", ".gitignore")}
    for name, text in before.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert tmp_path / ".gitignore" not in new_archive(tmp_path)
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in before} == before
    assert (tmp_path / "content/site.toml").is_file()


@pytest.mark.parametrize("name", ["thesis.doc", "photos/1.jpg", "content/mine.txt"])
def test_a_folder_that_holds_something_else_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds something already") as refused:
        new_archive(tmp_path)
    assert name.partition("/")[0] in refused.value.text
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / name]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "this cable has no text"),
        (" \n\n", 1, "this cable has no text"),
        ("+++\n# nothing\n+++\n", 4, "this cable has no text"),
        (None, 17, "this file was made to be filled in, and has not been"),
    ],
)
def test_a_cable_that_is_still_to_be_filled_in_is_built_with_a_warning(
    tmp_path: Path, text: str | None, line: int, said: str
) -> None:
    new_archive(tmp_path)
    path = new_cable(tmp_path / "content", "10MOSCOW226")
    if text is not None:
        path.write_text(text, encoding="utf-8")
    content = tmp_path / "content"
    result = build(Options(content, tmp_path / "output", content / "site.toml", jobs=1))
    (problem,) = (each for each in result.problems if each.path == str(path))
    assert (problem.line, problem.text, problem.severity) == (line, said, Severity.WARNING)
    assert (tmp_path / "output" / "cable" / "2010" / "00" / "10MOSCOW226.html").is_file()


@pytest.mark.parametrize("name", ["content", ""])
def test_a_file_in_the_way_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "mine"
    blocked = folder / name if name else folder
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"there already|holds something already: content"):
        new_archive(folder)
    assert blocked.read_text(encoding="utf-8") == "mine"


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "cables" / "2010" / "00").mkdir(parents=True)
    (content / "cables" / "2010" / "00" / "10MOSCOW226.txt").symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(UsageError, match="there already"):
        new_cable(content, "10MOSCOW226")
    assert not (tmp_path / "elsewhere.txt").exists()


def test_a_new_cable_is_a_file_to_fill_in(tmp_path: Path) -> None:
    new_archive(tmp_path)
    path = new_cable(tmp_path / "content", "10MOSCOW226")
    assert path == tmp_path / "content" / "cables" / "2010" / "00" / "10MOSCOW226.txt"
    source = read_source(path.read_bytes(), str(path))
    assert source.problems == ()
    assert source.facts.id == "10MOSCOW226"
    assert "UNCLAS MOSCOW 000226\n" in source.text
    assert (built(tmp_path) / "cable" / "2010" / "00" / "10MOSCOW226.html").is_file()


def test_every_fact_in_the_comments_is_one_that_the_program_knows(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    path = new_cable(tmp_path / "content", "10MOSCOW226")
    text = "".join(
        line.removeprefix("# ")
        for line in path.read_text(encoding="utf-8").splitlines(True)
        if "number sign" not in line
    )
    source = read_source(text.encode(), "x.txt")
    assert source.problems == ()
    assert source.facts.origin == "Embassy of the post"
    assert source.facts.released == date(2011, 8, 30)


def test_the_month_is_the_month_of_creation(tmp_path: Path) -> None:
    path = new_cable(tmp_path, "76STATE1_b", date(1976, 5, 4))
    assert path == tmp_path / "cables" / "1976" / "05" / "76STATE1_b.txt"
    assert read_source(path.read_bytes(), "x.txt").facts.created == date(1976, 5, 4)


def test_a_cable_that_is_there_is_found_in_any_folder(tmp_path: Path) -> None:
    (tmp_path / "cables" / "moscow").mkdir(parents=True)
    (tmp_path / "cables" / "moscow" / "10MOSCOW226.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"moscow/10MOSCOW226\.txt: is there already"):
        new_cable(tmp_path, "10MOSCOW226")
    assert not (tmp_path / "cables" / "2010").exists()


@pytest.mark.parametrize(
    "untrusted_id", ["", "MOSCOW226", "../10MOSCOW226", "10MOSCOW226/..", "10*1", "10MOSCOW\x1b[m226"]
)
def test_only_a_reference_id_names_a_cable(tmp_path: Path, untrusted_id: str) -> None:
    with pytest.raises(UsageError) as caught:
        new_cable(tmp_path, untrusted_id)
    assert caught.value.text.isprintable()
    assert "10MOSCOW226" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_slip_in_an_id_is_mended_in_the_hint(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        new_cable(tmp_path, "09 paris 12")
    assert caught.value.hint.endswith("09PARIS12")


def test_a_cable_needs_an_archive(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        new_cable(tmp_path / "nowhere", "10MOSCOW226")
    assert "cablepress new" in caught.value.hint


def test_a_disk_that_says_no_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be written"):
        new_archive(tmp_path / ("x" * 300))
