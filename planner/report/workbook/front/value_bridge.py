"""Part of Chart data: the way from doing nothing further to the plan, in present values, line by line.

Doing nothing is a plan of its own: its figures stand here as they were worked out, and do not move with inputs.
"""

from __future__ import annotations

import math

from planner.report.lines import cash_lines, pays_in_instalments
from planner.report.page.bridge import STEPS
from planner.report.workbook.cash.consumption_tax import has_consumption_tax
from planner.report.workbook.cash.month_added import NOT_MOVING
from planner.report.workbook.cash.working_capital import is_laid
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot, Stack, less
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.front.bridges import Step, lay_bridge
from planner.studies.bridge import END_TAX, LOAN_COSTS, OPEN, SHIELD, TERMINAL, UNPAID, values_of
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import about, say

TITLE = "From doing nothing to the plan"
BESIDE = {
    TERMINAL: "terminal value",
    END_TAX: "tax still to be paid at the end, and on the terminal value",
    UNPAID: "still to be paid for investments",
    OPEN: "receivables less payables at the end",
    SHIELD: "tax that interest saves, taken out",
    LOAN_COSTS: "what loans cost",
}
"""What counts beside the lines of the cash flow."""


def lay_value_bridge(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the present values of the plan, those of doing nothing, and the bridge between them."""
    sheet.heading("Present values of the plan, as they flow: what goes out is negative")
    rows = {step: _rows(ledger, sheet, step) for step in STEPS}
    rows = {step: keys for step, keys in rows.items() if keys}
    nothing = ledger.outcome.doing_nothing
    there = values_of(nothing.audit.accounts) if nothing is not None else {}
    sheet.heading("The same of doing nothing further, as it was planned")
    for step, keys in rows.items():
        value = math.fsum(there[str(key[2])][1] for key in keys if key[2] in there)
        sheet.money(Key("way", "nothing", step), step, NOT_MOVING, kind="constant", value=value)
    steps = []
    if ledger.outcome.something_stands:
        steps.append(Step("nothing", "doing nothing further", Spot(Key("nothing", "npv")), is_level=True))
    for step, keys in rows.items():
        plan = call("SUM", Stack(keys, VALUE)) if len(keys) > 1 else Spot(keys[0])
        steps.append(Step(step, step, plan - Spot(Key("way", "nothing", step))))
    steps.append(Step("plan", "the plan", Spot("npv"), is_level=True))
    lay_bridge(ledger, sheet, "value", TITLE, ledger.currency, steps)


def last_step(ledger: Ledger) -> Key:
    """The level after the last step, which has to be what the plan is worth."""
    steps = ledger.grid.keys_under("value", "level")
    return steps[-2]


def _rows(ledger: Ledger, sheet: Sheet, step: str) -> tuple[Key, ...]:
    """The present values that a step is made of, as they flow; none where the case has no such thing."""
    groups, beside = STEPS[step]
    case, keys = ledger.case, []
    has = {"grants, less what goes back": bool(case.programmes), "tax": case.finance.tax is not None}
    if not has.get(step, True):
        return ()
    for line in cash_lines(case):
        if CASH_LINES[line].group in groups:
            present = Spot(Key("present", line))
            value = 1 * present if CASH_LINES[line].sign > 0 else 0 - present
            label = about(say(step), CASH_LINES[line].label)
            keys.append(sheet.money(Key("way", step, line), label, "see Liquidity by month", value=value))
    for name in beside:
        if (value_beside := _beside(ledger, name)) is not None:
            label = about(say(step), BESIDE[name])
            keys.append(sheet.money(Key("way", step, name), label, "see Cash flow", value=value_beside))
    return tuple(keys)


def _beside(ledger: Ledger, name: str) -> Term | None:
    """The present value of what counts beside the lines; None where the case has no such thing."""
    last, case = Spot("discount", -1), ledger.case
    if name == OPEN:
        if not (is_laid(ledger) or has_consumption_tax(case)):
            return None
        others = [key for key in ledger.grid.keys_under("way") if key[-1] in (TERMINAL, END_TAX, UNPAID)]
        return less(Spot("present_end"), others)
    terms: dict[str, tuple[bool, Term]] = {
        TERMINAL: (True, 1 * Spot("present_terminal")),
        END_TAX: (case.finance.tax is not None, 0 - (Spot("payable_end") + Spot("end_tax")) * last),
        UNPAID: (pays_in_instalments(case), 0 - Spot("present_unpaid")),
        SHIELD: (ledger.has_shield, 0 - Spot("present_shield")),
        LOAN_COSTS: (bool(ledger.loans), 0 - Spot(Key("here", "loan_costs"))),
    }
    is_there, term = terms[name]
    return term if is_there else None
