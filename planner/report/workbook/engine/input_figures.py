"""Every figure of the case that the plan reads: its path in the case file, its words, value, unit and source.

The case is walked as it is declared, so a figure that a noun gains appears on the Inputs sheet without a line here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from planner.case.calendar import first_day
from planner.case.case import Case
from planner.case.offer import Payment
from planner.case.programme import Programme
from planner.case.quantities import Duration, FiscalYear, Money, Month, Rate
from planner.case.quantities.per_period import WORDS
from planner.case.timeline import Timeline
from planner.case.working_capital import has_working_capital
from planner.finance.property_tax import FIRST_YEAR_PART, LEFT_AFTER_LIFE
from planner.finance.working_capital import DAYS_PER_MONTH
from planner.reading.workbook.figures import UNITS
from planner.report.workbook.engine.functions import serial
from planner.vocabulary.aid import AIDS
from planner.vocabulary.message import Message, Text, fiscal_year, joined, price_unit, rate_unit, say, verbatim

NOT_READ = frozenset(
    ("rental", "low", "high", "floor_per_accelerator", "scenarios", "memory_bandwidth_tb_s", "weight", "name", "title")
)
"""Fields that orient the reader of a case file but that no rule reads."""
DEFINITION = "definition"
"""Source of a figure that no case can change."""


@dataclass(frozen=True)
class InputFigure:
    """One figure of the case, as Inputs shows it."""

    path: str
    label: Message
    unit: Text
    value: float | tuple[float | None, ...]
    """A number; for a figure that changes with time, one for each period, None before its first step."""
    source: str
    currency: str = ""
    written: Message | None = None
    """How the case file writes it, where the value is another one: '26 weeks' for 6 months."""


def systems_in_use(case: Case) -> list[str]:
    """Systems that the case can buy or has; the catalogue may hold more."""
    used = {offer.system for offer in case.offers.values()}
    used |= {fleet.system for site in case.sites.values() for fleet in site.fleet}
    return [name for name in case.systems if name in used]


def path_words(path: str) -> Message:
    """A path of the case file that has no label of its own, as people read it."""
    return verbatim(path.replace(".", " › ").replace("_", " "))


def figures_by_path(case: Case) -> dict[str, InputFigure]:
    """Every figure of the Inputs sheet by its path in the case file."""
    return {figure.path: figure for section in input_figures(case, {}).values() for figure in section}


def input_figures(case: Case, sources: dict[str, str]) -> dict[str, list[InputFigure]]:
    """All figures by section of the Inputs sheet; ``sources`` gives the source of a path where one is known."""
    walk = _Walk(case, sources)
    used = {name: case.systems[name] for name in systems_in_use(case)}
    return {
        "Constants": _constants(case),
        "Calendar and objective": [
            *walk.group("calendar", case.calendar),
            InputFigure(
                "calendar.period",
                say("calendar: {what}", what=say("months in a period")),
                "months",
                case.calendar.months_per_period,
                "",
            ),
            *walk.group("objective", case.objective),
        ],
        "Finance": list(walk.group("finance", case.finance)),
        "Systems": list(walk.group("systems", used)),
        "Offers": list(walk.group("offers", case.offers)),
        "Sites": list(walk.group("sites", case.sites)),
        "Expansions": list(walk.group("expansions", case.expansions)),
        "Workloads": list(walk.group("workloads", case.workloads)),
        "Programmes": list(walk.group("programmes", case.programmes)),
        **({} if case.frozen is None else {"What is frozen": list(walk.group("frozen", case.frozen))}),
        "Supply chain": list(walk.group("supply_chain_limits", case.supply_chain_limits)),
    }


def _constants(case: Case) -> list[InputFigure]:
    statutory = any(tax.valuation == "japan" for tax in case.finance.property_taxes.values())
    credit = say("days of credit in a month")
    on_credit = [InputFigure("constants.days_of_credit", credit, "days", float(DAYS_PER_MONTH), DEFINITION)]
    return [
        *(on_credit if has_working_capital(case) else []),
        InputFigure("constants.hours_per_day", say("hours in a day"), "hours", 24.0, DEFINITION),
        InputFigure(
            "constants.per_thousand", say("TFLOPS in a PFLOPS, PFLOPS in an EFLOPS"), "ratio", 1000.0, DEFINITION
        ),
        *(_of_property_tax() if statutory else ()),
    ]


def _of_property_tax() -> Iterator[InputFigure]:
    label = say("property tax: part of a year's reduction at the first assessment")
    yield InputFigure("constants.first_year_part", label, "share", FIRST_YEAR_PART, DEFINITION)
    label = say("property tax: share of a cost that the reduction rate leaves after the life")
    yield InputFigure("constants.left_after_life", label, "share", LEFT_AFTER_LIFE, DEFINITION)


class _Walk:
    """Goes through the case and turns what it finds into figures."""

    def __init__(self, case: Case, sources: dict[str, str]) -> None:
        self.case = case
        self.sources = sources

    def group(self, path: str, value: object) -> Iterator[InputFigure]:
        yield from self._visit(FigurePlace(path), value, path, None, "")

    def _visit(
        self, at: FigurePlace, value: object, field: str, parent: BaseModel | None, source: str
    ) -> Iterator[InputFigure]:
        if isinstance(value, Timeline):
            yield from self._timeline(at, value, field, parent, source)
        elif isinstance(value, Duration | Money | Rate | Month | bool | int | float):
            yield self._figure(at, value, field, parent, source)
        elif isinstance(value, BaseModel):
            own = getattr(value, "source", "") or source
            for name, info in type(value).model_fields.items():
                if name not in NOT_READ and _matters(value, name):
                    yield from self._visit(at.field(info.alias or name), getattr(value, name), name, value, own)
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from self._visit(at.named(key), item, field, parent, source)
                if isinstance(key, Month):
                    yield self._figure(at.named(key).field("month"), key, field, parent, source)
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from self._visit(at.named(position), item, field, parent, source)

    def _figure(self, at: FigurePlace, value: object, field: str, parent: BaseModel | None, source: str) -> InputFigure:
        number, unit, currency, written = _number(value, field, parent)
        path = at.path
        if path.startswith("finance.exchange_rates."):
            unit = rate_unit(currency, path.split(".")[2])
        if field == "available":
            unit = f"{unit} per {WORDS[self.case.calendar.period]}"
        return InputFigure(path, at.label, unit, number, self._source(path) or source, currency, written)

    def _timeline(
        self, at: FigurePlace, timeline: Timeline[object], field: str, parent: BaseModel | None, source: str
    ) -> Iterator[InputFigure]:
        values = [timeline.at(start) for start in self.case.calendar.starts]
        sample = next((value for value in values if value is not None), timeline.values()[0])
        figure = self._figure(at, sample, field, parent, source)
        units = {(getattr(value, "currency", ""), getattr(value, "per", "")) for value in timeline.values()}
        if len(units) > 1:
            raise ValueError(f"{at.path}: one figure over time in two currencies or units cannot be laid in one row")
        if timeline.is_constant:
            yield figure
        else:
            over_time = [None if value is None else _number(value, field, parent)[0] for value in values]
            yield replace(figure, value=tuple(over_time))

    def _source(self, path: str) -> str:
        """The source that the reader recorded for a path or for the nearest group around it."""
        while path:
            if self.sources.get(path):
                return self.sources[path]
            path = path.rpartition(".")[0]
        return ""


def _matters(noun: BaseModel, field: str) -> bool:
    """Whether a field means anything: some do only for programmes of one kind, or in place of others."""
    if isinstance(noun, Payment):
        return field != "at_order" or not noun.instalments
    if not isinstance(noun, Programme):
        return True
    return not any(field in aid.own_fields for aid in AIDS.values() if aid is not noun.aid)


def _number(value: object, field: str, parent: BaseModel | None) -> tuple[float, Text, str, Message | None]:
    """A value as a number, with its unit, its currency, and how it is written where that differs."""
    if isinstance(value, Month):
        return serial(first_day(value)), "date", "", None
    if isinstance(value, Duration):
        return float(value.months), "months", "", None if value.unit == "month" else _written(value)
    if isinstance(value, Money):
        return value.amount, value.currency, value.currency, None
    if isinstance(value, Rate):
        return value.amount, price_unit(value.currency, value.per), value.currency, None
    assert isinstance(value, bool | int | float)
    unit = getattr(parent, "metric", "") if field in ("amount", "floor") else UNITS[field]
    return float(value), unit.replace("_", " "), "", None


BY_GROUP = {
    "systems": "system {name}: {what}",
    "offers": "offer {name}: {what}",
    "sites": "site {name}: {what}",
    "expansions": "expansion {name}: {what}",
    "workloads": "workload {name}: {what}",
    "programmes": "programme {name}: {what}",
}
"""What is said of a field of a noun that the user named, by the group of the case file."""


@dataclass(frozen=True)
class FigurePlace:
    """Where a figure stands: its path in the case file, and what is said of each of its keys."""

    path: str
    words: tuple[str | Message, ...] = ()
    """Fields as words of the program, names and positions as they are; without the group."""

    def field(self, name: str) -> FigurePlace:
        """A field below it."""
        return FigurePlace(f"{self.path}.{name}", (*self.words, self._word(name)))

    def _word(self, name: str) -> Message:
        """What a field is called; a rate has another word for each of what it is a rate of, in other languages."""
        if name == "rate" and self.path.startswith(("finance.tax", "finance.property_taxes.")):
            return say("rate{of_tax}", of_tax="")
        if name == "rate" and self.path.startswith("finance.loans."):
            return say("rate{of_interest}", of_interest="")
        return say(name.replace("_", " "))

    def named(self, key: object) -> FigurePlace:
        """What the user calls so below it, or what has this position, or a fiscal year."""
        words: str | Message = fiscal_year(key.number) if isinstance(key, FiscalYear) else str(key)
        if isinstance(key, int):
            words = say("number {position}", position=key + 1)
        return FigurePlace(f"{self.path}.{key}", (*self.words, words))

    @property
    def label(self) -> Message:
        """The path in plain words.

        >>> str(FigurePlace("sites").named("ishikari").field("energy_price").label)
        'site ishikari: energy price'
        """
        group = self.path.split(".", 1)[0]
        if group in BY_GROUP:
            return say(BY_GROUP[group], name=self.words[0], what=joined(self.words[1:], ", "))
        return say(f"{group.replace('_', ' ')}: {{what}}", what=joined(self.words, ", "))


def _written(value: Duration) -> Message:
    """How the case file writes a duration."""
    count = int(value.value) if value.value == int(value.value) else value.value
    unit = value.unit if value.value == 1 else f"{value.unit}s"
    return say("written as {duration}", duration=say(f"{{count}} {unit}", count=str(count)))
