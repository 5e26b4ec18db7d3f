"""The page of the case file: every noun and every field, as it is written in the file."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.text import filled, paragraph, table
from planner.case import quantities
from planner.case.case import Case
from planner.case.finance import Currency
from planner.case.quantities import FiscalYear, Month, Noun
from planner.case.timeline import Timeline

_WORDS: tuple[tuple[Any, str], ...] = (
    (quantities.DurationText, "duration: `26 weeks`"),
    (quantities.MoneyText, "money: `20 bn JPY`; may be negative"),
    (quantities.PositiveMoney, "money: `310_000 USD`"),
    (quantities.EnergyPrice, "`18.6 JPY/kWh`"),
    (quantities.PowerRent, "`20_000 JPY/kW-month`"),
    (quantities.ComputePrice, "`420 JPY/accelerator-hour` or `240 JPY/PFLOPS-hour`"),
    (quantities.AcceleratorPrice, "`420 JPY/accelerator-hour`"),
    (quantities.Share, "share: `50 %`, `0.5`, `1/3`"),
    (quantities.PowerKw, "power: `14.3 kW`, `6 MW`"),
    (quantities.BandwidthGbps, "bandwidth: `400 Gbps`"),
    (quantities.Amount, "number"),
    (quantities.SignedShare, "number or share, also below zero: `-0.3`, `-5 %`"),
    (quantities.Count, "whole number"),
    (quantities.PerPeriod, "number per time: `60 per quarter`"),
    (quantities.YesNo, "`true` or `false`"),
    (quantities.Name, "name"),
    (quantities.FileName, "name"),
    (quantities.Text, "text"),
    (Currency, "currency: `JPY`"),
)
_KINDS = {get_args(hint)[1]: words for hint, words in _WORDS}
"""How a kind of value is written, by the validator that reads it."""
_SHARE = get_args(quantities.Share)[1]


def case_file_page() -> str:
    """The whole page."""
    return filled("case_file.md", {"nouns": "\n\n".join(_section(noun, path) for noun, path in nouns().items())})


def nouns() -> dict[type[Noun], str]:
    """Every noun of the case file, in the order of reading, and where it first stands."""
    found: dict[type[Noun], str] = {}
    _walk(Case, "", found)
    return found


def _walk(noun: type[Noun], path: str, found: dict[type[Noun], str]) -> None:
    if noun in found:
        return
    found[noun] = path
    for name, hint in _hints(noun).items():
        label = _label(noun, name)
        here = f"{path}.{label}" if path else label
        for inner, step in _nouns_in(hint):
            _walk(inner, here + step, found)


def _hints(noun: type[Noun]) -> dict[str, Any]:
    hints = get_type_hints(noun, include_extras=True)
    return {name: hints[name] for name in noun.model_fields}


def _label(noun: type[Noun], name: str) -> str:
    return noun.model_fields[name].alias or name


def _nouns_in(hint: Any, step: str = "") -> list[tuple[type[Noun], str]]:  # noqa: ANN401 - any type hint
    if isinstance(hint, type) and issubclass(hint, Noun):
        return [(hint, step)]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return [] if _known(hint) else _nouns_in(arguments[0], step)
    inner = {dict: ".NAME", tuple: "[]"}.get(origin, "") if origin is not None else ""
    return [found for argument in arguments for found in _nouns_in(argument, step + inner)]


def _known(hint: Any) -> str | None:  # noqa: ANN401
    return next((_KINDS[mark] for mark in hint.__metadata__ if _hashable(mark) and mark in _KINDS), None)


def _hashable(mark: object) -> bool:
    return not isinstance(mark, FieldInfo)


def _section(noun: type[Noun], path: str) -> str:
    rows = []
    for name, hint in _hints(noun).items():
        field = noun.model_fields[name]
        rows.append(
            (f"`{_label(noun, name)}`", written(hint) + _range(field), _default(field), paragraph(field.description))
        )
    where = f"Stands at `{path}`." if path else "The file itself."
    sentence = paragraph(noun.__doc__).split("; index ")[0].rstrip(".")
    heading = f"### {noun.__name__}\n\n{sentence}. {where}"
    return f"{heading}\n\n{table(('field', 'how it is written', 'without it', 'meaning'), rows)}"


def written(hint: Any) -> str:  # noqa: ANN401
    """How a value of a type is written in a case file.

    Raises:
        TypeError: the page does not know the type.
    """
    if hint is Month:
        return "month: `2026-04`"
    if hint is FiscalYear:
        return "fiscal year: `FY2026`"
    if hint is quantities.Size:
        return "size: `1.2`, `80 %`, `3 months`, `150 JPY`"
    if hint is Any:
        return "a value of the field it replaces; `null` removes it"
    if isinstance(hint, type) and issubclass(hint, Noun):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return (_known(hint) if get_origin(hint) is Annotated else None) or _composed(get_origin(hint), get_args(hint))


def _composed(origin: Any, parts: tuple[Any, ...]) -> str:  # noqa: ANN401
    """How a list, a group, a choice or a figure by month is written."""
    if origin is Annotated:
        return written(parts[0])
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in parts)
    if origin in {Union, types.UnionType}:
        return written(next(part for part in parts if part is not type(None)))
    if origin is dict:
        return f"group: {'path' if parts[0] is str else written(parts[0])} → {written(parts[1])}"
    ways = {tuple: "list of {}", Timeline: "{}, or by month"}
    if origin not in ways:
        raise TypeError(f"no words for {origin}")
    return ways[origin].format(written(parts[0]))


def _range(field: FieldInfo) -> str:
    """The range of a number, where its noun narrows it."""
    least = next((mark.ge for mark in field.metadata if isinstance(mark, Ge)), None)
    most = next((mark.le for mark in field.metadata if isinstance(mark, Le)), None)
    return "" if least is None and most is None else f", from {least} to {most}"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ("", (), {}) or isinstance(value, BaseModel):
        return str(value) if isinstance(value, quantities.Duration) else "·"
    if isinstance(value, tuple) and isinstance(value[0], BaseModel):
        return f"{len(value)} entries, see its meaning"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and _SHARE in field.metadata:
        return f"{value * 100:g} %"
    return f"{value:g}" if isinstance(value, int | float) else str(value)
