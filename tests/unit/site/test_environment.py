"""Our environment of templates writes what Jinja's own does."""

from types import SimpleNamespace

import jinja2
import pytest
from markupsafe import Markup

from generator.site.environment import Environment

TEMPLATES = {
    "base": "<title>{% block title %}none{% endblock %}</title>{% block main %}main{% endblock %}{{ self['title']() }}",
    "middle": "{% extends 'base' %}{% block title %}{{ page.name }}, {{ super() }}{% endblock %}"
    "{% block main %}{% block first %}first{% endblock %}{{ page.name }}{% block last %}{% endblock %}{% endblock %}",
    "overridden": "{% extends 'middle' %}{% block first %}[{{ super() }}]{% endblock %}"
    "{% block last %}last{% endblock %}",
    "scoped": "{% for item in page.items %}"
    "{% block each scoped %}{{ loop.index }}{{ item }}{% endblock %};{% endfor %}",
    "conditional": "{% if page.name %}{% block some %}some{% endblock %}{% else %}none{% endif %}{{ page.none }}",
    "parts": "{% macro bold(words) %}<b>{{ words }}</b>{% endmacro %}"
    "{% macro around(words) %}{{ words }}{{ caller() }}{% endmacro %}.",
    "macros": "{% from 'parts' import around, bold %}{{ bold(page.name) }}"
    "{% call around(page.name) %}{{ page.name }}{% endcall %}",
    "included": "{% for item in page.items %}{% include 'conditional' %}{% endfor %}{% include 'overridden' %}",
    "without": "{% for item in page.items %}a{% include 'parts' without context %}b{% endfor %}",
    "missing": "a{% include 'nowhere' ignore missing %}b{% with name = page.name %}{% include 'parts' %}{% endwith %}",
    "captured": "{% set words %}{{ page.name }}{% block in_it %}<i>{% endblock %}{% endset %}{{ words }}{{ words }}",
    "filtered": "{% filter upper %}a{{ page.name }}{% block in_it %}b{% endblock %}{% endfilter %}",
    "recursive": "{% for item in page.tree recursive %}{{ item.name }}({{ loop(item.tree) }}){% else %}-{% endfor %}",
    "attributes": "{{ page.class }}{{ page.name.upper() }}{{ (page.none or page).name }}{{ 3 .real }}{{ 'a'.upper() }}",
    "escaped": "{{ page.markup }}{{ '<' ~ page.name }}{{ page.name | safe }}{{ page.name | tojson }}{{ 1.5 }}",
    "unescaped": "{% autoescape false %}{{ page.name }}{{ page.none }}{% endautoescape %}{{ page.name }}",
}

LEAF = SimpleNamespace(name="leaf", tree=())

PAGE = SimpleNamespace(
    name="Größe & “<x>”",
    none=None,
    markup=Markup("<br>"),
    items=("a", "<b>"),
    tree=(LEAF, SimpleNamespace(name="<n>", tree=(LEAF, LEAF))),
    **{"class": "<class>"},
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_writes_what_it_writes_in_jinjas_own_environment(name: str) -> None:
    loader = jinja2.DictLoader(TEMPLATES)
    own = Environment(loader).get_template(name)
    jinjas = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(name)
    expected = jinjas.render(page=PAGE)
    assert expected
    assert own.render(page=PAGE) == "".join(own.generate(page=PAGE)) == expected
