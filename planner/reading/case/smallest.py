"""The smallest that can be written for a field: what whoever left it out is shown, in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from planner.case.quantities import Duration, Month, money_example, parse_share, rate_example
from planner.case.quantities.numbers import parse_count, parse_plain_number, parse_yes_no
from planner.case.workload import Workload
from planner.reading.case.fields import Type, bare, fields_of, is_group, is_timeline, origin_of

_OF_FIELD = {
    "currency": "JPY",
    "periods": "12",
    "minimum_cash": "0 {currency}",
    "system": "b200-hgx8",
    "region": "japan",
    "pue": "1.3",
    "share": "100 %",
    "age": "0 months",
    "blocks": "1",
    "amount": "1000",
    "between": "[one-driver, another-driver]",
    "coefficient": "0.5",
    "adds": "{{power: 1 MW}}",
    "low": "0.9",
    "high": "1.1",
    "spread": "20 %",
}
"""What stands for fields of which not any value of their kind makes sense."""
_OF_PARSER: dict[Callable[..., object], str] = {
    parse_share: "10 %",
    parse_plain_number: "1",
    parse_count: "8",
    parse_yes_no: "true",
}
_ENTRY = {"sites": "tokyo", "workloads": "training", "systems": "b200-hgx8"}
"""Names of entries; others are called after their section."""
_BESIDES: dict[Type, tuple[str, ...]] = {Workload: ("price",)}
"""Fields that may be left out by themselves, and not together with another."""
_DEEPEST = 4
"""Groups within each other that are written out."""


def smallest_field(name: str, field: FieldInfo, deep: int = _DEEPEST) -> str:
    """A field with all that has to stand in it; empty where that would be too much.

    >>> from planner.case.site import Site
    >>> smallest_field("capacity", fields_of(Site)["capacity"])
    'capacity: {power: 6 MW}'
    """
    return smallest(name, Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation, deep)


def smallest(name: str, hint: Type, deep: int = _DEEPEST) -> str:
    """The same for what has a name of its own, such as a site."""
    value = _value(name, hint, deep)
    return f"{name}: {value}" if value else ""


def _value(name: str, hint: Type, deep: int) -> str:
    plain = bare(hint)
    kind, arguments = origin_of(plain), get_args(plain)
    if is_timeline(plain):
        return _value(name, arguments[0], deep)
    if name in _OF_FIELD:
        return _OF_FIELD[name].format(currency=money_example().split()[-1])
    if kind in (dict, tuple):
        inner = _value(name, arguments[-1 if kind is dict else 0], deep - 1) if deep else ""
        shape = f"{{{_ENTRY.get(name, f'my-{name}')}: %s}}" if kind is dict else "[%s]"
        return shape % inner if inner else ""
    if kind is Literal:
        return str(arguments[0])
    return _quantity(hint) or (_group(plain, deep - 1) if deep and is_group(plain) else _word(name, plain))


def _group(group: Type, deep: int) -> str:
    besides = _BESIDES.get(group, ())
    needed = {name: field for name, field in fields_of(group).items() if field.is_required() or name in besides}
    parts = [smallest_field(name, field, deep) for name, field in needed.items()]
    return f"{{{', '.join(parts)}}}" if parts and all(parts) else ""


def _word(name: str, plain: Type) -> str:
    return f"my-{name}" if plain is str else ""


def _quantity(hint: Type) -> str:
    """A quantity with its unit, money in the currency of the case; empty for what is none."""
    plain = bare(hint)
    if plain in (Month, Duration):
        return "2026-04" if plain is Month else "6 months"
    for mark in _marks(hint):
        if value := _OF_PARSER.get(getattr(mark, "func", None)):  # type: ignore[arg-type]
            return value
        schema = mark.json_schema if isinstance(mark, WithJsonSchema) else None
        if schema and "examples" in schema:
            example = str(schema["examples"][-1])
            if "/" in example:
                return rate_example(str(schema["examples"][0]).partition("/")[2])
            return money_example() if "USD" in example else example
    return ""


def _marks(hint: Type) -> Iterator[Any]:
    yield from getattr(hint, "__metadata__", ())
    for part in get_args(hint):
        yield from _marks(part)
