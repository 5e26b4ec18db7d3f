"""Which fields the nouns have, by the names that a case file uses."""

from __future__ import annotations

import re
import types
from collections.abc import Collection, Iterable
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from planner.case.case import Case
from planner.case.quantities import Noun, parse_share
from planner.case.timeline import Timeline

Type = Any
"""The annotation of a field."""
MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
"""How a case file writes a month."""


def origin_of(annotation: Type) -> Any:  # noqa: ANN401
    """What a type with arguments is made of: ``dict`` of ``dict[str, int]``."""
    return get_origin(annotation)


def bare(annotation: Type) -> Type:
    """An annotation without what is wrapped around it: validators, and 'or nothing'."""
    origin = origin_of(annotation)
    if origin is Annotated:
        return bare(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return bare(next(part for part in get_args(annotation) if part is not types.NoneType))
    return annotation


def is_group(annotation: Type) -> bool:
    """Whether the field is a noun, a group with fixed fields."""
    return isinstance(annotation, type) and issubclass(annotation, Noun)


def is_timeline(annotation: Type) -> bool:
    """Whether the field is a figure by month."""
    return origin_of(annotation) is Timeline


def runs_over_months(group: Collection[str]) -> bool:
    """Whether a group is a figure by month; the comment on its heading then speaks for all months."""
    return bool(group) and all(MONTH.fullmatch(key) for key in group)


def fields_of(annotation: Type) -> dict[str, FieldInfo]:
    """The fields of a noun by the names that a case file uses; nothing for any other type."""
    if not is_group(annotation):
        return {}
    return {field.alias or name: field for name, field in annotation.model_fields.items()}


def is_share(path: Iterable[str]) -> bool:
    """Whether what stands at a path of the case is a share of a whole.

    >>> is_share(("finance", "tax", "rate")), is_share(("sites", "north", "pue"))
    (True, False)
    """
    hint: Any = Case
    for key in path:
        here = bare(hint)
        field = fields_of(here).get(key)
        if field is not None:
            hint = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        else:
            hint = below(here, key) if not get_args(here) else get_args(here)[-1 if origin_of(here) is dict else 0]
    return _is_read_by(hint, parse_share)


def _is_read_by(hint: Any, parse: object) -> bool:  # noqa: ANN401 - any type hint
    marks = getattr(hint, "__metadata__", ())
    return any(getattr(mark, "func", None) is parse for mark in marks) or any(
        _is_read_by(part, parse) for part in get_args(hint)
    )


def below(annotation: Type, key: str) -> Type | None:
    """The type of what stands under a key; None where nothing can stand there."""
    if field := fields_of(annotation).get(key):
        return bare(field.annotation)
    arguments = get_args(annotation)
    if is_timeline(annotation):
        return bare(arguments[0]) if MONTH.fullmatch(key) else None
    if origin_of(annotation) is dict:
        return bare(arguments[1])
    if origin_of(annotation) is tuple:
        return bare(arguments[0]) if key.isascii() and key.isdecimal() else None
    return None
