"""Works the plan out again from the case and the decisions, in plain arithmetic.

Nothing here imports the model or its coefficients: a mistake made there must not be made again here.
"""

from __future__ import annotations

from planner.audit.accounts import money_of
from planner.audit.facts import Facts
from planner.audit.limits import limits_of
from planner.audit.placement import require_well_formed
from planner.audit.quantities import quantities_of
from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome import Accounts, Audit

__all__ = ["audit"]


def audit(case: Case, decisions: Decisions) -> Audit:
    """Recomputes every limit and every unit of currency of a plan.

    Raises:
        AuditError: the decisions name things that the case does not have or does not allow.
    """
    require_well_formed(case, decisions)
    facts = Facts(case, decisions)
    accounts = money_of(facts)
    quantities = quantities_of(facts)
    return Audit(
        accounts=accounts,
        quantities=quantities,
        limits=tuple(limits_of(facts, accounts, quantities)),
        objective=_objective(facts, accounts),
    )


def _objective(facts: Facts, accounts: Accounts) -> float:
    kind = facts.case.objective.kind
    if kind == "compute":
        return facts.compute()
    if kind == "cost":
        return accounts.present("revenue") - accounts.npv
    return accounts.npv
