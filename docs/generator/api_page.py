"""The page of everything that ``import planner`` promises, from signatures and docstrings."""

from __future__ import annotations

import inspect
import re

import planner
from generator.text import attribute_docstrings, filled, markdown, paragraph, table

_LEFT_OUT = ("Case",)
"""What has a page of its own."""


def api_page() -> str:
    """The whole page."""
    found = {name: getattr(planner, name) for name in planner.__all__ if name not in _LEFT_OUT}
    errors = {name: one for name, one in found.items() if isinstance(one, type) and issubclass(one, BaseException)}
    classes = {name: one for name, one in found.items() if isinstance(one, type) and name not in errors}
    functions = {name: one for name, one in found.items() if inspect.isfunction(one)}
    return filled(
        "api.md",
        {
            "functions": "\n\n".join(f"### {name}\n\n{_function(name, one)}" for name, one in functions.items()),
            "classes": "\n\n".join(f"### {name}\n\n{_class(one)}" for name, one in classes.items()),
            "errors": table(("error", "when"), [(f"`{name}`", paragraph(one.__doc__)) for name, one in errors.items()]),
        },
    )


def _function(name: str, one: object) -> str:
    signature = str(inspect.signature(one)).replace("planner.", "")  # type: ignore[arg-type]  # it is a function
    return f"```python\n{name}{_unquoted(signature)}\n```\n\n{_prose(one.__doc__)}"


def _unquoted(signature: str) -> str:
    """A signature with types as one writes them, on lines of their own where it is long."""
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", signature)
    if len(text) < 100:
        return text
    inside, _, returns = text[1:].rpartition(") -> ")
    parts = re.split(r", (?![^\[(]*[\])])", inside)
    return "(\n" + "".join(f"    {part},\n" for part in parts) + f") -> {returns}"


def _prose(docstring: str | None) -> str:
    """A docstring with its arguments, results and errors as lists."""
    text = markdown(docstring)
    head, *sections = re.split(r"^(Args|Returns|Raises):\n", text, flags=re.MULTILINE)
    told = [head.strip()]
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        told.append(f"**{title}**\n\n{_list(title, body)}")
    return "\n\n".join(told)


def _list(title: str, body: str) -> str:
    words = " ".join(inspect.cleandoc(body).split())
    if title == "Returns":
        return words
    pattern = r"(?:^|(?<=[.;] ))(\w+): "
    if title == "Args":
        lines = [" ".join(line.split()) for line in re.split(r"\n(?=\S)", inspect.cleandoc(f"\n{body}"))]
        return "\n".join("- " + re.sub(r"^(\w+): ", r"`\1`: ", line) for line in lines if line)
    _, *parts = re.split(pattern, words)
    return "\n".join(f"- `{name}`: {why.strip()}" for name, why in zip(parts[::2], parts[1::2], strict=True))


def _class(one: type) -> str:
    told = [_prose(one.__doc__)]
    fields = {name: text for name, text in attribute_docstrings(one).items() if not name.startswith("_")}
    if fields:
        told.append(
            table(("attribute", "what it is"), [(f"`{name}`", paragraph(text)) for name, text in fields.items()])
        )
    for name, member in vars(one).items():
        if name.startswith("_") or not (inspect.isfunction(member) or isinstance(member, property)):
            continue
        of = member.fget if isinstance(member, property) else member
        if of is None or not of.__doc__:
            continue
        if isinstance(member, property):
            told.append(f"**`.{name}`**: {paragraph(of.__doc__)}")
        else:
            signature = re.sub(r"^\(self(, )?", "(", str(inspect.signature(of)))
            told.append(f"**`.{name}{_unquoted(signature)}`**\n\n{_prose(of.__doc__)}")
    return "\n\n".join(told)
