"""A cell of the template becomes the words of the case file, by the kind of its field."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass, replace

from openpyxl.utils.datetime import WINDOWS_EPOCH

from planner.case.quantities import amount_text, shown
from planner.case.words import listed, spelling_hint
from planner.errors import InputError, Place
from planner.language import english_choice
from planner.reading.cells.formats import shown_by
from planner.reading.cells.kinds import SHAPE_WORDS, Kind, ShapeWords
from planner.reading.cells.numbers import RefusedCellError, check_value, cleaned, month_of, typed_number
from planner.reading.cells.said import unit_beside
from planner.reading.cells.units import Stated, Unit
from planner.reading.template.tables import AMOUNTS_IN, Table
from planner.reading.tree.nodes import Node, Scalar
from planner.reading.tree.parse import parse_value
from planner.reading.xlsx.stored import Found

NO_TEXT = '""'
"""Stands in a cell for a text without letters, where an empty cell would mean another one."""
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "はい": True, "いいえ": False}
_NOTHING = "leave the cell empty where there is nothing, or type 0 for zero"
_AS_NUMBER = "format the cell as a number and type the figure again"
_NUMBERS = ("money", "rate", "unit", "share", "duration", "number", "count")
_SCALES = ("k", "m", "mn", "bn", "tn", "thousand", "million", "billion", "trillion")
_COMMAS = re.compile(r"[,、;\n]")


@dataclass(frozen=True)
class Row:
    """What a cell has to know of the rest of its row."""

    currency: str = ""
    """Currency of bare amounts; empty where none is stated."""
    metric: str = ""
    """What a workload counts: decides whether its price is per accelerator-hour or per PFLOPS-hour."""
    epoch: datetime.datetime = WINDOWS_EPOCH
    amounts_in: str = AMOUNTS_IN
    """The header under which its currency is stated."""
    said: Stated | None = None
    """The unit of bare numbers that stands around the cell, where it is another one than that of the template."""


def node_of(cell: Found, kind: Kind, row: Row, place: Place) -> Node:
    """The value of a cell, as the tree of a case file holds it.

    Raises:
        RefusedCellError: the cell holds nothing that the field could mean.
    """
    check_value(cell, _allowed(kind), _NOTHING)
    if kind.shape in (*_NUMBERS, "any"):
        said, cell = unit_beside(cell, kind, row.currency, row.said)
        row = replace(row, said=said)
    if kind.shape == "any":
        return _any(cell, place)
    if kind.many:
        words = [word.strip() for word in _COMMAS.split(_text(cell))]
        return Node([Node(_choice(word, kind), place) for word in words if word], place)
    return Node(_scalar(cell, kind, row), place, row.said.told if row.said and _is_bare(cell) else "")


def _is_bare(cell: Found) -> bool:
    """Whether a cell holds a number without a unit of its own."""
    typed = typed_number(cell.value) if isinstance(cell.value, str) else None
    return not isinstance(cell.value, str) or (typed is not None and not typed.unit)


def is_blank(cell: Found) -> bool:
    """Whether a cell holds nothing that anybody could have meant; blanks alone are nothing."""
    if cell.is_error or (cell.is_formula and cell.value is None):
        return False
    return cell.value is None or (isinstance(cell.value, str) and not cleaned(cell.value))


def put_value(root: Node, path: tuple[str, ...], value: Node) -> None:
    """Puts a value below a group, with the groups between that are not there yet."""
    for step in path[:-1]:
        root = root.group.setdefault(step, Node({}, value.place))
    root.group[path[-1]] = value


def with_required_groups(root: Node, table: Table) -> None:
    """Puts in the groups that hold fields that must be filled, so that each of them is missed by its own name."""
    for column in table.columns:
        here = root
        for step in column.path[:-1] if column.required else ():
            here = here.group.setdefault(step, Node({}, root.place))


def _scalar(cell: Found, kind: Kind, row: Row) -> Scalar:  # noqa: PLR0911 - one line a kind
    if kind.shape in _NUMBERS:
        return _number(cell, kind, row)
    if kind.shape == "month":
        return month_of(cell, row.epoch)
    if kind.shape == "fiscal year":
        return _fiscal_year(cell)
    if kind.shape == "switch":
        return _switch(cell)
    if kind.shape == "currency":
        return currency_code(_text(cell))
    if kind.shape == "name" and isinstance(cell.value, datetime.date | bool):
        remedy = "format the cell as text and type the name again"
        raise RefusedCellError(f"{shown(cell.value)} is a date or a yes/no, not a name", "a name", remedy)
    if kind.shape == "text" and cell.value == NO_TEXT:
        return ""
    return _choice(_text(cell), kind)


def currency_code(text: str) -> str:
    """A currency code, whatever its letters' case and width; the yen by its names.

    >>> currency_code("usd "), currency_code("円")
    ('USD', 'JPY')
    """
    code = cleaned(text).upper()
    return "JPY" if code in ("YEN", "円", "¥") else code


def _text(cell: Found) -> str:
    """What a cell says, without blanks that nobody sees; a number that a spreadsheet program made of digits is text."""
    value = cell.value
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\u3000", " ").replace("\u00a0", " ").strip(" ")


def _choice(word: str, kind: Kind) -> str:
    """A word; of a closed list the one that is meant, whatever its letters' case and width."""
    if kind.shape == "name":
        plain = cleaned(word)  # an input method that was left on writes b200 in full-width letters
        return plain if plain.isascii() else word
    if kind.shape != "choice":
        return word
    found = english_choice(word, kind.choices)
    if found not in kind.choices:
        raise RefusedCellError(f"is the text {shown(word)}", listed(kind.choices), spelling_hint(word, kind.choices))
    return found


def _switch(cell: Found) -> bool:
    value = cell.value
    found = _YES_NO.get(cleaned(value).casefold()) if isinstance(value, str) else value
    if found not in (0, 1) or found is None:
        raise RefusedCellError(f"{shown(value)} is neither yes nor no", "yes or no")
    return bool(found)


def _fiscal_year(cell: Found) -> str:
    text = cleaned(_text(cell))
    match = re.fullmatch(r"(?:FY\s?)?(\d{4})(?:年度)?", text, re.ASCII | re.IGNORECASE)
    if match is None or not 1900 <= int(match[1]) <= 2200:
        raise RefusedCellError(f"{shown(cell.value)} is not a fiscal year", "a fiscal year such as FY2025")
    return f"FY{match[1]}"


def _number(cell: Found, kind: Kind, row: Row) -> Scalar:
    value = cell.value
    if isinstance(value, datetime.time):
        raise RefusedCellError(f"the time of day {value} stands where a number is needed", _allowed(kind), _AS_NUMBER)
    if isinstance(value, datetime.date):
        raise RefusedCellError(f"the date {value:%Y-%m-%d} stands where a number is needed", _allowed(kind), _AS_NUMBER)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RefusedCellError(f"{shown(value)} stands where a number is needed", _allowed(kind))
    if isinstance(value, str):
        return _typed(value, kind, row)
    if not abs(value) < math.inf:  # is so for a number of any length, and not for what is none
        raise _endless(value, kind)
    if kind.shape == "share" and row.said and any(one.percent for one in shown_by(cell.shown_as)):
        row = replace(row, said=None)  # what is seen is in per cent as the header says, and the cell holds the share
    return _with_unit(value, amount_text(value), kind, row)


def _endless(value: object, kind: Kind) -> RefusedCellError:
    return RefusedCellError(f"{shown(value)} is not a finite number", _allowed(kind))


def _typed(text: str, kind: Kind, row: Row) -> Scalar:
    """A number that stands as text, as it does behind a paste; with its own unit it goes by that."""
    plain = cleaned(text)
    if kind.shape == "share" and re.fullmatch(r"\d{1,9}/[1-9]\d{0,8}", plain, re.ASCII):
        return plain
    if kind.shape == "rate" and "/" in plain:
        head, _, unit = plain.partition("/")
        amount = typed_number(head)
        if amount is not None:
            return f"{amount}/{unit.strip()}"
    number = typed_number(text)
    if number is None:
        remedy = "write the currency code that is meant, such as 5 USD" if "$" in plain else _NOTHING
        raise RefusedCellError(f"the text {shown(text)} stands where a number is needed", _allowed(kind), remedy)
    if kind.shape == "money" and number.unit.lower() in _SCALES:
        if row.said and row.said.unit.scale:
            raise RefusedCellError(f"{number}, and {row.said.told}", "one scale", "type the currency behind the amount")
        return f"{number} {_currency(row, text)}"
    if number.unit:
        per = f"/{kind.units[0]}" if kind.shape == "rate" and len(kind.units) == 1 else ""
        return f"{number}{per}"  # the field itself knows which units it takes
    return _with_unit(float(number.number), number.number, kind, row)


def _with_unit(number: float, text: str, kind: Kind, row: Row) -> Scalar:
    """A bare number, in the unit that its column states."""
    if kind.shape == "money":
        return f"{text} {_currency(row, text)}"
    if kind.shape == "rate":
        per = row.said.unit.per if row.said else ""
        return f"{text} {_currency(row, text)}/{per or kind.per(row.metric)}"
    if kind.shape in ("unit", "duration"):
        return f"{text} {row.said.unit.unit if row.said else kind.units[0]}"
    if kind.shape == "share" and row.said and number:
        return _per_cent(number, text, row.said)
    if not abs(number) < math.inf:
        raise _endless(text, kind)
    return int(number) if number.is_integer() else number


def _per_cent(number: float, text: str, said: Stated) -> Scalar:
    """A bare number under a header that says per cent; below one nobody knows whether it is a share all the same."""
    if 0 < number <= 1:
        found = f"{text}, {said.told}, may be {text} % or {number * 100:.0f} %"
        raise RefusedCellError(found, "a share, such as 50 %", f"type {text} %, or the per cent that are meant")
    return f"{text} %"


def _currency(row: Row, text: str) -> str:
    """The currency of a bare amount, with the scale that stands in front of it."""
    unit = row.said.unit if row.said else Unit()
    plain = re.fullmatch(r"[A-Z]{3}", row.currency)
    if unit.currency and row.currency and row.currency != unit.currency:
        found = (
            f"the row has its amounts in {row.currency}, and {row.said.where if row.said else ''} says {unit.currency}"
        )
        raise RefusedCellError(found, "one currency", "make them the same, or type the currency behind the amount")
    if unit.scale and row.currency and not plain:
        raise RefusedCellError(f"{row.currency} and {unit.scale} are two scales", "one scale", "take one of them away")
    if unit.currency:
        return f"{unit.scale} {unit.currency}".lstrip()
    if row.currency:
        return f"{unit.scale} {row.currency}".lstrip()
    remedy = f"choose the currency under '{row.amounts_in}', or type it behind the amount"
    raise RefusedCellError(f"{text} has no currency", "an amount whose row states its currency", remedy)


def _any(cell: Found, place: Place) -> Node:
    """The new value of a scenario, as a case file would write it; null removes the field."""
    value = cell.value
    if isinstance(value, str):
        try:
            return _at(parse_value(value.strip(), str(place)), place)
        except InputError as error:
            fault = error.faults[0]
            raise RefusedCellError(fault.found, fault.allowed, fault.remedy) from error
    if isinstance(value, datetime.datetime | datetime.date):
        return Node(month_of(cell), place)
    assert value is None or isinstance(value, bool | int | float)
    return Node(value, place)


def _at(node: Node, place: Place) -> Node:
    """A tree that stands in one cell."""
    if isinstance(node.value, dict):
        return Node({key: _at(child, place) for key, child in node.value.items()}, place)
    if isinstance(node.value, list):
        return Node([_at(child, place) for child in node.value], place)
    return Node(node.value, place)


def _allowed(kind: Kind) -> str:
    """What a cell of a kind takes, in words."""
    if kind.shape in ("unit", "rate"):
        return f"a number, {'in the currency of its row per' if kind.shape == 'rate' else 'in'} {kind.units[0]}"
    words = SHAPE_WORDS.get(kind.shape, ShapeWords()).sentence
    return words or (listed(kind.choices) if kind.choices else "a text")
