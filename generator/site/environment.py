"""The environment of templates: what compiles them, looks them up, and escapes what they write."""

import re
from collections.abc import Iterable
from keyword import iskeyword
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Block, Getattr, Include, Node
from markupsafe import Markup, escape


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, kept for the life of the process, which `serve` spends building again and again."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


_SPECIAL = re.compile("[&<>'\"]").search
"""Finds what `escape` would replace."""


def escaped(value: object) -> str:
    """A value as HTML: what `escape` makes of it, sooner where that is the text itself, as it nearly always is."""
    if (type(value) is str and not _SPECIAL(value)) or type(value) is Markup:
        return value
    return escape(value)


def _goes_apart(node: Node) -> bool:
    """Whether a node is or has what passes on pieces of its own."""
    return any(isinstance(node, kind) or node.find(kind) is not None for kind in (Block, Include))


class _CodeGenerator(CodeGenerator):
    """Jinja's own, but for what costs time on every page: how attributes are read, and in how many pieces it is.

    It rests on how Jinja compiles, so `pyproject.toml` holds Jinja to one minor version.
    """

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 - a name of Jinja's
        """An attribute, read as Python does."""
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def blockvisit(self, nodes: Iterable[Node], frame: Frame) -> None:
        """What has no block in it goes on in one piece, so that little passes through the generators around it.

        What includes a template does not: Jinja lets some of these pass by the piece that they belong to.
        """
        nodes = list(nodes)
        if frame.buffer is not None or any(map(_goes_apart, nodes)):
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None


class Environment(jinja2.Environment):
    """An environment for templates that see attributes of frozen values and nothing else, and never change.

    So Python's own lookup does, a template is looked for once, and what it writes is escaped by `escaped`.
    """

    code_generator_class = _CodeGenerator
    getattr = staticmethod(getattr)  # type: ignore[assignment]

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=_COMPILED,
        )
        self.globals.clear()
        self._found: dict[Any, jinja2.Template] = {}

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """The template of that name."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent, globals)
        return found

    def _generate(self, *template: Any, **more: Any) -> str:
        """The Python that a template compiles to: Jinja's hook for those who want another."""
        return f"{super()._generate(*template, **more)}\nfrom {__name__} import escaped as escape\n"
