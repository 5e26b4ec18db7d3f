"""Why one plan is worth more than another: parts that add up to the difference of their net present values.

The way goes from the base plan to what of its decisions the scenario allows, still under the figures of the base; from
there to the same decisions under the figures of the scenario; and then to the decisions of the scenario. What comes too
late to be used, or cannot be done at all, is thereby a change of decisions, not of prices. On each leg every line of
the cash flow changes in amount and in time: with X the sum of a line over the horizon, P its present value and
D = P / X the mean discount factor of its money,

    P' - P = D * (X' - X)  +  (D' - D) * X'
             amount           timing

which is exact. The seven parts are sums of these, so they add up whatever the plans are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from planner.outcome import CONSUMPTION_TAX, FINANCING, WORKING_CAPITAL, Accounts, Outcome
from planner.studies.ex_post import ExPost, ex_post
from planner.vocabulary.cash_lines import CASH_LINES, Group

TERMINAL, END_TAX, UNPAID, OPEN = "terminal_value", "tax_at_end", "unpaid_at_end", "open_at_end"
"""What counts at the end of the horizon besides the cash flow."""
SHIELD, LOAN_COSTS = "interest_shield", "loan_costs"
"""What of financing counts in the net present value: tax that interest saved is taken out, and what loans cost."""
PARTS = ("price", "volume", "timing", "grants", "tax", "financing", "end_value")
"""The parts of a bridge."""
_WHOLE: dict[Group, str] = {
    "aid": "grants",
    "clawback": "grants",
    "tax": "tax",
    "financing": "financing",
    "working_capital": "timing",
    "consumption_tax": "timing",
}
_BESIDE = {
    TERMINAL: "end_value",
    UNPAID: "end_value",
    END_TAX: "tax",
    SHIELD: "financing",
    LOAN_COSTS: "financing",
    OPEN: "timing",
}
"""Parts that lines of the cash flow, and what counts beside them, belong to as a whole."""


@dataclass(frozen=True)
class Effect:
    """What one line of the cash flow adds to the difference, in currency, at present value."""

    line: str
    figures: float
    """Other amounts for the same decisions."""
    figures_timing: float
    """The same decisions, paid at other times or discounted otherwise."""
    decisions: float
    """Other amounts for other decisions, those that the scenario rules out among them."""
    decisions_timing: float
    """Other decisions, paid at other times."""

    @property
    def total(self) -> float:
        """All of it."""
        return math.fsum((self.figures, self.figures_timing, self.decisions, self.decisions_timing))


@dataclass(frozen=True)
class Bridge:
    """From the net present value of a base plan to that of another."""

    base: float
    allowed: float | None
    """What of the base decisions the scenario allows, under the figures of the base; None as the next one."""
    same_decisions: float | None
    """The same under the figures of the scenario; None where their periods differ."""
    scenario: float
    effects: tuple[Effect, ...]
    ex_post: ExPost | None
    """The base plan as it can be carried out in the scenario."""

    @property
    def difference(self) -> float:
        """What is to be explained."""
        return self.scenario - self.base

    @property
    def parts(self) -> dict[str, float]:
        """The parts by name, in the order of ``PARTS``."""
        found = dict.fromkeys(PARTS, 0.0)
        for effect in self.effects:
            part = part_of(effect.line)
            if part is not None:
                found[part] += effect.total
                continue
            found["price"] += effect.figures
            found["volume"] += effect.decisions
            found["timing"] += effect.figures_timing + effect.decisions_timing
        return found


def part_of(line: str) -> str | None:
    """The part that a line belongs to as a whole; None for those that are split by price, volume and timing."""
    return _BESIDE[line] if line in _BESIDE else _WHOLE.get(CASH_LINES[line].group)


def bridge_of(base: Outcome, scenario: Outcome) -> Bridge:
    """The bridge from a base plan to the plan of a scenario."""
    there = ex_post(base.decisions, scenario.case, base.case)
    start, end = values_of(base.audit.accounts), values_of(scenario.audit.accounts)
    middle = start if there is None else values_of(there.audit.accounts)
    allowed = base.audit.accounts
    if there is not None and not there.whole and (back := ex_post(there.decisions, base.case, scenario.case)):
        allowed = back.audit.accounts
    left = values_of(allowed)
    effects = []
    for line in dict.fromkeys((*start, *left, *middle, *end)):
        one, two, three, four = (values.get(line, (0.0, 0.0)) for values in (start, left, middle, end))
        lost, figures, chosen = _step(one, two), _step(two, three), _step(three, four)
        effects.append(Effect(line, *figures, lost[0] + chosen[0], lost[1] + chosen[1]))
    return Bridge(
        base=base.audit.accounts.npv,
        allowed=None if there is None else allowed.npv,
        same_decisions=None if there is None else there.audit.accounts.npv,
        scenario=scenario.audit.accounts.npv,
        effects=tuple(effects),
        ex_post=there,
    )


def _step(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float]:
    """The value of the change of amount at the mean discount factor of before, and what is left, the timing."""
    (amount, present), (amount_after, present_after) = before, after
    factor = _factor(before) if amount else _factor(after)
    by_amount = factor * (amount_after - amount)
    return by_amount, (present_after - present) - by_amount


def _factor(value: tuple[float, float]) -> float:
    amount, present = value
    return present / amount if amount else 0.0


def values_of(accounts: Accounts) -> dict[str, tuple[float, float]]:
    """Sum and present value of each line before loans and of what counts beside them, by the way they flow."""
    found = {}
    for line, amounts in accounts.lines.items():
        if line not in FINANCING and not (CASH_LINES[line].optional and not any(amounts)):
            found[line] = (CASH_LINES[line].sign * math.fsum(amounts), accounts.present(line))
    for line, amount in _end(accounts):
        found[line] = (amount, accounts.discount[-1] * amount)
    saved = math.sumprod(accounts.discount, accounts.shield)
    found[SHIELD] = (-math.fsum(accounts.shield), -saved)
    cost = math.fsum(accounts.loan_costs.values())  # a present value as it stands
    found[LOAN_COSTS] = (-cost, -cost)
    return found


def _end(accounts: Accounts) -> Iterable[tuple[str, float]]:
    books = accounts.books
    yield TERMINAL, accounts.terminal_value
    yield END_TAX, -(books.tax_payable[-1] + books.end_tax)
    if books.unpaid[-1]:
        yield UNPAID, -books.unpaid[-1]
    if any(any(accounts.lines[line]) for line in (*WORKING_CAPITAL, *CONSUMPTION_TAX)):
        yield OPEN, accounts.working_capital
