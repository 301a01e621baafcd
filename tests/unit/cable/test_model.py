import ast
import re
from pathlib import Path

import pytest

from generator.cable import model

TREE = ast.parse(Path(model.__file__).read_text("utf-8"))


@pytest.mark.parametrize("name", ["Partition", "Cable"])
def test_every_field_says_which_section_of_the_format_it_follows(name: str) -> None:
    body = next(node.body for node in TREE.body if isinstance(node, ast.ClassDef) and node.name == name)
    fields = [index for index, node in enumerate(body) if isinstance(node, ast.AnnAssign)]
    assert len(fields) >= 7
    for index in fields:
        said = body[index + 1]
        assert isinstance(said, ast.Expr), ast.unparse(body[index])
        assert re.search(r"\([\d., to]+\)\.$", ast.literal_eval(said.value)), ast.unparse(body[index])
