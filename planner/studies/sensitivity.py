"""Sensitivity: every lever of a case alone, lower and higher: the plan held there, and another plan made there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from planner.case.quantities import Size
from planner.errors import InputError, NoPlanError, NoProofError
from planner.futures.figures import CannotChangeError, Change, figures_of
from planner.outcome import Outcome
from planner.outcome.sensitivity import Pull, Sensitivity, Side
from planner.reading.case.file import Reading
from planner.reading.case.overrides import NoSuchPathError
from planner.reading.tree.nodes import path_text
from planner.studies.held_plans import AS_PLANNED, Figures, HeldPlan, Holder
from planner.studies.jobs import Record
from planner.vocabulary.message import Message, Part, say

FACTOR = 0.1
"""By how much prices, rates of exchange and demand are lower and higher, as a share."""
POINTS = 0.01
"""By how much rates of interest are, a year."""
SUBSIDY_POINTS = 0.05
"""By how much the rate of a programme is."""
MONTHS = 3
"""How much later suppliers deliver and grants are paid."""
ADDED, VALUE = "value_added", "npv"
"""Names of the figures that are told: what the plan adds, else what it is worth."""


@dataclass(frozen=True)
class Lever:
    """Figures that move together, and how: the change on either side, None where there is none."""

    name: Message
    paths: tuple[str, ...]
    low: tuple[Message, Change] | None
    high: tuple[Message, Change] | None


@dataclass(frozen=True)
class Steps:
    """How far levers are moved; nothing of all of them is the plan itself."""

    factor: float = FACTOR
    points: float = POINTS
    subsidy_points: float = SUBSIDY_POINTS
    months: int = MONTHS


STEPS = Steps()


@dataclass(frozen=True)
class Ways:
    """How a plan is held and made anew, handed down by the command."""

    hold: Holder
    figures: Figures
    bridge_rate: float
    time_limit: float
    replan: Callable[[Reading], Outcome] | None = None
    """Makes another plan; without it none is made."""
    stage: Callable[[str], None] = lambda _: None
    """Told before each plan."""


def levers_of(reading: Reading, steps: Steps = STEPS) -> Iterator[Lever]:
    """The levers that a case has, by what it states itself."""
    yield from _of_prices(reading, steps)
    yield from _of_rates(reading, steps)
    yield from _of_dates(reading, steps)


def _of_prices(reading: Reading, steps: Steps) -> Iterator[Lever]:
    case = reading.case
    prices = [("workloads", name, "price") for name in case.workloads]
    by_system = [
        ("workloads", name, "price_by_system", system)
        for name, one in case.workloads.items()
        for system in one.price_by_system
    ]
    yield from _times(reading, steps, say("prices of work"), *prices, *by_system)
    yield from _times(reading, steps, say("demand"), *(("workloads", name, "amount") for name in case.workloads))
    for code in case.finance.exchange_rates:
        rate = ("finance", "exchange_rates", code)
        yield from _times(reading, steps, say("exchange rate of {code}", code=code), rate)
    yield from _times(reading, steps, say("energy prices"), *(("sites", name, "energy_price") for name in case.sites))
    own = [("offers", name, "price") for name in case.offers]
    unpriced = dict.fromkeys(offer.system for offer in case.offers.values() if offer.price is None)
    usual = [("systems", name, "price", "typical") for name in unpriced]
    yield from _times(reading, steps, say("prices of systems"), *own, *usual)


def _of_rates(reading: Reading, steps: Steps) -> Iterator[Lever]:
    case = reading.case
    for name in case.programmes:
        paid = ("programmes", name, "rate")
        yield from _plus(reading, steps.subsidy_points, say("rate of {programme}", programme=name), paid)
    loans = [("finance", "loans", name, "rate") for name in case.finance.loans]
    yield from _plus(reading, steps.points, say("interest on loans"), *loans)
    yield from _plus(reading, steps.points, say("discount rate"), ("finance", "discount_rate"))


def _of_dates(reading: Reading, steps: Steps) -> Iterator[Lever]:
    case = reading.case
    own = [("offers", name, "lead_time") for name in case.offers]
    untimed = dict.fromkeys(offer.system for offer in case.offers.values() if offer.lead_time is None)
    usual = [("systems", name, "lead_time", "typical") for name in untimed]
    yield from _later(reading, steps, say("lead times of systems"), *own, *usual)
    blocks = [("expansions", name, "lead_time") for name in case.expansions]
    yield from _later(reading, steps, say("lead times of blocks"), *blocks)
    for name in case.programmes:
        lag = ("programmes", name, "payment_lag")
        yield from _later(reading, steps, say("payment by {programme}", programme=name), lag)


def sensitivity(reading: Reading, outcome: Outcome, ways: Ways, steps: Steps = STEPS) -> Sensitivity:
    """Moves every lever of a case alone, and holds the plan there.

    Args:
        reading: the case. outcome: its plan. ways: how plans are held and made. steps: how far levers are moved.

    Raises:
        AuditError: the audit does not agree with a plan, which is a defect of the program.
    """
    planned = ways.figures(outcome)
    figure = ADDED if ADDED in planned["figures"] else VALUE
    value = float(planned["figures"][figure])
    run = _Run(reading, outcome, ways, figure, planned)
    pulls = []
    for lever in levers_of(reading, steps):
        low, high = (None if side is None else run.side(lever, *side) for side in (lever.low, lever.high))
        if low is not None or high is not None:
            pulls.append(Pull(lever.name, lever.paths, low, high))
    pulls.sort(key=lambda pull: -pull.span(value))
    return Sensitivity(figure, value, tuple(pulls), ways.replan is not None)


def changes_of(reading: Reading, paths: tuple[str, ...], change: Change) -> dict[str, Any]:
    """What a change makes of the figures at some paths; those that stay as they are are left out."""
    start = int(reading.calendar.start)
    found = {path: figure.after([[(start, change)]]) for path, figure in figures_of(reading, paths).items()}
    return {path: value for path, value in found.items() if value is not None}


@dataclass(frozen=True)
class _Run:
    """What the sides of all levers share."""

    reading: Reading
    outcome: Outcome
    ways: Ways
    figure: str
    planned: dict[str, Any]
    """Figures of the plan itself."""

    def side(self, lever: Lever, words: Message, change: Change) -> Side | None:
        """The plan with a lever on one side; None where the case cannot be so."""
        reading = self.reading
        changes = changes_of(reading, lever.paths, change)
        try:
            record = self._held(lever, changes)
        except InputError:
            return None  # such as a rate below nothing
        held, message = record.get("figures", {}), str(record.get("message", ""))
        best = None
        if self.ways.replan is not None:
            self.ways.stage(str(lever.name))
            there = reading.with_(changes, name=reading.scenario)
            try:
                is_as_planned = there.input_hash == reading.input_hash
                best = self.outcome.npv if is_as_planned else self.ways.replan(there).npv
            except (NoPlanError, NoProofError) as answer:
                message = str(answer).splitlines()[0]
        if best is not None and self.figure == ADDED:
            nothing = held.get("value_of_doing_nothing")
            best = None if nothing is None else best - nothing
        return Side(words, held.get(self.figure), tuple(record.get("broken", ())), best, message)

    def _held(self, lever: Lever, changes: dict[str, Any]) -> Record:
        self.ways.stage(str(lever.name))
        record = HeldPlan(
            name=self.reading.scenario,
            base=self.reading,
            changes=changes,
            planned=self.outcome.decisions,
            hold=self.ways.hold,
            figures=self.ways.figures,
            bridge_rate=self.ways.bridge_rate,
            time_limit=self.ways.time_limit,
        ).answer()
        return self.planned if record == AS_PLANNED else record


def _stated(reading: Reading, paths: tuple[tuple[str, ...], ...], change: Change) -> tuple[str, ...]:
    """The paths at which the case states something that can change so."""
    found = []
    for path in map(path_text, paths):
        try:
            changes_of(reading, (path,), change)
        except (NoSuchPathError, CannotChangeError):
            continue
        found.append(path)
    return tuple(found)


def _times(reading: Reading, steps: Steps, name: Message, *paths: tuple[str, ...]) -> Iterator[Lever]:
    share = f"{steps.factor * 100:g}"
    low, high = (1.0 - steps.factor, 1.0 + steps.factor)
    if stated := _stated(reading, paths, ("factor", high)):
        yield Lever(
            name,
            stated,
            (say("{number} % less", number=share), ("factor", low)),
            (say("{number} % more", number=share), ("factor", high)),
        )


def _plus(reading: Reading, points: float, name: Message, *paths: tuple[str, ...]) -> Iterator[Lever]:
    shown: Part = f"{points * 100:g}"
    less, more = "{points} points less", "{points} points more"
    if shown == "1":
        less, more = "{points} point less", "{points} point more"
    if stated := _stated(reading, paths, ("addition", Size(points, ""))):
        yield Lever(
            name,
            stated,
            (say(less, points=shown), ("addition", Size(-points, ""))),
            (say(more, points=shown), ("addition", Size(points, ""))),
        )


def _later(reading: Reading, steps: Steps, name: Message, *paths: tuple[str, ...]) -> Iterator[Lever]:
    change: Change = ("addition", Size(float(steps.months), "month"))
    if stated := _stated(reading, paths, change):
        yield Lever(name, stated, None, (say("{months} months later", months=str(steps.months)), change))
