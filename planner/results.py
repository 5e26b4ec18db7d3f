"""From the values of columns to decisions, and to tidy tables with units in their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.decisions import Decisions
from planner.model.build import Model
from planner.model.linear import Column

if TYPE_CHECKING:
    import pandas as pd

    from planner.outcome import Outcome

NOTHING = 1e-9
"""Amounts below this are the solver's noise around zero."""


def decisions_of(model: Model, values: list[float]) -> Decisions:
    """Reads the decisions off a solution; whole numbers are whole, noise around zero is dropped."""
    decide = model.decide

    def whole[K](columns: dict[K, Column]) -> dict[K, int]:
        counts = {key: round(values[column.index]) for key, column in columns.items()}
        return {key: count for key, count in counts.items() if count}

    def amounts[K](columns: dict[K, Column]) -> dict[K, float]:
        found = {key: values[column.index] for key, column in columns.items()}
        return {key: amount for key, amount in found.items() if amount > NOTHING}

    def money[K](columns: dict[K, Column]) -> dict[K, float]:
        return {key: amount * model.figures.money_unit for key, amount in amounts(columns).items()}

    return Decisions(
        order=whole(decide.order),
        expand=whole(decide.expand),
        exit=whole(decide.exit),
        serve=amounts(decide.serve),
        claim={(j, *investment): amount for (j, investment), amount in amounts(decide.claim).items()},
        join={name: bool(round(values[column.index])) for (name,), column in decide.join.items()},
        draw=money(decide.draw),
        repay=money(decide.repay),
        leave=amounts(decide.leave),
        both=amounts(decide.both),
        leave_both=amounts(decide.leave_both),
        credit={(j, int(year.removeprefix("FY"))): amount for (j, year), amount in money(decide.credit).items()},
    )


def line_totals(model: Model, values: list[float]) -> dict[str, tuple[float, ...]]:
    """Every line of the cash flow from the model's own named sums, in currency; the audit must come to the same."""
    unit = model.figures.money_unit
    return {line: tuple(unit * sum_.value(values) for sum_ in sums) for line, sums in model.sums.lines.items()}


def tables(outcome: Outcome) -> dict[str, pd.DataFrame]:
    """The plan as tidy tables; one row a fact, units in the column names."""
    import pandas as pd  # noqa: PLC0415 - costs a third of a second, and most runs need no table

    label, case, audit = outcome.case.calendar.label, outcome.case, outcome.audit
    currency = case.finance.currency
    return {
        "orders": pd.DataFrame(
            [(o, case.offers[o].system, d, label(t), n) for (o, d, t), n in sorted(outcome.decisions.order.items())],
            columns=["offer", "system", "site", "period", "systems"],
        ),
        "expansions": pd.DataFrame(
            [(x, case.expansions[x].site, label(t), n) for (x, t), n in sorted(outcome.decisions.expand.items())],
            columns=["expansion", "site", "period", "blocks"],
        ),
        "installed": pd.DataFrame(
            [(s, d, label(t), n) for (s, d, t), n in sorted(audit.quantities.installed.items())],
            columns=["system", "site", "period", "systems"],
        ),
        "serve": pd.DataFrame(
            [(w, s, d, label(t), x) for (w, s, d, t), x in sorted(outcome.decisions.serve.items())],
            columns=["workload", "system", "site", "period", "systems_at_work"],
        ),
        "grants": pd.DataFrame(
            [(j, i, d, label(t), x) for (j, i, d, t), x in sorted(audit.quantities.grant.items())],
            columns=["programme", "investment", "site", "period", f"grant_{currency.lower()}"],
        ),
        "cash": pd.DataFrame(
            {
                "period": [label(t) for t in range(case.calendar.periods)],
                **{f"{line}_{currency.lower()}": amounts for line, amounts in audit.accounts.lines.items()},
                f"funding_{currency.lower()}": audit.accounts.funding,
                f"cash_{currency.lower()}": audit.accounts.cash,
            }
        ),
    }
