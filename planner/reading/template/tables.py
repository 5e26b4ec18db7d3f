"""The sheets of the template and their columns, as the nouns of the case declare them: one sheet for each group.

A field with entries of its own (offers, the fleet of a site, loans) becomes a sheet with one row an entry; whatever
stands alone (calendar, finance, objective) becomes a row of the sheet Case. A new field of a noun appears by itself.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from planner.case.case import Case
from planner.case.quantities import Duration, Money, Noun
from planner.language import LANGUAGES, caption, plain_caption
from planner.reading.cells.kinds import SHAPE_WORDS, Kind, ShapeWords, kind_of
from planner.reading.tree.nodes import path_text

Path = tuple[str, ...]
CASE = "Case"
"""Sheet of all that stands alone, one row a field."""
READ_ME, LISTS = "Read me", "Lists"
"""First sheet of a template, by which a template is known; and the last one, from which cells are chosen."""
FROM_MONTH, AMOUNTS_IN = "from month", "amounts in"
"""Headers of columns that belong to no field: the month of a step, and the currency of bare amounts in the row."""
FIELD, VALUE, SOURCE, UNIT, MEANING, EXAMPLE_VALUE = "field", "value", "source", "unit", "what it means", "example"
"""Headers of the sheet Case."""
RESULTS = "currency of results"
"""Unit of money on the sheet Case."""
EXAMPLE = "example: "
"""Stands in front of the first cell of a row that is an example, in the language of the template."""
_SHEETS: dict[Path, str] = {
    ("scenarios", "*", "set"): "Scenario changes",
    ("futures", "drivers", "*", "discrete"): "Driver outcomes",
    ("futures", "events", "*", "effects"): "Event effects",
    ("systems", "*", "resale"): "System resale",
    ("frozen", "orders"): "Frozen orders",
    ("frozen", "blocks"): "Frozen blocks",
    ("frozen", "exits"): "Frozen exits",
    ("frozen", "claims"): "Frozen claims",
    ("frozen", "draws"): "Frozen draws",
    ("frozen", "repayments"): "Frozen repayments",
    ("frozen", "programmes"): "Frozen programmes",
    ("finance", "tax", "depreciation", "systems_table"): "Tax systems table",
    ("finance", "tax", "depreciation", "additions_table"): "Tax additions table",
    ("finance", "tax", "depreciation", "facility_table"): "Tax facility table",
    ("offers", "*", "payment", "instalments"): "Offer instalments",
    ("expansions", "*", "payment", "instalments"): "Expansion instalments",
}
_KEYS: dict[Path, str] = {("workloads", "*", "price_by_system"): "system", ("workloads", "*", "efficiency"): "system"}


@dataclass(frozen=True)
class Column:
    """One field: a column of a table, or a row of the sheet Case."""

    path: Path
    """Below the entry; nothing where the entry is the value."""
    header: str
    kind: Kind
    meaning: str
    required: bool
    default: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def unit(self) -> str:
        """What a bare number counts, for the header."""
        if self.kind.shape == "rate":
            return "money per " + " or ".join(self.kind.units)
        unit = self.kind.units[0] if self.kind.units else SHAPE_WORDS.get(self.kind.shape, ShapeWords()).header
        return f"{unit}, with commas between".lstrip(", ") if self.kind.many else unit


@dataclass(frozen=True)
class Table:
    """One sheet of entries."""

    sheet: str
    path: Path
    """Where the entries stand in the case: ``*`` for a name, ``#`` for an item of a list."""
    keys: tuple[Column, ...]
    columns: tuple[Column, ...]
    meaning: str

    @property
    def section(self) -> str:
        """What the entries belong to in the case, as messages have it."""
        return path_text(tuple(step for step in self.path if step not in "*#"))

    @property
    def of_items(self) -> bool:
        """Whether the entries are items of a list, which have no names."""
        return self.path[-1] == "#"

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers in the order in which the template has them."""
        by_month = any(column.kind.by_month for column in self.columns)
        money = any(column.kind.has_money for column in self.columns)
        extra = (*((FROM_MONTH,) if by_month else ()), *((AMOUNTS_IN,) if money else ()))
        return (*(key.header for key in self.keys), *extra, *(column.header for column in self.columns))


@dataclass
class _Draft:
    path: Path
    keys: tuple[Column, ...]
    meaning: str
    columns: list[Column] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        if not self.path:
            return CASE
        steps = tuple(step for step in self.path if step not in "*#")
        return _SHEETS.get(self.path[:-1], steps[-1].replace("_", " ").capitalize())


@cache
def tables() -> tuple[Table, ...]:
    """All sheets that hold figures; the first one is Case, which has no entries."""
    first = _Draft((), (), "Calendar, budget and objective, one figure a row.")
    drafts = [first]
    _fields(Case, (), first, drafts)
    return tuple(Table(d.sheet, d.path, d.keys, tuple(d.columns), d.meaning) for d in drafts)


def _fields(noun: type[Noun], inside: Path, draft: _Draft, drafts: list[_Draft], *, optional: bool = False) -> None:
    """Columns of the fields of a noun; fields with entries of their own open sheets.

    In a group that may be left out as a whole no field is required by itself.
    """
    hints = get_type_hints(noun, include_extras=True)
    for name, info in noun.model_fields.items():
        label = info.alias or name
        hint = _without_none(hints[name])
        path = (*inside, label)
        meaning = " ".join((info.description or "").replace("`", "").split())
        if isinstance(hint, type) and issubclass(hint, Noun):
            _fields(hint, path, draft, drafts, optional=optional or not info.is_required())
        elif (entry := _entry(hint)) is not None:
            _open(entry, (*draft.path, *path), draft, drafts, meaning)
        else:
            limits = {type(mark).__name__: mark for mark in info.metadata}
            least, most = getattr(limits.get("Ge"), "ge", None), getattr(limits.get("Le"), "le", None)
            header = " ".join(path).replace("_", " ")
            default = "" if info.is_required() else _shown(info.get_default(call_default_factory=True), kind_of(hint))
            required = info.is_required() and not optional
            draft.columns.append(Column(path, header, kind_of(hint), meaning, required, default, least, most))


def _open(entry: tuple[str, Any, Any], path: Path, above: _Draft, drafts: list[_Draft], meaning: str) -> None:
    step, key_hint, hint = entry
    parents = tuple(_as_parent(key, above) for key in above.keys)
    key = (Column((), _KEYS.get(path, kind_of(key_hint).shape), kind_of(key_hint), "", True),) if step == "*" else ()
    draft = _Draft((*path, step), (*parents, *key), meaning)
    drafts.append(draft)
    if isinstance(hint, type) and issubclass(hint, Noun):
        _fields(hint, (), draft, drafts)
    else:
        draft.columns.append(Column((), path[-1].replace("_", " "), kind_of(hint), meaning, True))


def _as_parent(key: Column, above: _Draft) -> Column:
    section = next(step for step in reversed(above.path) if step not in "*#")
    header = section.removesuffix("es" if section.endswith("xes") else "s").replace("_", " ")
    return Column((), header, key.kind, f"A name of the sheet {above.sheet}.", True)


def _entry(hint: Any) -> tuple[str, Any, Any] | None:  # noqa: ANN401 - any type hint
    """The step, the type of the key and of the value where a field has entries of its own; None for other fields."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is dict:
        return "*", parts[0], _without_none(parts[1])
    if origin is tuple and isinstance(parts[0], type) and issubclass(parts[0], Noun):
        return "#", None, parts[0]
    return None


def _without_none(hint: Any) -> Any:  # noqa: ANN401
    """A type without 'or nothing', and without limits where it is a noun."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kept = [part for part in parts if part is not types.NoneType]
        return _without_none(kept[0]) if len(kept) == 1 else hint
    if origin is Annotated and get_origin(parts[0]) in (Union, types.UnionType):
        return Annotated[_without_none(parts[0]), *parts[1:]]
    return hint


def _shown(default: object, kind: Kind) -> str:
    """A default as the template states it; nothing where the field then says nothing."""
    if kind.shape == "share" and isinstance(default, int | float):
        return f"{default * 100:.0f} %"
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, Duration | Money | str) or (isinstance(default, int | float) and default):
        return str(default)
    if isinstance(default, BaseModel) or not default:
        return ""
    return str(default)


def says_example(value: object) -> bool:
    """Whether a cell says that its row is an example, in any language."""
    return isinstance(value, str) and plain_caption(value).startswith(
        tuple(plain_caption(caption(code, EXAMPLE)) for code in LANGUAGES)
    )


FROM = Column((), FROM_MONTH, Kind("month"), "First month of the values in this row; empty from the start.", False)
MONEY = Column((), AMOUNTS_IN, Kind("currency"), "Currency of all bare amounts in this row.", False)
"""The columns that belong to no field."""


def columns_in(table: Table) -> list[Column]:
    """All columns of a sheet, in the order of its headers."""
    known = {column.header: column for column in (FROM, MONEY, *table.keys, *table.columns)}
    return [known[header] for header in table.headers]
