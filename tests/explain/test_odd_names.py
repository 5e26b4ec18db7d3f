"""Names may hold dots, and one may begin with all of another: none is ever read out of a path or a line of words."""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.explain.conflict import conflict_lines, remedy_lines
from planner.explain.impossible import taken_apart
from planner.explain.in_the_way import limits_shared
from planner.explain.prices import with_prices
from planner.explain.remedies import remedies
from planner.explain.screen import why_not_lines
from planner.explain.why_not import why_not
from planner.planning import plan_case
from tests.cases.toy import mn, programme, toy, yearly
from tests.explain.amount_of_work import chosen
from tests.explain.planted import PLANTED

NAMED = ("systems", "offers", "sites", "expansions", "workloads", "programmes")
ODD = ".1.floor"
"""What each name ends with, as the path of a statement may."""
PROGRAMMES = [name for name in PLANTED if "programme" in name or "floor" in name]
OTHERS = [name for name in PLANTED if name not in PROGRAMMES]


def odd(part: Any, names: set[str]) -> Any:
    """The same with other names, wherever they stand."""
    if isinstance(part, dict):
        return {odd(key, names): odd(value, names) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return type(part)(odd(one, names) for one in part)
    return f"{part}{ODD}" if isinstance(part, str) and part in names else part


def names_of(case: Case) -> set[str]:
    return {name for group in NAMED for name in getattr(case, group)} | {*case.finance.loans}


def with_odd_names(case: Case) -> Case:
    return Case.model_validate(odd(case.model_dump(mode="json", by_alias=True), names_of(case)))


@pytest.mark.parametrize("name", [*chosen(PROGRAMMES, 4), *chosen(OTHERS, 4)])
def test_an_impossible_case_is_taken_apart_alike_whatever_its_names_are(name):
    case = toy(**PLANTED[name][0])
    plain, other = taken_apart(case, 600.0), taken_apart(with_odd_names(case), 600.0)
    paths = [{one.path for conflict in found.conflicts for one in conflict.statements} for found in (plain, other)]
    assert paths[0] and {odd(path, names_of(case)) for path in paths[0]} == paths[1]
    changes = [{path for one in remedies(found) for path in one.texts} for found in (plain, other)]
    assert changes[0] and {odd(path, names_of(case)) for path in changes[0]} == changes[1]
    assert "\n".join([*conflict_lines(other, {}), *remedy_lines(remedies(other))])


def neighbours():
    """Work for more cubes than there is room for, at two sites and under two programmes of which one name begins with
    the other."""
    site = {"region": "north", "opens": "2020-01", "cooling": ["air"], "pue": 1, "energy_price": "0 JPY/kWh"}
    return toy(
        workloads__training={"metric": "accelerators", "amount": 20, "price": yearly(60)},
        sites={"tokyo": {**site, "capacity": {"power": "2 kW"}}, "tokyo.1": {**site, "capacity": {"power": "3 kW"}}},
        offers={
            "maker": {"system": "cube", "supplier": "maker"},
            "maker.1": {"system": "cube", "supplier": "other", "price": mn(300), "allocation": 2},
        },
        programmes={
            "round.2": programme(0.5, total_cap=mn(120), sites=["tokyo.1"]),
            "round": programme(0.25, total_cap=mn(30), sites=["tokyo"]),
        },
    )


def test_limits_that_a_purchase_would_share_are_told_by_whole_names():
    outcome = with_prices(plan_case(neighbours(), gap=0.0))
    assert outcome.prices
    shared = {site: limits_shared(outcome.case, outcome.prices, "maker.1", site) for site in outcome.case.sites}
    assert {limit.keys[:2] for limit in shared["tokyo"]} & {("sites", "tokyo"), ("programmes", "round")}
    assert {limit.keys[:2] for limit in shared["tokyo.1"]} & {("sites", "tokyo.1"), ("programmes", "round.2")}
    for site, other in (("tokyo", "tokyo.1"), ("tokyo.1", "tokyo")):
        assert ("sites", other) not in {limit.keys[:2] for limit in shared[site]}
        assert ("offers", "maker") not in {limit.keys[:2] for limit in shared[site]}


def test_why_not_is_answered_alike_whatever_the_names_are():
    answers = []
    for case in (neighbours(), with_odd_names(neighbours())):
        outcome = with_prices(plan_case(case, gap=0.0))
        answer = why_not(outcome, list(case.offers)[1], list(case.sites)[1], gap=0.0, seconds=30.0)
        assert f"{answer.offer} at {answer.site}" in "\n".join(why_not_lines(outcome, answer))
        answers.append(answer)
    assert answers[0].enters_at == pytest.approx(answers[1].enters_at)
    assert answers[0].forcing_costs == pytest.approx(answers[1].forcing_costs)
    names = names_of(neighbours())
    assert (
        {odd(limit.keys, names) for limit in answers[0].limits} == {limit.keys for limit in answers[1].limits} != set()
    )
