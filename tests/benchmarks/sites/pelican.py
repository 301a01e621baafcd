"""Pelican, from PyPI. Origin is its category, classification its author, month its period; cables are fenced blocks.

An article of Pelican must have a date: cables of which none is known are put on 1 January of their year.
"""

from pathlib import Path

from tests.benchmarks.fields import Fields
from tests.benchmarks.measure import Run, run
from tests.benchmarks.sites.generator import Generator, install_from_pypi

CONFIGURATION = r"""
import re

SITENAME = "An invented archive"
SITEURL = ""
AUTHOR = "nobody"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["cables"]
THEME = "theme"
DIRECT_TEMPLATES = ["index", "tags", "categories", "authors"]
DEFAULT_PAGINATION = 100
PAGINATED_TEMPLATES = {"tag": None, "category": None, "author": None, "period_archives": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}.html", "{base_name}/page/{number}.html"),
)
TAG_URL = TAG_SAVE_AS = "tags/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "origins/{slug}.html"
AUTHOR_URL = AUTHOR_SAVE_AS = "classifications/{slug}.html"
MONTH_ARCHIVE_URL = MONTH_ARCHIVE_SAVE_AS = "months/{date:%Y-%m}.html"
TAGS_SAVE_AS, CATEGORIES_SAVE_AS, AUTHORS_SAVE_AS = "tags.html", "origins.html", "classifications.html"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {"extensions": ["markdown.extensions.meta", "markdown.extensions.fenced_code"], "output_format": "html5"}
_MARK = re.compile(r"^( *(?:<pre><code>)?)(\d+|[A-Z])\. ", re.MULTILINE)
JINJA_FILTERS = {"anchored": lambda html: _MARK.sub(r'\1<a id="par\2" href="#par\2">&#182;</a>\2. ', html)}
"""

BASE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{% block title %}{{ SITENAME }}{% endblock %}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/theme/site.css"></head>
<body><nav><a href="/">Home</a> <a href="/origins.html">Origins</a> <a href="/tags.html">Tags</a>
<a href="/classifications.html">Classifications</a> <a href="/months.html">Months</a></nav>
<main>{% block main %}{% endblock %}</main></body></html>
"""

ARTICLE = """{% extends "base.html" %}
{% block title %}{{ article.title }}{% endblock %}
{% block main %}<h1>{{ article.title }}</h1>
<table><tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td><a href="/{{ article.url }}">{{ article.number }}</a></td>
<td><a href="/months/{{ article.date.strftime('%Y-%m') }}.html">{{ article.made }}</a></td>
<td>{{ article.released }}</td>
<td><a href="/{{ article.author.url }}">{{ article.author }}</a></td>
<td><a href="/{{ article.category.url }}">{{ article.category }}</a></td></tr></table>
<p>{% for tag in article.tags %}<a href="/{{ tag.url }}">{{ tag }}</a> {% endfor %}</p>
<pre class="header">{{ (article.header if article.header is string else article.header | join("\\n")) | e }}</pre>
<div class="body">{{ article.content | anchored }}</div>
{% endblock %}
"""

TERM = """{% extends "base.html" %}
{% block main %}<h1>Browse by TITLE</h1>
<table><tr><th>Reference ID</th><th>Subject</th><th>Created</th><th>Classification</th><th>Origin</th></tr>
{% for article in articles_page.object_list %}<tr><td><a href="/{{ article.url }}">{{ article.number }}</a></td>
<td>{{ article.subject }}</td><td>{{ article.made }}</td>
<td>{{ article.author }}</td><td>{{ article.category }}</td></tr>
{% endfor %}</table>
<p>{% if articles_page.has_previous() %}<a href="/{{ articles_previous_page.url }}">newer</a>{% endif %}
{{ articles_page.number }} of {{ articles_paginator.num_pages }}
{% if articles_page.has_next() %}<a href="/{{ articles_next_page.url }}">older</a>{% endif %}</p>
{% endblock %}
"""

TERMS = """{% extends "base.html" %}
{% block main %}<ul>{% for term, held in TERMS | sort %}
<li><a href="/{{ term.url }}">{{ term }}</a> {{ held | length }}</li>
{% endfor %}</ul>{% endblock %}
"""

HOME = """{% extends "base.html" %}
{% block main %}<h1>{{ SITENAME }}</h1><p>{{ articles | length }} cables</p>{% endblock %}
"""


class Pelican(Generator):
    """Pelican with a theme of its own."""

    name = "pelican"

    def install(self) -> str:
        """From PyPI."""
        programs = install_from_pypi(self.folder, "pelican[markdown]")
        return run([str(programs / "pelican"), "--version"], self.folder).stdout.strip()

    def start(self) -> None:
        """Configuration and theme."""
        templates = {
            "base": BASE,
            "article": ARTICLE,
            "index": HOME,
            "tag": TERM.replace("TITLE", "{{ tag }}"),
            "category": TERM.replace("TITLE", "{{ category }}"),
            "author": TERM.replace("TITLE", "{{ author }}"),
            "period_archives": TERM.replace("TITLE", "{{ period[1] }} {{ period[0] }}"),
            **{name: TERMS.replace("TERMS", name) for name in ("tags", "categories", "authors")},
        }
        (self.folder / "theme/templates").mkdir(parents=True)
        (self.folder / "theme/static").mkdir()
        for name, text in templates.items():
            (self.folder / f"theme/templates/{name}.html").write_text(text, "utf-8")
        (self.folder / "theme/static/site.css").write_text("body { max-width: 60em; margin: auto }\n", "utf-8")
        (self.folder / "pelicanconf.py").write_text(CONFIGURATION, "utf-8")

    def add(self, cable: Fields) -> None:
        """Metadata lines, and the body in a fence."""
        path = self.source(cable.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        header = cable.header.replace("\n", "\n    ")
        lines = [
            f"Title: {cable.id}: {cable.subject}",
            f"Date: {cable.created[:16].replace('T', ' ') or cable.address[6:10] + '-01-01'}",
            f"Slug: {cable.id.lower()}",
            f"Save_as: {cable.address}",
            f"Url: {cable.address}",
            f"Number: {cable.id}",
            f"Subject: {cable.subject}",
            f"Made: {cable.created[:16].replace('T', ' ')}",
            f"Released: {cable.released}",
            f"Author: {cable.classification}",
            f"Category: {cable.origin}",
            *([f"Tags: {', '.join(cable.tags)}"] if cable.tags else []),
            f"Header: {header}",
        ]
        text = "\n".join(lines)
        path.write_text(f"{text}\n\n````````\n{cable.body}\n````````\n", "utf-8")

    def source(self, cable: str) -> Path:
        """The Markdown file."""
        return self.folder / f"content/cables/{cable[:2]}/{cable}.md"

    def build(self) -> Run:
        """As its users do."""
        command = ["venv/bin/pelican", "--quiet", "--settings", "pelicanconf.py", "--output", self.output.name]
        return run(command, self.folder)
