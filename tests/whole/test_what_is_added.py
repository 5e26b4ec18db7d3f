"""What a plan adds to doing nothing further, worked by hand; millions of yen, no discount unless said."""

from __future__ import annotations

import dataclasses
import io

import pytest
from rich.console import Console

from planner.case.case import Case
from planner.case.doing_nothing import doing_nothing
from planner.outcome import Outcome
from planner.planning import plan_beside_nothing, plan_case
from planner.report import terminal
from planner.report.added import Added, added_by
from planner.report.headline import headline
from planner.report.summary_file import summary
from tests.cases.toy import HOURS, MILLION, mn, programme, toy, yearly

STANDING = {"system": "cube", "quantity": 1, "arrives": "2024-01"}
"""One cube stands there, and work for two: it earns 60 a year already."""


def standing(**changes: object) -> Case:
    return toy(**{"sites__east__fleet": [STANDING], "workloads__training__amount": 2, **changes})


def added(case: Case) -> tuple[Outcome, Added]:
    outcome = plan_beside_nothing(case)
    found = added_by(outcome)
    assert found is not None
    return outcome, found


def test_what_stands_already_is_not_the_merit_of_the_plan() -> None:
    outcome, found = added(standing())
    assert outcome.npv == pytest.approx(260 * MILLION), "two cubes earn 120 a year, and one costs 100"
    assert found.doing_nothing == pytest.approx(180 * MILLION), "the one that stands there earns 60 in each of 3 years"
    assert found.npv == pytest.approx(80 * MILLION), "60 a year for 100"


def test_its_payback_counts_what_is_added_alone() -> None:
    _, found = added(standing())
    assert found.payback_years == pytest.approx(100 / 60, abs=0.01), "of all flows it would be 100 / 120"


def test_what_rounding_leaves_of_nothing_is_no_payment_and_no_turn() -> None:
    """A cube that is paid for in July; in January both plans come to the same, but for the last binary digits."""
    outcome, found = added(standing(offers__maker__lead_time="6 months"))
    nothing = outcome.doing_nothing
    assert nothing is not None
    revenue = nothing.audit.accounts.by_month["revenue"]
    by_month = {**nothing.audit.accounts.by_month, "revenue": (revenue[0] + 1e-6, *revenue[1:])}
    accounts = dataclasses.replace(nothing.audit.accounts, by_month=by_month)
    audited = dataclasses.replace(nothing.audit, accounts=accounts)
    other = added_by(dataclasses.replace(outcome, doing_nothing=dataclasses.replace(nothing, audit=audited)))
    assert other is not None and found.payback_years is not None
    assert other.payback_years == pytest.approx(found.payback_years)
    assert other.returns.sign_changes == found.returns.sign_changes == 1


def test_its_rate_of_return_is_that_of_the_same_purchase_where_nothing_stands() -> None:
    _, found = added(standing())
    alone = headline(plan_case(toy()))
    assert found.returns.internal_rate_of_return == pytest.approx(alone.internal_rate_of_return, abs=1e-9)


def test_an_added_hour_costs_what_was_paid_for_it() -> None:
    aid = programme(0.4, payment_lag="0 months")
    _, found = added(standing(programmes={"aid": aid}))
    assert found.cost_before_grants == pytest.approx(100 * MILLION / (3 * HOURS))
    assert found.cost_per_accelerator_hour == pytest.approx(60 * MILLION / (3 * HOURS))


def test_where_nothing_stands_all_of_it_is_added() -> None:
    outcome, found = added(toy())
    assert (found.doing_nothing, found.npv) == (pytest.approx(0.0), pytest.approx(outcome.npv))


def test_a_plan_that_buys_nothing_adds_nothing() -> None:
    _, found = added(standing(workloads__training__price=yearly(20)))
    assert found.npv == pytest.approx(0.0, abs=1e-6)
    assert found.payback_years is None


def test_promises_that_only_purchases_keep_fall_away_in_doing_nothing() -> None:
    outcome, found = added(standing(workloads__training__must_serve=1.0))
    assert found.doing_nothing == pytest.approx(180 * MILLION), "half of what must be served"
    assert outcome.npv == pytest.approx(260 * MILLION)


def test_a_plan_may_cost_more_than_doing_nothing() -> None:
    """Where demand must be served at 20 a year from cubes of 100."""
    _, found = added(standing(workloads__training__must_serve=1.0, workloads__training__price=yearly(20)))
    assert found.npv == pytest.approx((60 - 100) * MILLION)


def test_where_cash_runs_out_without_purchases_that_is_said() -> None:
    """Owners take back in 2026 what only the sale of the work of a new cube can have brought in by then."""
    case = toy(finance__opening_cash=mn(100), finance__funding={"2026-12": mn(-70)})
    outcome = plan_beside_nothing(case)
    assert outcome.doing_nothing is not None, "100 less 70 is left"
    broke = plan_beside_nothing(toy(finance__opening_cash=mn(100), finance__funding={"2026-12": mn(-110)}))
    assert broke.doing_nothing is None
    assert broke.no_doing_nothing.startswith("without buying anything there is no plan: cash, or what is owed,")
    assert summary(broke)["doing_nothing"] == {"why_not": broke.no_doing_nothing}


def test_plans_for_compute_are_held_against_the_most_valuable_way_of_doing_nothing() -> None:
    outcome, found = added(standing(objective={"kind": "compute"}))
    assert outcome.doing_nothing is not None
    assert outcome.doing_nothing.case.objective.kind == "npv"
    assert found.doing_nothing == pytest.approx(180 * MILLION)


def test_a_used_system_fetches_as_much_beside_offers_that_sell_nothing() -> None:
    """The cheapest offer caps what a used system fetches; in doing nothing too, though nothing is bought from it."""
    curve = [{"age": "0 months", "share": 1.0}, {"age": "10 years", "share": 1.0}]
    cheap = {"maker": {"system": "cube", "supplier": "maker", "price": mn(30)}}
    case = standing(offers=cheap, finance__resale=curve, workloads__training__amount=0)
    outcome, found = added(case)
    assert found.doing_nothing == pytest.approx(30 * MILLION)
    assert outcome.npv == pytest.approx(30 * MILLION)


def test_doing_nothing_keeps_everything_but_what_could_be_bought() -> None:
    case = standing(programmes={"aid": programme(0.5)})
    idle = doing_nothing(case)
    changed = {name for name in Case.model_fields if getattr(idle, name) != getattr(case, name)}
    assert changed == {"offers", "programmes"}
    assert all(offer.allocation is not None and not any(offer.allocation.values()) for offer in idle.offers.values())


def test_the_headline_tells_what_the_file_tells() -> None:
    outcome, found = added(standing())
    facts = headline(outcome)
    assert (facts.value_added, facts.value_of_doing_nothing) == (found.npv, found.doing_nothing)
    told = summary(outcome)
    assert told["headline"]["value_added"] == found.npv
    assert told["doing_nothing"]["npv"] == found.doing_nothing
    assert headline(dataclasses.replace(outcome, doing_nothing=None)).value_added is None


@pytest.mark.parametrize(("idle_from", "told"), [("2025-04", True), ("2026-01", False)])
def test_the_screen_says_what_is_sold_within_a_year(idle_from: str, told: bool) -> None:
    """A cube that keeps its price is bought for the work of three months, or of a year."""
    curve = [{"age": "0 months", "share": 1.0}, {"age": "10 years", "share": 1.0}]
    quarters = {"start": "2025-01", "period": "quarter", "periods": 6, "fiscal_year_start_month": 1}
    work = {"metric": "accelerators", "amount": {"2025-01": 1, idle_from: 0}, "price": yearly(60)}
    held = {"finance__discount_rate": 0.05, "finance__resale": curve}  # so that it is sold as soon as it is idle
    outcome = plan_case(toy(calendar=quarters, workloads__training=work, **held))
    console = Console(width=120, file=io.StringIO())
    terminal.show(outcome, [], console, [])
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert ("sold within a year" in shown) == told
    if told:
        assert "systems bought by the plan: 1 cube" in shown
