"""Eleventy, from npm. Cables are Markdown with one fenced block; lists are one flattened collection, its usual way."""

import json
from pathlib import Path

import msgspec

from tests.benchmarks.fields import Fields
from tests.benchmarks.measure import Run, run
from tests.benchmarks.sites.generator import Generator

HEAP = 16_384
"""Megabytes of heap that Node may use; by itself it stops at 2 to 4 GB."""

CONFIGURATION = r"""
const PAGER = 100;

const newestFirst = (api) => api.getFilteredByGlob("./cables/**/*.md")
  .sort((a, b) => (a.data.created < b.data.created ? 1 : a.data.created > b.data.created ? -1 : 0));

function slices(items) {
  const families = { origins: new Map(), tags: new Map(), classifications: new Map(), months: new Map() };
  const put = (family, slug, title, item) => {
    const terms = families[family];
    if (!terms.has(slug)) terms.set(slug, { family, slug, title, items: [] });
    terms.get(slug).items.push(item);
  };
  for (const item of items) {
    const data = item.data;
    put("origins", data.origin_slug, data.sender, item);
    put("classifications", data.classification_slug, data.level, item);
    if (data.month) put("months", data.month, data.month, item);
    for (const tag of data.codes) put("tags", tag.toLowerCase(), tag, item);
  }
  return families;
}

export default function (config) {
  config.addPassthroughCopy("site.css");
  config.setQuietMode(true);
  config.addCollection("cables", newestFirst);
  config.addCollection("terms", (api) =>
    Object.entries(slices(newestFirst(api))).map(([family, terms]) => ({ family, terms: [...terms.values()]
      .sort((a, b) => (a.title < b.title ? -1 : 1)) })));
  config.addCollection("parts", (api) => {
    const parts = [];
    for (const terms of Object.values(slices(newestFirst(api)))) for (const term of terms.values()) {
      const pages = Math.ceil(term.items.length / PAGER);
      const url = (page) => `/${term.family}/${term.slug}${page > 1 ? `/page/${page}` : ""}.html`;
      for (let page = 1; page <= pages; page++) parts.push({ ...term, page, pages, url: url(page),
        newer: page > 1 && url(page - 1), older: page < pages && url(page + 1),
        items: term.items.slice((page - 1) * PAGER, page * PAGER) });
    }
    return parts;
  });
  config.addFilter("anchored", (html) => html.replace(/^( *(?:<pre><code>)?)(\d+|[A-Z])\. /gm,
    '$1<a id="par$2" href="#par$2">&#182;</a>$2. '));
  return { dir: { input: ".", includes: "_includes" }, markdownTemplateEngine: false,
    templateFormats: ["md", "njk"] };
}
"""

BASE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/site.css"></head>
<body><nav><a href="/">Home</a> <a href="/origins.html">Origins</a> <a href="/tags.html">Tags</a>
<a href="/classifications.html">Classifications</a> <a href="/months.html">Months</a></nav>
<main>{{ content | safe }}</main></body></html>
"""

CABLE = """---
layout: base.njk
---
<h1>{{ title }}</h1>
<table><tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td><a href="{{ page.url }}">{{ id }}</a></td>
<td>{% if month %}<a href="/months/{{ month }}.html">{{ created }}</a>{% endif %}</td>
<td>{{ released }}</td>
<td><a href="/classifications/{{ classification_slug }}.html">{{ level }}</a></td>
<td><a href="/origins/{{ origin_slug }}.html">{{ sender }}</a></td></tr></table>
<p>{% for tag in codes %}<a href="/tags/{{ tag | lower }}.html">{{ tag }}</a> {% endfor %}</p>
<pre class="header">{{ header }}</pre>
<div class="body">{{ content | anchored | safe }}</div>
"""

PART = """---js
{
  layout: "base.njk",
  pagination: { data: "collections.parts", size: 1, alias: "part" },
  permalink: (data) => data.part.url,
  eleventyComputed: { title: (data) => data.part.title },
}
---
<h1>Browse by {{ part.title }}</h1>
<table><tr><th>Reference ID</th><th>Subject</th><th>Created</th><th>Classification</th><th>Origin</th></tr>
{% for item in part.items %}<tr><td><a href="{{ item.url }}">{{ item.data.id }}</a></td><td>{{ item.data.subject }}</td>
<td>{{ item.data.created }}</td><td>{{ item.data.level }}</td><td>{{ item.data.sender }}</td></tr>
{% endfor %}</table>
<p>{% if part.newer %}<a href="{{ part.newer }}">newer</a>{% endif %} {{ part.page }} of {{ part.pages }}
{% if part.older %}<a href="{{ part.older }}">older</a>{% endif %}</p>
"""

FAMILY = """---js
{
  layout: "base.njk",
  pagination: { data: "collections.terms", size: 1, alias: "of" },
  permalink: (data) => `/${data.of.family}.html`,
  eleventyComputed: { title: (data) => data.of.family },
}
---
<h1>{{ of.family }}</h1>
<ul>{% for term in of.terms %}
<li><a href="/{{ of.family }}/{{ term.slug }}.html">{{ term.title }}</a> {{ term.items.length }}</li>
{% endfor %}</ul>
"""

HOME = """---
layout: base.njk
title: An invented archive
permalink: /index.html
---
<h1>{{ title }}</h1><p>{{ collections.cables.length }} cables</p>
"""


class Eleventy(Generator):
    """Eleventy with Nunjucks templates."""

    name = "eleventy"

    def install(self) -> str:
        """From npm."""
        (self.folder / "package.json").write_text('{"type": "module", "private": true}\n', "utf-8")
        run(["npm", "install", "--silent", "--no-audit", "--no-fund", "@11ty/eleventy@3"], self.folder)
        package = (self.folder / "node_modules/@11ty/eleventy/package.json").read_text("utf-8")
        return str(json.loads(package)["version"])

    def start(self) -> None:
        """Configuration and templates."""
        templates = {"_includes/base": BASE, "_includes/cable": CABLE, "part": PART, "family": FAMILY, "index": HOME}
        (self.folder / "_includes").mkdir()
        for name, text in templates.items():
            (self.folder / f"{name}.njk").write_text(text, "utf-8")
        (self.folder / "eleventy.config.js").write_text(CONFIGURATION, "utf-8")
        (self.folder / "site.css").write_text("body { max-width: 60em; margin: auto }\n", "utf-8")
        (self.folder / ".eleventyignore").write_text("output-*\nnode_modules\n", "utf-8")

    def add(self, cable: Fields) -> None:
        """JSON front matter, and the body in a fence."""
        path = self.source(cable.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        front = {
            "layout": "cable.njk",
            "title": f"{cable.id}: {cable.subject}",
            "permalink": f"/{cable.address}",
            "id": cable.id,
            "subject": cable.subject,
            "created": cable.created[:16].replace("T", " "),
            "month": cable.month,
            "released": cable.released,
            "level": cable.classification,
            "classification_slug": cable.classification_slug,
            "sender": cable.origin,
            "origin_slug": cable.origin_slug,
            "codes": cable.tags,
            "header": cable.header,
        }
        text = msgspec.json.format(msgspec.json.encode(front)).decode()
        path.write_text(f"---json\n{text}\n---\n````````\n{cable.body}\n````````\n", "utf-8")

    def source(self, cable: str) -> Path:
        """The Markdown file."""
        return self.folder / f"cables/{cable[:2]}/{cable}.md"

    def build(self) -> Run:
        """As its users do."""
        program = "node_modules/@11ty/eleventy/cmd.cjs"
        return run(["node", f"--max-old-space-size={HEAP}", program, f"--output={self.output.name}"], self.folder)
