"""Studies of programmes in full, worked out by hand: grants that go back, tax credits, special depreciation."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from planner.case.case import Case
from planner.planning import plan_case
from planner.studies.additionality import Additionality, public_money, without
from planner.studies.bridge import Effect, bridge_of
from planner.studies.changes import decision_changes
from planner.studies.compare import compare_tasks
from planner.studies.ex_post import ex_post
from planner.studies.plans import record_of, run_of
from planner.vocabulary.keys import FiscalYear
from tests.cases.aided import aided_case
from tests.cases.toy import MILLION, programme, toy, yearly
from tests.decided import decided, laid_flat
from tests.studies.changed import engine, task

TAXED = {"finance__tax": {"rate": "50 %", "payment_lag": "0 months"}}

FIRST_YEAR = {"system": "cube", "supplier": "maker", "order_window": {"to": "2025-01"}}


def sold_after_a_year(**terms: Any) -> Case:
    """Room and work for one cube in the first year: it fetches 80 after it, and 10 a year later."""
    curve = [{"age": "12 months", "share": "80 %"}, {"age": "24 months", "share": "10 %"}]
    return toy(
        workloads__training={"metric": "accelerators", "amount": {"2025-01": 1, "2026-01": 0}, "price": yearly(60)},
        finance__resale=curve,
        sites__east__capacity__power="1 kW",
        offers__maker=FIRST_YEAR,
        programmes={"half": programme(0.5, **terms)},
    )


FREE = sold_after_a_year()
REMAINING = sold_after_a_year(retention="2 years", early_exit="repay_remaining")
LONGER = sold_after_a_year(retention="4 years", early_exit="repay_remaining")


def effects_of(base: Case, scenario: Case) -> dict[str, Effect]:
    found = bridge_of(plan_case(base, gap=0.0), plan_case(scenario, gap=0.0))
    assert abs(math.fsum(found.parts.values()) - found.difference) < 0.5
    assert {part for part, amount in found.parts.items() if abs(amount) > 1} <= {"grants", "tax"}
    return {effect.line: effect for effect in found.effects}


def test_what_goes_back_is_a_mover_of_its_own_within_grants() -> None:
    # Sold at 80, and half of the 50 go back, or three quarters: staying for another year would cost 70.
    effect = effects_of(REMAINING, LONGER)["grants_repaid"]
    assert (effect.figures, effect.decisions) == pytest.approx((-12.5 * MILLION, 0))
    # A plan that never had to say which system leaves with its grant says so only in the plan of the scenario.
    effects = effects_of(FREE, REMAINING)
    assert effects["grants_repaid"].decisions == pytest.approx(-25 * MILLION)
    assert effects["grants"].total == pytest.approx(0)


OTHER_TERMS: dict[str, dict[str, Any]] = {
    "a smaller grant": {"programmes__ministry__rate": 0.4},
    "all of it back": {"programmes__ministry__early_exit": "repay_all"},
    "nothing may leave": {"programmes__prefecture__early_exit": "forbidden"},
    "the prefecture comes by itself": {"programmes__prefecture__after": []},
    "a smaller credit": {"programmes__law__tax_limit": 0.1},
    "a lower tax": {"finance__tax__rate": "10 %"},
    "income": {"finance__asset_grants": "income"},
    "a later delivery": {"offers__maker__lead_time": "12 months", "workloads__training__must_serve": 0},
}


@pytest.mark.parametrize("name", OTHER_TERMS)
def test_the_parts_add_up_where_everything_is_at_work(name: str) -> None:
    base, other = plan_case(aided_case(), gap=0.0), plan_case(aided_case(**OTHER_TERMS[name]), gap=0.0)
    found = bridge_of(base, other)
    assert abs(found.difference) > 1
    assert abs(math.fsum(found.parts.values()) - found.difference) < 0.5
    assert found.ex_post is not None
    assert all(year.tax >= -1 for year in found.ex_post.audit.accounts.books.years.values())


def test_a_plan_with_everything_comes_back_from_the_journal() -> None:
    case = aided_case()
    outcome = plan_case(case, gap=0.0)
    assert outcome.decisions.overlap_exit and outcome.decisions.credit
    read = run_of(task(case), json.loads(json.dumps(record_of(outcome))), engine())
    assert read.plan.decisions == outcome.decisions
    assert read.plan.audit == outcome.audit


def test_a_tax_credit_is_an_effect_of_tax() -> None:
    law = {"law": programme(0.1, kind="tax_credit")}
    effects = effects_of(toy(**TAXED), toy(**TAXED, programmes=law))
    assert effects["tax"].total == pytest.approx(10 * MILLION)
    assert effects["grants"].total == 0


def test_a_credit_is_cut_to_the_tax_that_is_there() -> None:
    # A profit of 40 a year is taxed with 20, or at 5 % with 2: of a credit of 10 only 2 are left.
    law = {"law": programme(0.1, kind="tax_credit")}
    base, other = toy(**TAXED, programmes=law), toy(finance__tax={"rate": "5 %"}, programmes=law)
    plan = plan_case(base, gap=0.0)
    assert laid_flat(plan.decisions.credit) == {("law", 2025): pytest.approx(10 * MILLION)}
    there = ex_post(plan.decisions, other, base)
    assert there is not None
    assert laid_flat(there.decisions.credit) == {("law", 2025): pytest.approx(2 * MILLION)}
    assert (there.cut, there.broken, there.whole) == (1, 0, False)
    here = ex_post(plan.decisions, base, base)
    assert here is not None
    assert (here.cut, here.whole, here.decisions) == (0, True, plan.decisions)
    untaxed = ex_post(plan.decisions, toy(programmes=law), base)
    assert untaxed is not None
    assert (untaxed.decisions.credit, untaxed.dropped) == ({}, 1)


def overlapping(lead: str, *, with_prefecture: bool = True) -> Case:
    terms = {"retention": "4 years", "early_exit": "repay_all"}
    rules = {"prefecture": programme(0.2, **terms), "ministry": programme(0.5, after=["prefecture"], **terms)}
    if not with_prefecture:
        rules = {"ministry": programme(0.5, **terms)}
    return toy(offers__maker={"system": "cube", "supplier": "maker", "lead_time": lead}, programmes=rules)


def test_what_leaves_under_two_claims_moves_with_its_lot() -> None:
    cube = ("maker", "east", 0)
    pair = ("ministry", "prefecture", *cube)
    plan = decided(
        order={cube: 1},
        exit={("cube", "east", "2025-01 maker", 1): 1},
        claim={("prefecture", *cube): 1.0, ("ministry", *cube): 1.0},
        overlap={pair: 1.0},
        claimed_exit={("prefecture", *cube, 1): 1.0, ("ministry", *cube, 1): 1.0},
        overlap_exit={(*pair, 1): 1.0},
    )
    home = overlapping("0 months")
    later = ex_post(plan, overlapping("12 months"), home)
    assert later is not None
    assert (later.dropped, later.broken) == (0, 0)
    assert laid_flat(later.decisions.overlap_exit) == {(*pair, 2): 1.0}
    assert later.audit.accounts.lines["grants_repaid"] == pytest.approx((0, 0, 60 * MILLION))
    # Without the prefecture its claim goes, and all that rests on it: the ministry pays 50, and gets 50 back.
    alone = ex_post(plan, overlapping("0 months", with_prefecture=False), home)
    assert alone is not None
    assert (alone.decisions.overlap, alone.decisions.overlap_exit, alone.dropped, alone.broken) == ({}, {}, 4, 0)
    assert alone.audit.accounts.lines["grants_repaid"] == pytest.approx((0, 50 * MILLION, 0))


def test_what_goes_back_and_what_is_credited_are_changes_of_decisions() -> None:
    changed, _ = decision_changes(plan_case(FREE, gap=0.0), plan_case(REMAINING, gap=0.0))
    (found,) = [change for change in changed if change.kind == "give back"]
    assert (found.name, found.year, found.base, found.scenario) == (
        "half",
        FiscalYear(2026),
        0,
        pytest.approx(25 * MILLION),
    )
    law = {"law": programme(0.1, kind="tax_credit")}
    changed, _ = decision_changes(plan_case(toy(**TAXED), gap=0.0), plan_case(toy(**TAXED, programmes=law), gap=0.0))
    found = next(change for change in changed if change.kind == "use tax credit")
    assert (found.name, found.year, found.change) == ("law", FiscalYear(2025), pytest.approx(10 * MILLION))


# --- What a programme brings about ---


def of(case: Case) -> Additionality:
    (found,) = compare_tasks([task(case)], engine(gap=0.0), with_additionality=True).base_additionality
    return found


def two_customers(law: dict[str, Any]) -> Case:
    """A customer who pays 160 a year and one who pays 20: without help only the first one is served."""
    work = {
        name: {"metric": "accelerators", "amount": 1, "price": yearly(price)}
        for name, price in (("first", 160), ("second", 20))
    }
    return toy(**TAXED, workloads=work, offers__maker=FIRST_YEAR, programmes={"law": law})


def test_the_public_money_of_a_tax_credit_is_what_is_used() -> None:
    # The second cube earns 60 and costs 100; a credit of 45 turns that. Of 90 in all, 70 are used in the first year,
    # whose tax is half of 160 - 20, and 20 in the second.
    found = of(two_customers(programme(0.45, kind="tax_credit", carry_forward="2 years")))
    assert (found.extra_accelerators, found.grant / MILLION) == (1, pytest.approx(90))
    assert found.grant_per_accelerator == pytest.approx(90 * MILLION)
    assert found.share_anyway == pytest.approx(0.5)
    # If it cannot be kept, 70 are used: the second cube comes to 60 - 100 + 25, and is not bought.
    found = of(two_customers(programme(0.45, kind="tax_credit")))
    assert (found.extra_accelerators, found.grant / MILLION, found.share_anyway) == (0, pytest.approx(45), 1)


def test_what_goes_back_is_no_public_money() -> None:
    found = of(REMAINING)
    assert (found.grant / MILLION, found.share_anyway) == (pytest.approx(25), pytest.approx(1))
    assert found.bought[0].grant == pytest.approx(25 * MILLION)


def test_special_depreciation_is_no_public_money() -> None:
    found = of(toy(**TAXED, programmes={"law": programme(0.3, kind="special_depreciation")}))
    assert (found.grant, found.share_anyway) == (0, None)
    assert (found.grant_per_accelerator, found.grant_per_pflops) == (None, None)


def test_money_of_other_programmes_is_counted_alike() -> None:
    case = toy(**TAXED, programmes={"law": programme(0.1, kind="tax_credit"), "city": programme(0.2)})
    plan = plan_case(case, gap=0.0)
    assert (public_money(plan, "law"), public_money(plan, "city")) == pytest.approx((10 * MILLION, 20 * MILLION))
    assert public_money(plan) == pytest.approx(30 * MILLION)
    (law, _) = compare_tasks([task(case)], engine(gap=0.0), with_additionality=True).base_additionality
    assert law.other_grants == pytest.approx((20 * MILLION, 20 * MILLION))


def test_the_case_without_a_programme_puts_nothing_after_it() -> None:
    case = overlapping("0 months")
    assert without(case, "prefecture").programmes["ministry"].after == ()
    assert without(case, "ministry").programmes["prefecture"] == case.programmes["prefecture"]
