"""Levers on the dates of grants: when they are paid, and what goes back of them when systems leave."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.programme import Milestone, Programme
from planner.explain.figure import Figure, Path
from planner.explain.lever import Entry, Ground, Lever
from planner.explain.levers_cash import cash_at_end
from planner.model.linear import LinearExpression
from planner.vocabulary.constraints.awards import YEAR_CAP
from planner.vocabulary.constraints.money import PROFIT


def grants(ground: Ground) -> Iterator[Lever]:
    """Payment on the day of the event, and nothing that goes back."""
    for name, programme in ground.case.programmes.items():
        if programme.aid.is_paid_out:
            yield from _payments(ground, name)
            yield from _clawback(ground, name)


def _payments(ground: Ground, name: str) -> Iterator[Lever]:
    """Each part of a grant could be paid at once, at the order or on delivery, instead of later."""
    for path, part, words in _parts(name, ground.case.programmes[name]):
        figure = Figure(path, float(part.lag.months), "months", -1, most=float(part.lag.months))
        for (early, late), paid in _between(ground, name, part).items():
            entries = [*_paid(ground, name, early, -1.0), *_paid(ground, name, late, 1.0)]
            about = (ground.case.calendar.period_of(early),)
            yield Lever(path, words, tuple(entries), about, figure, exact=False, within=paid, priced_anew=True)


def _parts(name: str, programme: Programme) -> list[tuple[Path, Milestone, str]]:
    """Where each part of a grant is described, and what is said of it."""
    if not programme.milestones:
        whole = Milestone(share=1.0, lag=programme.payment_lag)
        words = f"{name} pays {programme.payment_lag} after delivery"
        return [(("programmes", name, "payment_lag"), whole, words)]
    return [
        (
            ("programmes", name, "milestones", str(number), "lag"),
            part,
            f"{name} pays {part.share * 100:.4g} % of the grant {part.lag} after {_event(part)}",
        )
        for number, part in enumerate(programme.milestones)
    ]


def _event(part: Milestone) -> str:
    return "the order" if part.event == "order" else "delivery"


def _between(ground: Ground, name: str, part: Milestone) -> dict[tuple[int, int], LinearExpression]:
    """What a part comes to, by the month of its event and the later one in which it is paid."""
    calendar, found = ground.case.calendar, dict[tuple[int, int], LinearExpression]()
    for piece in ground.sums.pieces.of_programme.get(name, []):
        event = piece.investment.period if part.event == "order" else ground.coefficients.units.ready[piece.investment]
        early = calendar.months_of(event)[0]
        late = early + part.lag.months
        if late > early:
            found.setdefault((early, late), LinearExpression()).add_term(piece.units, part.share * piece.amount)
    return found


def _paid(ground: Ground, name: str, month: int, sign: float) -> Iterator[Entry]:
    """Rows that feel a payment of a grant in a month; none after the horizon. A sign of -1 brings money in."""
    calendar = ground.case.calendar
    if month >= len(calendar.months):
        return
    year = ground.fiscal_year(calendar.period_of(month))
    yield cash_at_end(ground, month, sign)
    yield YEAR_CAP, (name, year), -sign
    if ground.case.finance.asset_grants == "income":
        yield PROFIT, (year,), sign


def _clawback(ground: Ground, name: str) -> Iterator[Lever]:
    """Grants on systems that leave before the retention ends could stay where they are."""
    programme = ground.case.programmes[name]
    if programme.early_exit == "forbidden":
        return
    back: dict[int, LinearExpression] = {}
    for piece in ground.sums.pieces.of_programme.get(name, []):
        for month, exits, amount in piece.clawbacks(ground.coefficients):
            back.setdefault(month, LinearExpression()).add_term(exits, amount)
    path, months = ("programmes", name, "retention"), float(programme.retention.months)
    what = "the whole grant" if programme.early_exit == "repay_all" else "the rest of the grant"
    words = f"what leaves before {programme.retention} are over gives {what} of {name} back"
    figure = Figure(path, months, "months", -1, most=months - 1)  # no time at all would not go with an early exit
    for month, within in sorted(back.items()):
        t = ground.case.calendar.period_of(month)
        entries = (cash_at_end(ground, month, -1.0), (PROFIT, (ground.fiscal_year(t),), -1.0))
        yield Lever(path, words, entries, (t,), figure, exact=False, within=within)
