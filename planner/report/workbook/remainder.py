"""End of the sheet Subsidies: whether real machines can be named for units that two programmes pay for.

Of what came with one order some units are claimed under both programmes, some under one of them, the rest under none.
None of these four numbers may fall below nothing, be it of those that stand or of those that leave.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.decisions import cohort_of
from planner.report.workbook.grid import Sheet
from planner.report.workbook.leaver_limits import last_that_matters, lay_counts
from planner.report.workbook.ledger import Ledger, at_site
from planner.report.workbook.placements import arrival_period
from planner.report.workbook.references import Now, Spot
from planner.report.workbook.terms import Literal, Term

GROUPS = ("neither", "later", "earlier", "both")
"""Claimed under neither of two programmes, only under the later one, only under the earlier one, under both."""


@dataclass(frozen=True)
class _Four:
    """Units of an investment by what is claimed for them, or of those that leave."""

    whole: Term
    later: Term
    earlier: Term
    both: Term

    def of(self, group: str) -> Term:
        """How many units one of the four groups has."""
        return {
            "neither": self.whole - self.later - self.earlier + self.both,
            "later": self.later - self.both,
            "earlier": self.earlier - self.both,
            "both": self.both,
        }[group]


def lay_remainder(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the four numbers of each investment, and of each lot that leaves."""
    both = ledger.choices.both
    if not both:
        return
    sheet.heading("Units that two programmes may pay for, by what is claimed for them")
    for programme, earlier, name, site in both:
        own = f"{programme}|{earlier}|{name}|{site}"
        four = _bought(ledger, programme, earlier, name, site)
        unit = "systems" if name in ledger.case.offers else "blocks"
        for group in GROUPS[:-1]:
            sheet.line(
                f"remainder|{group}|{own}", _words(group, programme, earlier), unit, subject=at_site(name, site),
                series=four.of(group), add_up=True,
            )  # fmt: skip
    if ledger.choices.leaving_both:
        sheet.heading("Systems that leave, by what is claimed for them; and of the lot, those that stay")
    for lot in ledger.choices.leaving_both:
        _leaving(ledger, sheet, *lot)


def remainder_keys(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Rows that may never fall below nothing: key, label and subject."""
    found = []
    for programme, earlier, name, site in ledger.choices.both:
        for group in GROUPS[:-1]:
            key = f"remainder|{group}|{programme}|{earlier}|{name}|{site}"
            found.append((key, f"units: {_words(group, programme, earlier)}", at_site(name, site)))
    for programme, earlier, name, site, t in ledger.choices.leaving_both:
        for group in GROUPS:
            own = f"{group}|{programme}|{earlier}|{name}|{site}|{t}"
            words = _words(group, programme, earlier)
            found += [
                (f"leaves|{own}", f"leave: {words}", at_site(name, site)),
                (f"stays|{own}", f"stay: {words}", at_site(name, site)),
            ]
    return found


def _words(group: str, programme: str, earlier: str) -> str:
    return {
        "neither": f"claimed under neither {programme} nor {earlier}",
        "later": f"claimed under {programme}, not under {earlier}",
        "earlier": f"claimed under {earlier}, not under {programme}",
        "both": f"claimed under {programme} and under {earlier}",
    }[group]


def _bought(ledger: Ledger, programme: str, earlier: str, name: str, site: str) -> _Four:
    bought = f"order|{name}|{site}" if name in ledger.case.offers else f"expand|{name}"
    return _Four(
        *(
            _decided(ledger, key)
            for key in (
                bought,
                f"claim|{programme}|{name}|{site}",
                f"claim|{earlier}|{name}|{site}",
                f"both|{programme}|{earlier}|{name}|{site}",
            )
        )
    )


def _decided(ledger: Ledger, key: str, t: int | None = None) -> Term:
    """What was decided; a row that is not there is nothing."""
    if key not in ledger.grid:
        return Literal(0)
    return Now(key) if t is None else Spot(key, t)


def _leaving(ledger: Ledger, sheet: Sheet, programme: str, earlier: str, offer: str, site: str, t: int) -> None:
    case, own = ledger.case, f"{programme}|{earlier}|{offer}|{site}"
    cohort = cohort_of(case.calendar.starts[arrival_period(case, offer, t)], offer)
    first = _Four(
        *(
            _decided(ledger, key, t)
            for key in (
                f"order|{offer}|{site}",
                f"claim|{programme}|{offer}|{site}",
                f"claim|{earlier}|{offer}|{site}",
                f"both|{own}",
            )
        )
    )
    gone = _Four(
        *(
            _decided(ledger, key)
            for key in (
                f"exit|{case.offers[offer].system}|{site}|{cohort}",
                f"leave|{programme}|{offer}|{site}|{t}",
                f"leave|{earlier}|{offer}|{site}|{t}",
                f"leave_both|{own}|{t}",
            )
        )
    )
    label, order = f"{offer} ordered {case.calendar.label(t)}", (offer, site, t)
    last = last_that_matters(ledger, (programme, earlier), order)
    counts = lay_counts(ledger, sheet, f"{own}|{t}", order, last)
    for group in GROUPS:
        words, key = _words(group, programme, earlier), f"{group}|{own}|{t}"
        sheet.line(
            f"leaves|{key}", f"{label}: leave, {words}", "systems", subject=at_site(offer, site), series=gone.of(group)
        )
        sheet.line(
            f"stays|{key}", f"{label}: stay, {words}", "systems", subject=at_site(offer, site),
            opening=first.of(group), series=Now(f"stays|{key}", -1) - Now(f"leaves|{key}") * Now(counts),
            note="before - leave, while it matters",
        )  # fmt: skip
