"""Docstrings as Markdown, and frames with places to fill in."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

FRAMES = Path(__file__).resolve().parent
_PLACE = re.compile(r"^\{\{(\w+)\}\}$", re.MULTILINE)


def filled(frame: str, parts: dict[str, str]) -> str:
    """A frame with every ``{{place}}`` filled in.

    Raises:
        ValueError: a place has no part, or a part has no place.
    """
    text = (FRAMES / frame).read_text(encoding="utf-8")
    places = _PLACE.findall(text)
    if sorted(places) != sorted(parts):
        raise ValueError(f"{frame} has the places {sorted(places)}, but there are the parts {sorted(parts)}")
    return _PLACE.sub(lambda place: parts[place[1]].strip(), text)


def markdown(docstring: str | None) -> str:
    """A docstring as Markdown: its double backquotes become single ones, its examples are left out."""
    if not docstring:
        raise ValueError("there is no docstring")
    text = inspect.cleandoc(docstring).split("\n>>>")[0]
    return re.sub(r"``(.+?)``", lambda code: f"`{' '.join(code[1].split())}`", text, flags=re.DOTALL).strip()


def paragraph(docstring: str | None) -> str:
    """A docstring on one line, fit for a cell of a table."""
    return " ".join(markdown(docstring).split()).replace("|", "\\|")


def attribute_docstrings(owner: type) -> dict[str, str]:
    """Docstrings of the attributes of a class, in the order of the source; ``self.name = ...`` counts as well."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    found: dict[str, str] = {}
    for scope in ast.walk(tree):
        if isinstance(scope, ast.ClassDef | ast.FunctionDef):
            for statement, after in zip(scope.body, scope.body[1:], strict=False):
                name, text = _attribute(statement), _text(after)
                if name is not None and text is not None:
                    found[name] = text
    return found


def _attribute(statement: ast.stmt) -> str | None:
    target: ast.expr | None = None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
    elif isinstance(statement, ast.AnnAssign):
        target = statement.target
    if isinstance(target, ast.Attribute):
        return target.attr
    return target.id if isinstance(target, ast.Name) else None


def _text(statement: ast.stmt) -> str | None:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return statement.value.value if isinstance(statement.value.value, str) else None
    return None


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
