"""A case becomes the rows of the template: what the template's reader reads back from them is the same case."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from planner.case.quantities import parse_share
from planner.errors import InputError
from planner.reading.case.file import Reading
from planner.reading.cells.kinds import Kind
from planner.reading.template.scalars import NO_TEXT
from planner.reading.template.tables import AMOUNTS_IN, FROM_MONTH, Column, Table
from planner.reading.tree.nodes import plain
from planner.reading.tree.parse import parse_value

Value = str | float | datetime.date | None
Line = dict[str, Value]
"""Values of one row by header."""


def fields_of_reading(reading: Reading) -> dict[str, Any]:
    """The case as plain fields, without figures that the catalogue gives and defaults that nobody wrote."""
    case = reading.case
    full = case.model_dump(mode="json", by_alias=True)
    needed = case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    catalogues = (case.catalogue, f"{case.catalogue} (built in)")
    written = {path for path, origin in reading.provenance.items() if origin.file not in catalogues}
    systems = _kept(full.pop("systems"), {}, "systems.", written)
    fields = _kept(full, needed, "", written)
    return {**fields, "systems": systems, "catalogue": case.catalogue, "scenarios": needed.get("scenarios", {})}


def _kept(full: Mapping[str, Any], needed: Any, path: str, written: Collection[str]) -> dict[str, Any]:  # noqa: ANN401
    """The fields of a group that are no defaults, or that somebody wrote all the same."""
    found: dict[str, Any] = {}
    for key, value in full.items():
        here, own = f"{path}{key}", needed.get(key) if isinstance(needed, dict) else None
        if isinstance(value, dict) and value:
            kept = _kept(value, own, f"{here}.", written)
            found |= {key: kept} if kept or own is not None else {}
        elif value is not None and (own is not None or here in written):
            found[key] = own if isinstance(own, list) else value
    return found


def lines_of(table: Table, fields: Mapping[str, Any]) -> Iterator[Line]:
    """The rows of one sheet, in the order of the case."""
    for keys, value in _entries(table.path, fields, ()):
        yield from _lines_of_entry(table, keys, value)


def _entries(path: tuple[str, ...], here: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401
    if not path:
        yield keys, here
        return
    step, rest = path[0], path[1:]
    if step == "*":
        for key, value in here.items():
            yield from _entries(rest, value, (*keys, str(key)))
    elif step == "#":
        for value in here:
            yield from _entries(rest, value, keys)
    elif isinstance(here, dict) and step in here:
        yield from _entries(rest, here[step], keys)


def _lines_of_entry(table: Table, keys: tuple[str, ...], value: Any) -> Iterator[Line]:  # noqa: ANN401
    names: Line = {key.header: cell_of(key.kind, text) for key, text in zip(table.keys, keys, strict=True)}
    metric = value.get("metric", "") if isinstance(value, dict) else ""
    first: dict[str, Any] = {}
    steps: dict[str, dict[str, Any]] = {}
    by_header = {column.header: column for column in table.columns}
    for column in table.columns:
        raw = value_at(value, column.path)
        if column.kind.by_month and isinstance(raw, dict):
            for month, step in raw.items():
                steps.setdefault(month, {})[column.header] = step
        elif raw is not None or (column.kind.shape == "any" and not column.path):
            first[column.header] = raw
    if first or not steps:
        yield names | _with_currency(first, by_header, metric)
    for month in sorted(steps):
        yield names | {FROM_MONTH: month_of(month)} | _with_currency(steps[month], by_header, metric)


def value_at(value: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401
    """What plain fields hold at a path; None where they hold nothing."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _with_currency(values: dict[str, Any], columns: Mapping[str, Column], metric: str) -> Line:
    """The cells of one row: amounts in the currency of the first one stand bare, others with their own."""
    line: Line = {}
    currency = next(
        (_money(values[h])[1] for h, column in columns.items() if h in values and column.kind.has_money), ""
    )
    if currency:
        line[AMOUNTS_IN] = currency
    for header, raw in values.items():
        line[header] = cell_of(columns[header].kind, raw, currency, metric)
    return line


def _money(text: str) -> tuple[str, str, str]:
    """Number, currency and what stands behind the slash of a text that the case wrote."""
    head, _, per = text.partition("/")
    number, currency = head.rsplit(" ", 1)
    return number.replace("_", ""), currency, per


def cell_of(kind: Kind, raw: Any, currency: str = "", metric: str = "") -> Value:  # noqa: ANN401, PLR0911 - one line a kind
    """A value of the case as a person would type it."""
    if kind.shape == "any":
        return _flow(raw)
    if kind.many:
        return ", ".join(raw)
    if kind.shape == "switch":
        return "yes" if raw else "no"
    if kind.has_money:
        number, own, per = _money(raw)
        bare = own == currency and (not per or per == kind.per(metric))
        return exact(float(number)) if bare else f"{number} {own}{f'/{per}' if per else ''}"
    if kind.shape == "month":
        return month_of(raw)
    if kind.shape in ("unit", "duration"):
        number, unit = raw.replace("_", "").split(" ", 1)
        return exact(float(number)) if unit.removesuffix("s") == kind.units[0].removesuffix("s") else f"{number} {unit}"
    if kind.shape == "share":
        return _share(float(raw))
    return exact(raw) if isinstance(raw, int | float) else raw or NO_TEXT


def _share(share: float) -> float | str:
    """A share as a number; as per cent in a text where only that reads back as exactly the same share."""
    percent = f"{share * 100:.12g} %"
    number = exact(share)
    return percent if isinstance(number, str) and parse_share(percent) == share else number


def exact(number: float) -> float | str:
    """A number as a cell holds it; as text where the 16 digits of a cell are not all of it."""
    return number if float(f"{number:.16G}") == number else repr(number)


def month_of(text: str) -> datetime.date | str:
    """The first day of a month; as text before the days that a spreadsheet program can count."""
    year, month = (int(part) for part in text.split("-"))
    return datetime.date(year, month, 1) if year > 1900 else text


def _flow(raw: Any) -> Value:  # noqa: ANN401
    """The new value of a scenario on one line."""
    if isinstance(raw, str):
        try:
            same = plain(parse_value(raw, "")) == raw and raw == raw.strip()
        except InputError:
            same = False
        return raw if same else json.dumps(raw, ensure_ascii=False)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return exact(raw)
    return json.dumps(raw, ensure_ascii=False)
