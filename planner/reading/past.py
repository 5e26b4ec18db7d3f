"""What has happened up to a month, as the actuals beside a plan say it; what cannot have happened is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from planner.case.case import Case
from planner.case.quantities import Month
from planner.case.words import listed, spelling_hint
from planner.errors import Fault, InputError, Place
from planner.reading.actuals.file import Actuals, Entry
from planner.reading.actuals.layout import AS_OF, DRAWN, PLAN, REPAID
from planner.reading.contracts import Bought
from planner.reading.workbook.earlier import EarlierPlan
from planner.vocabulary.cash_lines import CASH_LINES


@dataclass(frozen=True)
class Past:
    """What has happened up to a month, as the actuals say it."""

    plan: EarlierPlan
    actuals: Actuals
    as_of: Month
    bought: tuple[Bought, ...]
    """Orders and blocks, as they came or are to come."""
    planned: tuple[Bought, ...]
    """The same, coming as planned."""

    @property
    def entries(self) -> Mapping[str, tuple[Entry, ...]]:
        """The rows of the actuals by sheet."""
        return self.actuals.entries


def past_of(plan: EarlierPlan, actuals: Actuals, as_of: Month) -> Past:
    """The past that actuals tell of a plan.

    Raises:
        InputError: they belong to another plan, or say something that cannot have happened by then; all of it at once.
    """
    case, faults = plan.reading.case, list[Fault]()
    front = actuals.places
    if actuals.plan != plan.fingerprint:
        found = f"they were written for another plan, and not for {plan.path.name}"
        remedy = f"write them anew: plan template actuals.xlsx --actuals {plan.path} --as-of {as_of}"
        faults.append(Fault(front.get(PLAN, Place(str(actuals.path))), PLAN, found, "the actuals of this plan", remedy))
    if actuals.as_of is not None and actuals.as_of != as_of:
        found, remedy = f"{actuals.as_of} stands there, and {as_of} was asked for", f"take --as-of {actuals.as_of}"
        faults.append(Fault(front.get(AS_OF, Place(str(actuals.path))), AS_OF, found, "one date", remedy))
    if as_of not in case.calendar.starts[1:]:
        allowed = f"the first month of a period, from {case.calendar.starts[min(1, case.calendar.periods - 1)]} on"
        faults.append(Fault(Place("--as-of"), "", f"no period of the plan starts in {as_of}", allowed))
    if faults:
        raise InputError(faults)
    faults += _dates(case, actuals, as_of)
    faults += _names(case, actuals)
    if faults:
        raise InputError(faults)
    return Past(plan, actuals, as_of, tuple(_bought(case, actuals, "")), tuple(_bought(case, actuals, " as planned")))


def _dates(case: Case, actuals: Actuals, as_of: Month) -> Iterator[Fault]:
    """Everything that is told has begun before the date."""
    for sheet, entries in actuals.entries.items():
        for entry in entries if sheet != "Changes" else ():
            month = entry.month("month")
            if month is not None and month >= as_of:
                remedy = "leave it out: what begins then is planned anew"
                yield Fault(entry.places["month"], "month", f"{month} is not before {as_of}", "", remedy)
            received = entry.month("received")
            if received is not None and received >= case.calendar.end:
                found, remedy = f"{received} is after the horizon", "a grant that comes later gets a zero: money 0"
                yield Fault(entry.places["received"], "received", found, f"before {case.calendar.end}", remedy)
            for header in ("delivered", "ready"):
                comes = entry.month(header)
                if comes is not None and month is not None and comes < month:
                    yield Fault(
                        entry.places[header], header, f"{comes} is before the order of {month}", "a later month"
                    )


def _names(case: Case, actuals: Actuals) -> Iterator[Fault]:
    """Names that the plan does not have, each with its own cell, and together with dates that are wrong."""
    known: tuple[tuple[str, str, Collection[str]], ...] = (
        ("Orders", "offer", case.offers),
        ("Orders", "site", case.sites),
        ("Blocks", "expansion", case.expansions),
        ("Exits", "site", case.sites),
        ("Claims", "programme", case.programmes),
        ("Loans", "loan", case.finance.loans),
        ("Grants", "programme", case.programmes),
        ("Cash flow", "line", CASH_LINES),
        ("Loans", "what", (DRAWN, REPAID)),
    )
    for sheet, header, names in known:
        for entry in actuals.entries[sheet]:
            if sheet == "Cash flow" and entry.text(header) == "grants" and entry.number("money") is not None:
                found, remedy = "grants are told on the sheet Grants", "fill them in there, and leave this cell empty"
                yield Fault(entry.places["money"], "money", found, "an empty cell", remedy)
            if entry.text(header) not in names:
                found = f"'{entry.text(header)}' is no {header} of the plan"
                hint = spelling_hint(entry.text(header), names)
                yield Fault(entry.places[header], header, found, listed(names), hint)


def _bought(case: Case, actuals: Actuals, which: str) -> Iterator[Bought]:
    """What was ordered and started, as it came, or as it was to come where that is asked for."""
    for sheet, name, count, comes in (
        ("Orders", "offer", "systems", "delivered"),
        ("Blocks", "expansion", "blocks", "ready"),
    ):
        for entry in actuals.entries[sheet]:
            month, number = entry.month("month"), entry.number(count) or 0.0
            then = entry.month(f"{comes}{which}") or entry.month(comes)
            if then is None and month is not None:
                then = month.plus(_lead_months(case, entry.text(name)))
            if month is not None and number:
                place = entry.places[count]
                yield Bought(entry.text(name), entry.text("site"), month, int(number), then or month, place)


def _lead_months(case: Case, name: str) -> int:
    """How long after its order something comes of which nobody says when it came."""
    if name in case.expansions:
        return case.expansions[name].lead_time.months
    offer = case.offers.get(name)
    lead = None if offer is None else offer.effective_lead_time(case.systems[offer.system])
    return 0 if lead is None else lead.months
