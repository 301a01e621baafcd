"""`site.toml`: what is read, what is refused, and on which line."""

import os
from pathlib import Path

import pytest

from generator.errors import CablepressError, Problem, Severity, StorageError, UsageError
from generator.settings.config import Config, NavigationEntry, load_config
from generator.settings.targets import DirectoryTarget

WHOLE = """\
title = "The Cable  Archive"
tagline = "Read the cables"
description = \"\"\"
Cables of the invented
embassies.\"\"\"
banner = "static/banner.svg"
base_url = "HTTPS://Example.ORG/archive"
language = "pt-BR"
collection = "cablegate"
total = 251_287
theme = "theme"

[[navigation]]
label = "About"
address = "/page/about.html"

[[navigation]]
label = "Отчёт"
address = "page/отчёт.html#one"

[[community]]
label = "Chat"
address = "https://chat.example/#cables"

[[community]]
label = "Letters"
address = "mailto:letters@example.org"

[publish.web]
kind = "directory"
path = "../public"
"""


_NO_IMAGE = 'banner "https://other.example/x.png" is not an image of the site'


def load(folder: Path, text: str, base_url: str = "") -> tuple[Config, tuple[Problem, ...]]:
    path = folder / "site.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path, base_url=base_url)


def errors(folder: Path, text: str) -> list[tuple[int, str, str]]:
    """Line, text and hint of what is wrong, without the warning about a missing base URL."""
    _, problems = load(folder, text)
    return [(p.line, p.text, p.hint) for p in problems if p.severity is Severity.ERROR]


def test_every_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    config, problems = load(tmp_path, WHOLE)
    assert problems == ()
    assert config == Config(
        title="The Cable Archive",
        tagline="Read the cables",
        description="Cables of the invented embassies.",
        banner="static/banner.svg",
        base_url="https://example.org/archive/",
        language="pt-BR",
        collection="cablegate",
        total=251_287,
        theme="theme",
        navigation=(
            NavigationEntry("About", "page/about.html"),
            NavigationEntry("Отчёт", "page/%D0%BE%D1%82%D1%87%D1%91%D1%82.html#one"),
        ),
        community=(
            NavigationEntry("Chat", "https://chat.example/#cables"),
            NavigationEntry("Letters", "mailto:letters@example.org"),
        ),
        publish={"web": DirectoryTarget(path="../public")},
    )


def test_only_the_title_is_needed(tmp_path: Path) -> None:
    config, problems = load(tmp_path, 'title = "A"')
    assert config == Config(title="A")
    assert [p.severity for p in problems] == [Severity.WARNING]
    assert "base_url" in problems[0].text


def test_unknown_keys_have_a_line_and_a_suggestion(tmp_path: Path) -> None:
    text = 'title = "A"\n# title\ntagine = "x"\n[[navigation]]\nlabel = "x"\naddress = "a.html"\nadress = "y"\n'
    assert errors(tmp_path, text) == [
        (3, 'unknown key "tagine"', 'did you mean "tagline"?'),
        (7, 'unknown key "adress"', 'did you mean "address"?'),
    ]
    [(line, words, hint)] = errors(tmp_path, 'title = "A"\n\n[zzz]\ntitle = "x"')
    assert (line, words) == (3, 'unknown key "zzz"')
    assert hint.startswith("known keys: title, tagline, ")


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("title = 5", 1, "title must be text, not a whole number"),
        ('title = "A"\ntotal = "30"', 2, "total must be a whole number, not text"),
        ('title = "A"\ntotal = true', 2, "total must be a whole number, not true or false"),
        ('title = "A"\ntotal = -1', 2, "total must not be below 0"),
        ('title = "A"\n\ntheme = ["x"]', 3, "theme must be text, not a list"),
        ('title = "A"\ntagline = 2010-01-02', 2, "tagline must be text, not a date"),
        ('title = "A"\nnavigation = "x"', 2, "navigation must be a list, not text"),
        ('title = "A"\nnavigation = ["x"]', 2, "navigation must be a list of tables"),
        ('title = "A"\npublish = 1', 2, "publish must be a table, not a whole number"),
        ('title = "A"\n[publish]\nweb = "x"', 3, 'publish: "web" must be a table'),
        ('tagline = "x"', 0, '"title" is missing'),
        ('\ntitle = ""', 2, "title is empty"),
        ('title = "A\\u0007"', 1, "title has a control character"),
        ('title = "A"\n[[community]]\nlabel = "x"', 2, '"address" is missing'),
        ('title = "A"\n[publish.web]\nkind = "directry"\npath = "x"', 3, 'unknown kind "directry"'),
        ('title = "A"\n[publish.web]\nkind = "directory"', 2, '"path" is missing'),
        ('title = "A"\nbanner = "https://other.example/x.png"', 2, _NO_IMAGE),
        ('title = "A"\nlanguage = "English please"', 2, 'language "English please" can\'t be used'),
        ('title = "A"\ncollection = "#cablegate"', 2, 'collection "#cablegate" can\'t be used'),
        ('title = "A"\ncollection = "cable-gate"', 2, 'collection "cable-gate" can\'t be used'),
        ('title = "A"\ncollection = "2010"', 2, 'collection "2010" can\'t be used'),
    ],
)
def test_a_faulty_value_is_an_error_on_its_line(tmp_path: Path, text: str, line: int, part: str) -> None:
    [found] = errors(tmp_path, text)
    assert found[:2] == (line, part)


def test_a_faulty_value_leaves_its_default_in_force(tmp_path: Path) -> None:
    config, _ = load(tmp_path, 'title = 1\nlanguage = "?"\ncollection = "-"\ntotal = -9\npublish = 1\nnavigation = 1')
    assert config == Config(title="Untitled archive")
    _, problems = load(tmp_path, 'title = "A"\nbase_url = "x"')
    assert [p.severity for p in problems] == [Severity.ERROR]


def test_lines_are_found_in_every_form_of_toml(tmp_path: Path) -> None:
    text = '''\
title = "A" # [navigation]
description = """
tagline = 1
[[navigation]]
"""
navigation = [ # a list
  { label = "a", address = "a.html" }, # ] }
  { label = "b = [", "address" = 5 },

  { label = "c", address = "javascript:alert(1)" },
]
publish.web.kind = 'directory'
publish.web."path" = false
[[community]]
label = """x""\\"""""
address = "a.html"
[[community]]
label = 'y'
address = "//evil.example/"
'''
    assert [
        line for line, _, _ in errors(tmp_path, text.replace('address = "javascript', 'address = "javascript'))
    ] == [
        8,
        10,
        13,
        19,
    ]


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "//example.org/",
        "/archive/",
        "ftp://example.org/",
        "https:///archive",
        "https://",
        "https://a b/",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://example.org/?q=1",
        "https://example.org/#top",
        "https://example.org:99999/",
        "https://[::1/",
        "https://example.org:0/",
        "https://exämple.org/",
        "https:\\\\example.org",
        "javascript:alert(1)",
        "file:///srv/archive/",
    ],
)
def test_base_url_must_be_the_address_of_a_site(tmp_path: Path, url: str) -> None:
    [(line, words, hint)] = errors(tmp_path, f"title = 'A'\nbase_url = '{url}'")
    assert (line, words) == (2, f'base_url "{url}" is not a web address of a site')
    assert "https://example.org/" in hint
    with pytest.raises(UsageError, match="--base-url"):
        load(tmp_path, "title = 'A'", base_url=url)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://example.org", "https://example.org/"),
        ("http://Example.org:8080/a//", "http://example.org:8080/a/"),
        ("http://[::1]:8000", "http://[::1]:8000/"),
        ("https://example.org/Archive", "https://example.org/Archive/"),
        ("http://abcdefghijklmnop.onion", "http://abcdefghijklmnop.onion/"),
    ],
)
def test_base_url_ends_with_one_slash(tmp_path: Path, url: str, normal: str) -> None:
    config, problems = load(tmp_path, f"title = 'A'\nbase_url = '{url}'")
    assert (config.base_url, problems) == (normal, ())
    config, problems = load(tmp_path, "title = 'A'\nbase_url = 'https://other.example/'", base_url=url)
    assert (config.base_url, problems) == (normal, ())


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\\tscript:alert(1)",
        "\\u0001javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "/\\\\evil.example/",
        "\\\\\\\\evil.example/",
        "../outside.html",
        "page/../../outside.html",
        "page/%2e%2E/%2e./outside.html",
        "http:evil.example",
        "https:///evil.example",
        "vbscript:x",
        "page/a b.html",
    ],
)
def test_addresses_of_links_are_of_this_site_or_of_the_web(tmp_path: Path, address: str) -> None:
    text = f'title = "A"\n[[navigation]]\nlabel = "x"\naddress = "{address}"'
    config, _ = load(tmp_path, text)
    assert config.navigation == ()
    assert [line for line, _, _ in errors(tmp_path, text)] == [4]


def test_the_root_of_the_site_is_the_home_page(tmp_path: Path) -> None:
    config, _ = load(tmp_path, 'title = "A"\nnavigation = [{ label = "Home", address = "/" }]')
    assert config.navigation == (NavigationEntry("Home", "index.html"),)


def test_the_theme_is_a_folder_of_the_content(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "theme").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (content / "link").symlink_to("../outside")
    for theme in ("../outside", str(tmp_path / "outside"), ".", "link", "theme/../..", "..\\outside"):
        [(line, words, _)] = errors(content, f"title = 'A'\ntheme = '{theme}'")
        assert line == 2, theme
        assert theme in words
    [(_, _, hint)] = errors(content, "title = 'A'\ntheme = 'themes'")
    assert hint == 'did you mean "theme"?'


def test_the_theme_is_sought_in_the_content_folder_wherever_the_file_is(tmp_path: Path) -> None:
    (tmp_path / "content" / "theme").mkdir(parents=True)
    path = tmp_path / "other.toml"
    path.write_text("title = 'A'\ntheme = 'theme'", encoding="utf-8")
    config, _ = load_config(path, content=tmp_path / "content")
    assert config.theme == "theme"


def test_a_missing_file_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(tmp_path / "site.toml")
    assert str(tmp_path / "site.toml") in caught.value.text
    assert "cablepress new" in caught.value.hint


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'title = "A"\n\nbase_url = http', "site.toml:3: not valid TOML: invalid value at character 12"),
        (b'title = "A"\ntitle = "B"', "site.toml:2: not valid TOML: cannot overwrite a value"),
        (b"title = ", "site.toml:1: not valid TOML: invalid value"),
        (b'title = "A"\nday = 2010-02-31', "site.toml:2: not valid TOML: invalid date or datetime"),
        (b'title = "A"\ntagline = "\xff"', "site.toml:2: not UTF-8"),
        (b"x = " + b"[" * 5000, "site.toml: not valid TOML: nested too deeply"),
        (b"total = " + b"9" * 5000, "site.toml:1: not valid TOML: exceeds the limit"),
    ],
)
def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes(raw)
    with pytest.raises(CablepressError) as caught:
        load_config(path)
    assert words in caught.value.text
    assert caught.value.hint


def test_a_file_that_cannot_be_read_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "site.toml").mkdir()
    with pytest.raises(StorageError, match="can't be read"):
        load_config(tmp_path / "site.toml")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes(b'\xef\xbb\xbftitle = "A"\r\n\r\ntotl = 1\r\n')
    _, problems = load_config(path)
    assert [p.line for p in problems if p.severity is Severity.ERROR] == [3]


def test_nothing_of_the_path_reaches_the_terminal_raw(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\x1b[31m.toml"))
    with pytest.raises(UsageError) as caught:
        load_config(path)
    assert caught.value.text.isprintable()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('kind = "directry"\npath = "x"', (3, 'unknown kind "directry"', 'did you mean "directory"?')),
        ('kind = "directory"\npth = "x"\npath = "y"', (4, 'unknown key "pth"', 'did you mean "path"?')),
        ('kind = "directory"', (2, '"path" is missing', 'add path = "…"')),
        ('kind = "command"\ncommand = "rclone sync"', (4, "command must be a list, not text", "")),
        (
            'kind = "command"\ncommand = ["rclone", "{sit}"]',
            (4, "command: there is no {sit}", 'did you mean "{site}"?'),
        ),
        (
            'kind = "git"\nrepository = "https://me:s3cret@example.org/x.git"',
            (
                4,
                "repository has a password or token in it",
                (
                    "whoever reads the file could use it: leave it to git's credential helper, to ssh or to the"
                    " environment"
                ),
            ),
        ),
        (
            'kind = "git"\nrepository = "origin"\nbranch = "--force"',
            (5, 'branch "--force" is no name of a branch', 'write branch = "gh-pages"'),
        ),
        (
            'kind = "git"\nrepository = "origin"\nhost = "github-page"',
            (5, 'unknown host "github-page"', 'did you mean "github-pages"?'),
        ),
        (
            'kind = "git"\nrepository = "origin"\nhost = "nginx"',
            (5, 'host "nginx" goes with the kinds directory and rsync', "leave it out"),
        ),
        (
            'kind = "s3"\nbucket = "s3://cables"',
            (4, 'bucket "s3://cables" is no name of a bucket', "write its name without s3:// and slashes"),
        ),
        (
            'kind = "s3"\nbucket = "cables"\nendpoint = "s3.example.org"',
            (5, "endpoint is no address of a service", 'write endpoint = "https://s3.example.org"'),
        ),
        (
            'kind = "s3"\nbucket = "cables"\nprefix = "a/../b"',
            (5, 'prefix "a/../b" can\'t be used', 'write prefix = "cables"'),
        ),
        (
            'kind = "rsync"\nto = "-oProxyCommand=x:/srv"',
            (
                4,
                'to "-oProxyCommand=x:/srv" is not a folder of another machine',
                'write to = "user@machine:/srv/www/cables"',
            ),
        ),
        (
            'kind = "command"\ncommand = ["a", 5]',
            (4, "command must be a list of texts", 'write command = ["…", "…"]'),
        ),
    ],
)
def test_a_faulty_target_is_an_error_on_its_line_and_no_target(
    tmp_path: Path, text: str, found: tuple[int, str, str]
) -> None:
    whole = f'title = "A"\n[publish.web]\n{text}'
    assert found in errors(tmp_path, whole)
    assert load(tmp_path, whole)[0].publish == {"web": None}
