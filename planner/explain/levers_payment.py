"""Levers on the dates of instalments: what is bought could be paid for later."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.offer import PriceInstalment
from planner.coefficients.records import Due
from planner.explain.figure import Figure, Path, step_path
from planner.explain.lever import Entry, Ground, Lever
from planner.model.linear import Column, LinearExpression
from planner.vocabulary.constraints.money import CAPEX_LIMIT, CASH_BALANCE, MINIMUM_CASH
from planner.vocabulary.keys import CashPoint


def instalments(ground: Ground) -> Iterator[Lever]:
    """Each instalment could come later: an advance on delivery, any other one at the end of the horizon."""
    for path, parts, bought in _bought(ground):
        for number, one in enumerate(parts):
            own: Path = (*path, "payment", "instalments", str(number))
            by_month: dict[int, LinearExpression] = {}
            for column, payments in bought:
                due = payments[number]
                if due.month < len(ground.case.calendar.months):
                    by_month.setdefault(due.month, LinearExpression()).add_term(column, due.amount)
            for month, paid in sorted(by_month.items()):
                yield _later(ground, own, path[1], one, month, paid)


def _bought(ground: Ground) -> Iterator[tuple[Path, tuple[PriceInstalment, ...], list[tuple[Column, tuple[Due, ...]]]]]:
    """What is paid in instalments: where it stands in the case, and what one unit of each decision costs in parts."""
    case, coefficients, decide = ground.case, ground.coefficients, ground.sums.decide
    for name, offer in case.offers.items():
        if offer.payment.instalments:
            of_offer = [(key, column) for key, column in decide.order.items() if key.name == name]
            share = 1 + coefficients.offers.additions_share[name]
            prices = [(column, coefficients.offers.payments[name, key.period]) for key, column in of_offer]
            bought = [(column, tuple(Due(m, share * a) for m, a in payments)) for column, payments in prices]
            yield ("offers", name), offer.payment.instalments, bought
    for name, expansion in case.expansions.items():
        if expansion.payment.instalments:
            starts = [(key, column) for key, column in decide.expand.items() if key.expansion == name]
            blocks = [(column, coefficients.blocks.payments[key]) for key, column in starts]
            yield ("expansions", name), expansion.payment.instalments, blocks


def _later(ground: Ground, path: Path, name: str, one: PriceInstalment, month: int, paid: LinearExpression) -> Lever:
    calendar, advance = ground.case.calendar, one.advance.months
    share = f"{one.share * 100:.4g} %"
    entries = [*_paid(ground, month, -1.0)]
    if advance:
        words = f"{name} asks for {share} {one.advance} before delivery"
        figure = Figure((*path, "advance"), float(advance), "months", -1, most=float(advance))
        entries += _paid(ground, month + advance, 1.0)
    else:
        when = f"{one.lag} after" if one.lag.months else ("with" if one.event == "order" else "on")
        words = f"{name} asks for {share} {when} {'the order' if one.event == 'order' else 'delivery'}"
        figure = Figure((*path, "lag"), float(one.lag.months), "months", 1, most=float(len(calendar.months)))
        entries += _owed(ground)
    return Lever(figure.path, words, tuple(entries), (calendar.period_of(month),), figure, exact=False, within=paid)


def _paid(ground: Ground, month: int, sign: float) -> Iterator[Entry]:
    """Rows that feel a payment at the start of a month; one after the horizon is owed at its end."""
    calendar = ground.case.calendar
    if month >= len(calendar.months):
        yield from _owed(ground)
        return
    yield CASH_BALANCE, (CashPoint(calendar.months[month]),), sign
    yield CAPEX_LIMIT, (ground.fiscal_year(calendar.period_of(month)),), sign


def _owed(ground: Ground) -> Iterator[Entry]:
    """What is paid after the horizon has to be there at its end."""
    yield MINIMUM_CASH, (CashPoint(ground.case.calendar.months[-1], at_end=True),), -1.0


def import_duties(ground: Ground) -> Iterator[Lever]:
    """Systems could come without duty: what of each payment is duty."""
    coefficients = ground.coefficients
    for name, offer in ground.case.offers.items():
        if not offer.import_duty:
            continue
        path: Path = ("offers", name, "import_duty")
        calendar, by_step = ground.case.calendar, dict[tuple[Path, float, int], LinearExpression]()
        for key, column in ground.sums.decide.order.items():
            ordered = calendar.starts[key.period]
            duty = offer.duty_at(ordered)
            if key.name != name or not duty:
                continue
            part = (1 + coefficients.offers.additions_share[name]) * duty / (1 + duty)
            where = step_path(offer.import_duty, path, ordered, calendar.starts[0])
            for due in coefficients.offers.payments[name, key.period]:
                if due.month < len(calendar.months):
                    step = by_step.setdefault((where, duty, due.month), LinearExpression())
                    step.add_term(column, part * due.amount)
        for (where, duty, month), paid in sorted(by_step.items()):
            figure = Figure(where, duty, "share", -1, most=duty)
            words = f"duty of {figure.text(duty)} is paid on the systems of {name}"
            about = (calendar.period_of(month),)
            yield Lever(path, words, tuple(_paid(ground, month, -1.0)), about, figure, exact=False, within=paid)
