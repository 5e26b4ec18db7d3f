"""What a limit is about: names that no other limit of its rule and period has, and words that do without the period."""

from __future__ import annotations

import pytest

from planner.audit import audit
from planner.outcome import About, Audit, Limit, Outcome
from planner.studies.binding import OF_THE_CASE, binding
from planner.vocabulary.message import say
from tests.audit.cubes import bought, claims
from tests.cases.toy import MILLION, mn, programme, toy
from tests.report import example, programmes
from tests.report.example import outcome_of

PLANS = {"example": example.outcome, "every kind of programme": programmes.outcome}


@pytest.mark.parametrize("name", PLANS)
def test_rule_names_and_period_tell_each_limit_from_all_others(name: str) -> None:
    limits = PLANS[name]().audit.limits
    keys = [(limit.rule, limit.about.names, limit.period) for limit in limits]
    assert len(set(keys)) == len(keys) > 100


@pytest.mark.parametrize("name", PLANS)
def test_the_same_limit_in_all_periods_has_the_same_words_but_for_the_period(name: str) -> None:
    plan = PLANS[name]()
    dated = [one for one in plan.audit.limits if one.rule in OF_THE_CASE and one.period is not None]
    assert len({one.rule for one in dated}) >= 5
    for limit in dated:
        told = [label for label in _labels(plan, limit) if label in limit.about.when]
        assert len(told) == 1 and told[0] not in limit.about.lasting
        assert limit.subject.replace(limit.about.when, "") == limit.about.lasting


def test_words_are_put_together_around_the_period() -> None:
    words = say("{offer}{when}: ordered", offer="maker", when=say(", up to {month}", month="2025-04"))
    about = About(("maker", "allocation"), words)
    assert (about.subject, about.lasting) == ("maker, up to 2025-04: ordered", "maker: ordered")


def test_each_cap_is_named_by_its_field() -> None:
    terms = programme(0.5, total_cap=mn(60), operator_cap=mn(70), fiscal_year_caps={"FY2025": mn(80)})
    audited = audit(toy(programmes={"aid": terms}), bought(claim=claims(aid=1)))
    assert _rights(audited, "programme_cap") == {
        ("aid", "total_cap"): 60 * MILLION, ("aid", "operator_cap"): 70 * MILLION, ("aid", "FY2025"): 80 * MILLION,
    }  # fmt: skip


def test_supply_of_a_period_and_supply_so_far_are_one_line_and_each_period_counts_once() -> None:
    case = toy(offers__maker__available=1, offers__maker__allocation=1)
    plan = outcome_of(case, bought(1))
    assert _rights(plan.audit, "supply", 0) == {("maker", "available"): 1, ("maker", "allocation"): 1}
    assert [one.periods for one in binding(plan) if (one.rule, one.subject) == ("supply", "maker: ordered")] == [
        (0, 1, 2)
    ]


def _labels(plan: Outcome, limit: Limit) -> list[str]:
    """How the period of a limit may be named: cash is looked at in each of its months, all else once."""
    months = plan.case.calendar.months_of(limit.period or 0)
    return [str(plan.case.calendar.months[m]) for m in (months if limit.rule == "cash_balance" else months[:1])]


def _rights(audited: Audit, rule: str, period: int | None = None) -> dict[tuple[str, ...], float]:
    """What the case sets, by names."""
    return {one.about.names: one.right for one in audited.limits if one.rule == rule and one.period == period}
