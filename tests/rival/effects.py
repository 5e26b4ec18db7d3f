"""What a decision does to cash, profit and balances."""

from __future__ import annotations

import numpy as np

from planner.case.finance import Loan
from tests.rival import owners, pieces
from tests.rival.books import Books
from tests.rival.effect import Column, Effect
from tests.rival.figures import Purchase
from tests.rival.moments import OPEN
from tests.rival.passed_on import settle
from tests.rival.whole import WholePlan


def of_whole_numbers(plan: WholePlan) -> Effect:
    """What the whole numbers of a plan do, loans outstanding at the start included."""
    figures: Books = plan.figures
    effect = Effect.nothing(figures)
    effect.terminal, effect.left_to_pay = plan.terminal_value, plan.left_to_pay
    for line, amounts in plan.lines.items():
        effect.pay_late(figures, line, amounts, figures.paid_late(line))
    settle(figures, effect)
    effect.add(open_before(figures), 1.0)
    for vintage, units in plan.arrivals.items():
        asset, standing = figures.assets[vintage], float(units)
        gone = np.zeros(len(figures.starts))
        for (*leaving, t), left in plan.decisions.exit.items():
            gone[t] += left if tuple(leaving) == vintage else 0
        stands = np.where(np.arange(len(gone)) >= asset.ready, standing - gone.cumsum(), 0.0)
        _write_off(effect, asset.cost, asset.left, stands, gone)
    for key, units in plan.decisions.expand.items():
        asset, retires = figures.block_assets[key], books_end(figures, figures.blocks[key])
        edges = np.array(figures.periods)
        stands = np.where((edges >= asset.ready) & (edges < retires), float(units), 0.0)
        _write_off(effect, asset.cost, asset.left, stands, np.where(edges == retires, float(units), 0.0))
    for m, amount in figures.tax_of_year_before:
        _settle(figures, effect, m, amount)
    for loan in figures.case.finance.loans.values():
        owed = figures.money(loan.outstanding, 0)
        effect.add(owed_from(figures, loan, 0), owed)
        effect.add(on_standby_from(figures, loan, 0), figures.money(loan.limit, 0))
        effect.add(on_standby_from(figures, loan, 0, owed=True), -owed)
    there = figures.money(figures.case.finance.opening_cash, 0)
    return earning(figures, effect, there, owners_put_in(figures))


def books_end(figures: Books, block: Purchase) -> int:
    """The period in which what is left of a block is written off since it retires."""
    return figures.retires(block)


def on_standby_from(figures: Books, loan: Loan, first: int, *, less: float = 0.0, owed: bool = False) -> Effect:
    """One unit of money that may be drawn from the start of a period on, or that is owed and so may not: then it grows
    by the interest that is added to it, and part of that may be left out."""
    effect = Effect.nothing(figures)
    for t in range(first, len(figures.starts)):
        counted = figures.grown(loan, first, t) - less if owed else 1.0
        over = figures.moments.over("commitment_fees", t, counted * figures.on_standby(loan, t))
        effect.pay(figures, "commitment_fees", over)
    return effect


def open_before(figures: Books) -> Effect:
    """What was sold or bought before the horizon is paid in its month, and is left at the end where that is later."""
    effect, terms = Effect.nothing(figures), figures.case.finance.working_capital
    for line, amounts in (
        () if terms is None else ((OPEN[1], terms.opening_receivables), (OPEN[-1], terms.opening_payables))
    ):
        for month, money in amounts.items():
            m = figures.moments.number(month)
            amount = figures.money(money, min(figures.moments.period_of(m), figures.last))
            if m in figures.moments.months:
                effect.pay(figures, line, -figures.moments.at(line, m, amount))
            elif line == OPEN[1]:
                effect.owed_by_customers += amount
            else:
                effect.owed_to_suppliers += amount
    for month, money in (terms.opening_prepayments if terms is not None else {}).items():
        m = figures.moments.number(month)
        amount = figures.money(money, min(figures.moments.period_of(m), figures.last))
        if m in figures.moments.months:
            line = "prepayments_increase"
            effect.pay(figures, line, -figures.moments.at(line, m, amount))
        else:
            effect.owed_to_suppliers += amount
    return effect


def owners_put_in(figures: Books) -> np.ndarray:
    """Money from the owners by moment: it comes at the start of its month."""
    moments = figures.moments
    moved = np.zeros(moments.count)
    for month, amount in figures.case.finance.funding.items():
        m = moments.number(month)
        if m in moments.months:
            moved += moments.at("funding", m, figures.money(amount, moments.period_of(m)))
    return moved


def earning(figures: Books, effect: Effect, there: float = 0.0, put_in: np.ndarray | None = None) -> Effect:
    """The same effect with the interest that its cash earns from month to month, or that is lost where it takes some.

    What the start of a month leaves earns at its end, and stays.
    """
    earned, balance = np.zeros(figures.moments.count), there
    moved = effect.cash if put_in is None else effect.cash + put_in
    for m in figures.moments.months:
        balance += moved[2 * m]
        earned[2 * m + 1] = figures.on_cash(m) * balance
        balance += moved[2 * m + 1] + earned[2 * m + 1]
    if earned.any():
        effect.pay(figures, "interest_on_cash", earned)
    return effect


def _write_off(effect: Effect, cost: float, left: np.ndarray, stands: np.ndarray, gone: np.ndarray) -> None:
    """Books what stands at each period's end and leaves at each period's start."""
    effect.charge("depreciation", cost * (left[:-1] - left[1:]) * stands)
    effect.charge("written_off", cost * left[:-1] * gone)
    effect.assets = effect.assets + cost * left[1:] * stands


def owed_from(figures: Books, loan: Loan, first: int) -> Effect:
    """One unit of money that is owed from the start of a period on: debt and its interest, paid or added to it."""
    effect, over = Effect.nothing(figures), figures.moments.over
    for t in range(first, len(figures.starts)):
        owed = figures.grown(loan, first, t)
        effect.debt[t] = figures.grown(loan, first, t + 1)
        effect.pay(figures, "interest", over("interest", t, owed * figures.interest(loan, t)))
        effect.pay(
            figures, "interest_capitalised", over("interest_capitalised", t, owed * figures.added_interest(loan, t))
        )
    return effect


def of_one(figures: Books, column: Column) -> Effect:
    """What one unit of a continuous decision does; it is the same in every plan, so it is worked out once."""
    if column not in figures.known_effects:
        figures.known_effects[column] = earning(figures, _of_one(figures, column))
    return figures.known_effects[column]


def _of_one(figures: Books, column: Column) -> Effect:
    kind, *key = column
    return {
        "serve": _serve, "claim": pieces.claim, "overlap": pieces.overlap,
        "claimed_exit": pieces.claimed_exit, "overlap_exit": pieces.overlap_exit,
        "draw": _draw, "repay": _repay, "gain": _gain, "loss": _loss, "used": _used, "lapsed": _loss, "credit": _credit,
        "dividend": owners.of_one,
    }[kind](figures, *key)  # fmt: skip


def _serve(figures: Books, workload: str, system: str, site: str, t: int) -> Effect:
    effect = Effect.nothing(figures)
    over = figures.moments.over
    revenue, late = over("revenue", t, figures.revenue(workload, system, t)), figures.paid_late("revenue", workload)
    effect.pay_late(figures, "revenue", revenue, late)
    energy = over("energy", t, figures.work_energy(system, site, t))
    effect.pay_late(figures, "energy", energy, figures.paid_late("energy"))
    selling = over("selling_costs", t, figures.selling_costs(workload, system, t))
    effect.pay_late(figures, "selling_costs", selling, 0.0)
    settle(figures, effect)
    return effect


def _draw(figures: Books, name: str, t: int) -> Effect:
    """Drawn at the start of the first month of a period."""
    loan, first = figures.case.finance.loans[name], figures.moments.months_of(t)[0]
    effect = owed_from(figures, loan, t)
    effect.pay(figures, "loans_drawn", figures.moments.at("loans_drawn", first))
    effect.pay(figures, "arrangement_fees", figures.moments.at("arrangement_fees", first, figures.on_drawing(loan)))
    effect.add(on_standby_from(figures, loan, t, owed=True), -1.0)
    return effect


def _repay(figures: Books, name: str, t: int) -> Effect:
    """Paid at the end of the last month of a period: the interest of that period is still owed."""
    loan, effect = figures.case.finance.loans[name], Effect.nothing(figures)
    effect.add(owed_from(figures, loan, t + 1), -1.0)
    # It may be drawn again if the loan revolves; otherwise only the interest on it is spared.
    effect.add(on_standby_from(figures, loan, t + 1, less=0.0 if loan.revolving else 1.0, owed=True), 1.0)
    effect.pay(figures, "loans_repaid", figures.moments.at("loans_repaid", figures.moments.months_of(t)[-1]))
    effect.debt[t] -= 1.0
    return effect


def _gain(figures: Books, year: int) -> Effect:
    """Tax on profit: charged at the end of the fiscal year, and paid later."""
    effect = Effect.nothing(figures)
    effect.add(_taxed(figures, year), figures.years[year].rate)
    return effect


def _taxed(figures: Books, year: int) -> Effect:
    """One unit of tax."""
    effect, terms = Effect.nothing(figures), figures.years[year]
    effect.payable[terms.periods[-1] :] += 1.0
    for m, part in figures.tax_parts(year):
        _settle(figures, effect, m, part)
    return effect


def _settle(figures: Books, effect: Effect, m: int, amount: float) -> None:
    """Pays some tax in a month; nothing happens within the horizon where that is after it."""
    if m in figures.moments.months:
        effect.pay(figures, "tax", figures.moments.at("tax", m, amount))
        effect.payable[figures.moments.period_of(m) :] -= amount


def _loss(figures: Books, _year: int) -> Effect:
    return Effect.nothing(figures)


def _used(figures: Books, year: int) -> Effect:
    """Earlier losses save the tax on as much profit."""
    effect = Effect.nothing(figures)
    effect.add(_gain(figures, year), -1.0)
    return effect


def _credit(figures: Books, _programme: str, name: int) -> Effect:
    """A credit that is used takes as much off the tax of its fiscal year."""
    effect = Effect.nothing(figures)
    effect.add(_taxed(figures, [year.name for year in figures.years].index(name)), -1.0)
    return effect
