"""Each constraint family of the model has its check in the audit, and each check of the audit its family.

The rows of one family are left out of the model and one of them is broken. The audit knows neither the model nor the
records of the families; it has to refuse the plan that the solver has then, by a limit that bears the family's rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from planner.audit import audit
from planner.audit.facts import Facts
from planner.audit.limits import RULES
from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.model.build import Model, build
from planner.model.linear import Row
from planner.planning import plan_case
from planner.solution import decisions_of
from planner.solving.highs import Solver
from planner.solving.matrix import Floats, Matrix, matrix_of
from planner.verification.agreement import disagreements
from planner.vocabulary.constraints import FAMILIES
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.constraints.money import CONSUMPTION_TAX, ON_CREDIT
from planner.vocabulary.constraints.sites import BLOCKS_SO_FAR, FLEET_BALANCE
from planner.vocabulary.constraints.terms import LEAVE_ONCE
from tests.cases.aid import aid_case
from tests.cases.books import books_case
from tests.cases.lapsing import lapsing_case
from tests.cases.on_credit import on_credit_case
from tests.cases.passed_on import passed_on_case
from tests.cases.paying import paying_case
from tests.cases.rows import rows_case
from tests.cases.taxed import taxed_case
from tests.cases.toy import mn, programme, toy, yearly
from tests.model.test_rows_of_frozen import everything_frozen
from tests.whole.test_site_loss import two_sites


def a_little_of_everything() -> Case:
    """The case of all rows, with so little that must be served that it has a plan."""
    case = rows_case()
    training = case.workloads["training"].model_copy(update={"must_serve": 0.05})
    return case.model_copy(update={"workloads": case.workloads | {"training": training}})


def short_of_cash() -> Case:
    """The toy with too little cash for its cube."""
    return toy(finance__opening_cash=mn(20))


def two_credits() -> Case:
    """A cube worth more at the end than in the books, with two capped credits that may take more than the tax."""
    credit = programme(0.3, kind="tax_credit", tax_limit=0.9)
    promised = {"metric": "accelerators", "floor": 1, "from": "2025-01"}
    return toy(
        finance__tax={"rate": "50 %", "payment_lag": "0 months"},
        finance__depreciation={"systems": "1 year"},
        finance__terminal_value=True,
        finance__resale=[{"age": "1 year", "share": "90 %"}],
        programmes={
            "one": credit | {"operator_cap": mn(25)},
            "other": credit | {"total_cap": mn(25), "obligations": [promised]},
        },
    )


def lent_too_much() -> Case:
    """A cube of 100 that earns 90 and costs 30 a year, paid by a bank that asks for twice its 39 of the first year."""
    bank = {"limit": mn(90), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}
    return toy(
        finance__opening_cash=mn(10),
        finance__loans={"bank": bank},
        finance__covenants={"least_debt_service_cover": 2},
        sites__east__operations="2.5 mn JPY/kW-month",
        workloads__training__price=yearly(90),
    )


def owing_at_a_year_end() -> Case:
    """A cube paid by a bank that wants 30 of cash to stay beside what is owed; its owners would pay back at once."""
    bank = {"limit": mn(100), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}
    return toy(
        finance__opening_cash=mn(20),
        finance__loans={"bank": bank},
        finance__covenants={"least_liquidity": mn(30)},
    )


def beyond(**covenants: Any) -> Case:
    """A cube paid by a bank for the most part: 28 are owed at the end of 2025, of 75 of book value and 47 of equity."""
    bank = {"limit": mn(100), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}
    return toy(
        finance__opening_cash=mn(20),
        finance__loans={"bank": bank},
        finance__depreciation={"systems": "4 years"},
        finance__asset_grants="reduce_book_value",
        finance__covenants=covenants,
        programmes={"late": programme(0.01, payment_lag="12 months")},
    )


def beyond_its_book_value() -> Case:
    return beyond(most_loan_to_value="30 %")


def beyond_its_equity() -> Case:
    return beyond(most_debt_to_equity=0.4)


def lost_sites() -> Case:
    """Two sites of which any one may be lost, with work that must be served all the same."""
    return two_sites(4, 0.5)


def paying_all_profit() -> Case:
    """Owners who would be paid more cash than there is of profit."""
    return paying_case(finance__dividends={}, finance__loans={}, finance__opening_cash=mn(200))


def locked_up() -> Case:
    """Owners who may be paid only for a year that pays twice for its debt service."""
    return paying_case(finance__dividends={"opening_retained_profit": mn(30), "lock_up_cover": 2})


def decided_already() -> Case:
    """One of everything that can be frozen."""
    return everything_frozen()


CASES = {
    one.__name__: one
    for one in (
        short_of_cash,
        a_little_of_everything,
        books_case,
        aid_case,
        two_credits,
        lent_too_much,
        taxed_case,
        lapsing_case,
        lost_sites,
        owing_at_a_year_end,
        beyond_its_book_value,
        beyond_its_equity,
        on_credit_case,
        passed_on_case,
        paying_case,
        paying_all_profit,
        locked_up,
        decided_already,
    )
}
OF_THE_MODEL = [family for family in FAMILIES if not family.elastic]
"""The others have rows only where statements are loosened; the model says the same by the columns that it has not."""
OF_THE_BOOKS = ("taxable_profit", "loss_carried")
ANOTHER_CHECK = {
    LEAVE_ONCE: "fleet_balance",
    FLEET_BALANCE: "capacity",
    BLOCKS_SO_FAR: "money",
    ON_CREDIT: "money",
    CONSUMPTION_TAX: "money",
} | {family: "money" for family in OF_THE_MODEL if family.rule in (*OF_THE_BOOKS, "loan_cost", "property_tax")}
"""What the audit works out itself instead of believing it: then another limit breaks, or it comes to other money."""
YES_OR_NO = ("join", "profitable", "exhausted", "lapses", "serves_debt", "owes", "pays_owners")
MUCH, BROKEN_BY = 1e5, 0.5


@cache
def modelled(name: str) -> tuple[Case, Model, Matrix]:
    case = CASES[name]()
    model = build(coefficients_of(case))
    return case, model, matrix_of(model.problem)


def all_others(_row: Row, _family: Family) -> bool:
    return True


def all_but_limits_of_other_rules(row: Row, family: Family) -> bool:
    return row.rule == family.rule or row.family.role != "limit"


def none_of_its_rule(row: Row, family: Family) -> bool:
    return row.rule != family.rule


KEEPING: tuple[Callable[[Row, Family], bool], ...] = (all_others, all_but_limits_of_other_rules, none_of_its_rule)
"""What holds beside the broken family: all, or less where that would not let it be broken."""


def plans_without(family: Family, keeps: Callable[[Row, Family], bool]) -> Iterator[tuple[str, list[float]]]:
    """Values of all columns that break one row of a family by half a unit, behind the name of their case."""
    for name in CASES:
        _, model, matrix = modelled(name)
        kept = np.array([row.family != family and keeps(row, family) for row in model.rows])
        lower, upper = np.where(kept, matrix.row_lower, -np.inf), np.where(kept, matrix.row_upper, np.inf)
        for place, row in enumerate(model.rows):
            if row.family == family:
                for least, most in (
                    (-np.inf, matrix.row_lower[place] - BROKEN_BY),
                    (matrix.row_upper[place] + BROKEN_BY, np.inf),
                ):
                    if np.isfinite(least) or np.isfinite(most):
                        lower[place], upper[place] = least, most
                        yield from ((name, values) for values in best(model, matrix, lower, upper))
                lower[place], upper[place] = -np.inf, np.inf


def best(model: Model, matrix: Matrix, row_lower: Floats, row_upper: Floats) -> Iterator[list[float]]:
    """The best plan with other sides of its rows, if there is one; the bounds of columns do not stand for rows."""
    upper = np.array([1.0 if column.kind in YES_OR_NO else MUCH for column in model.columns])
    other = replace(matrix, row_lower=row_lower, row_upper=row_upper, upper=upper)
    solver = Solver(other)
    solver.whole(other.whole)
    run = solver.run(seconds=10.0)
    if run.has_point:
        yield [float(value) for value in run.values]


def refused_by(name: str, values: list[float]) -> set[str]:
    """Rules of the limits that the audit finds broken; 'money' where it comes to other money than the model."""
    case, model, _ = modelled(name)
    audited = audit(case, decisions_of(model, values))
    rules = {limit.rule for limit in audited.broken}
    objective = model.objective.value(values) * model.goal.size
    differ = disagreements(case, model, values, audited, objective)
    return rules | ({"money"} if len(differ) > len(audited.broken) else set())


@pytest.mark.parametrize("family", OF_THE_MODEL, ids=lambda one: f"{one.rule}: {one.label}")
def test_a_plan_that_breaks_a_family_is_refused_by_its_check(family: Family) -> None:
    for keeps in KEEPING:
        tried = 0
        for name, values in plans_without(family, keeps):
            tried += 1
            if ANOTHER_CHECK.get(family, family.rule) in refused_by(name, values):
                return
        assert not tried, f"{tried} plans break it and all that is asked for beside it holds; the audit passes them"
    pytest.fail("no plan of these cases breaks it")


def test_the_audit_has_a_check_for_the_rule_of_every_family_and_no_others() -> None:
    assert {rule.__name__ for rule in RULES} == {family.rule for family in OF_THE_MODEL}


def test_every_check_goes_by_the_rule_that_its_families_name() -> None:
    seen = set()
    for case in CASES.values():
        plan = plan_case(case(), gap=0.0)
        facts = Facts(plan.case, plan.decisions)
        for rule in RULES:
            found = {limit.rule for limit in rule(facts, plan.audit.accounts, plan.audit.quantities)}
            assert found <= {rule.__name__}
            seen |= found
    assert seen == {family.rule for family in OF_THE_MODEL}
