"""Doing nothing further: the case that a plan is held against, to tell what it adds."""

from __future__ import annotations

from planner.case.case import Case, Objective
from planner.case.finance import Loan
from planner.case.timeline import Timeline


def doing_nothing(case: Case) -> Case:
    """The same case without new orders and blocks: what stands there, is under contract and is owed, and nothing else.

    Offers stay, since they say what a new system costs and so what a used one fetches, but none of them sells anything.
    A loan on which nothing is owed is not agreed upon before it is drawn, and so asks for no commitment fee. Promises
    that only purchases could keep fall away: shares of demand that must be served, programmes, and dividends that are
    stated. Plans for compute or cost are held against the most valuable way of doing nothing.
    """
    loans, dividends = case.finance.loans, case.finance.dividends
    objective = case.objective if case.objective.kind in ("npv", "equity") else Objective()
    return case.model_copy(
        update={
            "offers": {
                name: offer.model_copy(update={"allocation": Timeline.constant(0)})
                for name, offer in case.offers.items()
            },
            "expansions": {
                name: expansion.model_copy(update={"blocks": 0}) for name, expansion in case.expansions.items()
            },
            "workloads": {
                name: workload.model_copy(update={"must_serve": 0.0}) for name, workload in case.workloads.items()
            },
            "programmes": {},
            "finance": case.finance.model_copy(
                update={
                    "loans": {n: _unsigned(one) for n, one in loans.items()},
                    "dividends": None if dividends is None else dividends.model_copy(update={"stated": {}}),
                }
            ),
            "frozen": None,
            "objective": objective,
        }
    )


def _unsigned(loan: Loan) -> Loan:
    """A loan as it stands for who has not agreed upon it yet."""
    return loan if loan.owes or loan.commitment_fee is None else loan.model_copy(update={"commitment_fee": None})
