"""The rows that tie futures together, as people read them."""

from __future__ import annotations

from typing import Any

from planner.coefficients import coefficients_of
from planner.decisions import Decisions
from planner.model.build import build
from planner.model.first_stage import Stage, pin
from planner.model.linear import row_text
from planner.model.robust import Branch, RobustModel
from planner.outcome import Risk
from planner.vocabulary.constraints.robust import FIRST_STAGE, SHORTFALL
from planner.vocabulary.keys import Investment
from tests.cases.toy import mn, programme, toy

DUTY = {"metric": "bf16_pflops", "floor": 1, "from": "2026-01"}


def model(risk: Risk, *cases: dict[str, Any], last: int = 0, programmes: frozenset[str] = frozenset()) -> RobustModel:
    weight = 1 / len(cases)
    return RobustModel(
        {
            name: Branch(build(coefficients_of(toy(**case))), weight, Stage(last, programmes))
            for name, case in zip("abc", cases, strict=False)
        },
        risk,
    )


def rows(found: RobustModel, rule: str) -> list[str]:
    return [row_text(row, found.columns, found.labels) for row in found.rows if row.family.rule == rule]


def test_what_begins_by_the_date_is_the_same_and_nothing_else() -> None:
    found = model(Risk(), {}, {"workloads__training__amount": 3}, {"offers__maker__allocation": 0})
    assert rows(found, FIRST_STAGE.rule) == [
        "first_stage[b,order,maker,east,2025-01]: - order[a,maker,east,2025-01] + order[b,maker,east,2025-01] = 0"
    ]


def test_blocks_and_programmes_are_tied_as_orders_are() -> None:
    hall = {"site": "east", "adds": {"power": "1 kW"}, "capex": mn(15), "lead_time": "0 months", "blocks": 1}
    case = {"expansions": {"hall": hall}, "programmes": {"aid": programme(0.5, obligations=[DUTY])}}
    tied = rows(model(Risk(), case, case, programmes=frozenset(["aid"])), FIRST_STAGE.rule)
    assert [row.split(":")[0] for row in tied] == [
        "first_stage[b,order,maker,east,2025-01]",
        "first_stage[b,expand,hall,2025-01]",
        "first_stage[b,join,aid]",
    ]
    assert len(rows(model(Risk(), case, case, last=1), FIRST_STAGE.rule)) == 4  # whose window opens later: not tied


def test_the_tail_has_a_shortfall_for_each_future_where_it_holds_more_than_one() -> None:
    three = [{"workloads__training__amount": amount} for amount in (0, 1, 2)]
    assert rows(model(Risk(), *three), SHORTFALL.rule) == []
    wide = model(Risk(0.5, 0.5), *three)
    texts = rows(wide, SHORTFALL.rule)
    assert len(texts) == 3
    assert texts[0].startswith("shortfall[a]:") and "- tail[] + shortfall[a] >= 0" in texts[0]
    narrow = model(Risk(0.9, 0.5), *three)
    assert "shortfall[a] >=" not in rows(narrow, SHORTFALL.rule)[0]
    weights = {wide.columns[index].kind: weight for index, weight in wide.objective.terms.items()}
    assert weights["tail"] == 0.5
    assert weights["shortfall"] == -0.5 * (1 / 3) / 0.5


def test_a_first_stage_is_held_by_bounds() -> None:
    held = build(coefficients_of(toy()))
    first = Stage(0).of(_ordered(Investment("maker", "east", 0), 2, Investment("maker", "east", 1), 1))
    assert pin(held, Stage(0), first)
    bounds = {key.period: (column.lower, column.upper) for key, column in held.decide.order.items()}
    assert bounds[0] == (2.0, 2.0)
    assert bounds[1][0] == 0.0 < bounds[1][1]
    assert not pin(build(coefficients_of(toy())), Stage(0), _ordered(Investment("maker", "east", 0), 99))


def _ordered(*keys_and_numbers: Any) -> Any:
    return Decisions(order=dict(zip(keys_and_numbers[::2], keys_and_numbers[1::2], strict=True)))
