"""Whether the audit agrees with the model: every limit is kept, and every line of the cash flow comes to the same."""

from __future__ import annotations

from planner.case.case import Case
from planner.errors import AuditError
from planner.model.build import Model
from planner.outcome import Audit
from planner.solution import line_totals
from planner.vocabulary.constraints import FAMILIES

AGREEMENT = 1e-9
"""How far two figures may differ, as a share."""
PROMISES = frozenset(family.rule for family in FAMILIES if family.is_promise)
"""Rules that a plan which is held where things come otherwise may break."""


def disagreements(
    case: Case,
    model: Model,
    values: list[float],
    audited: Audit,
    objective: float,
    may_break: frozenset[str] = frozenset(),
) -> list[str]:
    """Everything in which the audit and the model differ, in words; any of it is a defect.

    The values are those of the columns of the model, and the objective is as the model has it. Limits of the rules that
    may be broken are no defect.
    """
    complaints = [
        f"{limit.told_rule}: {limit.subject}: "
        f"{limit.left:.9g} {limit.sense} {limit.right:.9g} {limit.unit} does not hold"
        for limit in audited.broken
        if limit.rule not in may_break
    ]
    unit = model.coefficients.money_unit
    tolerance = max(1.0, AGREEMENT * abs(audited.accounts.npv)) if unit >= 1 else unit
    for line, amounts in line_totals(model, values).items():
        for t, (modelled, recomputed) in enumerate(zip(amounts, audited.accounts.lines[line], strict=True)):
            if abs(modelled - recomputed) > tolerance:
                period = case.calendar.label(t)
                complaints.append(f"{line} in {period}: the model says {modelled:.2f}, the audit {recomputed:.2f}")
    slack = 1e-6 if case.objective.kind == "compute" else tolerance
    if abs(objective - audited.objective) > max(slack, AGREEMENT * abs(objective)):
        complaints.append(f"objective: the model says {objective:.6f}, the audit {audited.objective:.6f}")
    return complaints


def require_agreement(
    case: Case,
    model: Model,
    values: list[float],
    audited: Audit,
    objective: float,
    *,
    words: str = "the audit does not agree with the plan; nothing was written",
    may_break: frozenset[str] = frozenset(),
) -> None:
    """Refuses a plan that the audit does not confirm: any disagreement is a defect, and no plan is reported.

    Raises:
        AuditError: names every limit and every line that does not agree.
    """
    complaints = disagreements(case, model, values, audited, objective, may_break)
    if complaints:
        raise AuditError("\n".join([f"{words}:", *complaints]))
