"""Whole cases in a pool: where nothing is shared each is planned as by itself; taxes and all kinds of aid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from planner.plan import plan_case
from planner.reading.case.file import read_case
from tests.places import TINY
from tests.pool.pools import grant, operator, planned, pool

OWN = ("finance", "sites", "expansions", "workloads", "offers", "programmes", "supply_chain_limits")
TAX = {"rate": 0.3, "opening_loss": "20 mn JPY"}


def as_operator(path: Path) -> dict[str, Any]:
    """A case file as an operator who shares nothing."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {section: content[section] for section in OWN if section in content}


def test_operators_who_share_nothing_are_planned_as_by_themselves(tmp_path: Path) -> None:
    content = yaml.safe_load(TINY.read_text(encoding="utf-8"))
    poorer = as_operator(TINY)
    poorer["finance"] |= {"opening_cash": "1 bn JPY", "tax": {"rate": "30 %"}}
    sections = {key: content[key] for key in ("calendar", "systems")}
    operators = {"rich": as_operator(TINY), "poor": poorer}
    found = planned(tmp_path, {"name": "two", "catalogue": "", **sections, "operators": operators}, gap=1e-6)
    rich = plan_case(read_case(TINY).case, gap=1e-6)
    assert found.members["rich"].outcome.audit.accounts.npv == pytest.approx(rich.audit.accounts.npv, rel=1e-5)
    for member in found.members.values():
        alone, in_pool = member.alone.audit.accounts.npv, member.outcome.audit.accounts.npv
        assert in_pool == pytest.approx(alone, rel=1e-5)
    assert found.audit.npv == pytest.approx(
        sum(one.alone.audit.accounts.npv for one in found.members.values()), rel=1e-5
    )


def taxed(**more: Any) -> dict[str, Any]:
    found = operator(**more)
    found["finance"] |= {"tax": TAX}
    return found


@pytest.mark.parametrize(("cap", "given"), [("25 mn JPY", 25), ("1 bn JPY", 40)])
def test_a_shared_tax_credit_is_public_money_and_has_its_cap(tmp_path: Path, cap: str, given: float) -> None:
    programmes = {"credit": grant(0.2, kind="tax_credit", total_cap=cap, carry_forward="2 years")}
    found = planned(tmp_path, pool({"a": taxed(), "b": taxed(earns=80)}, programmes=programmes))
    # of the tax of a: 0.3 * (80 - 20) = 18 less a credit of up to 20; of b: 0.3 * (140 - 20) = 36
    assert 0 < found.public_money <= given * 1e6 + 1
    credits = sum(sum(one.outcome.decisions.credit.values()) for one in found.members.values())
    assert 0 < credits <= found.public_money + 1
    if given == 25:
        assert credits == pytest.approx(25e6)
    held = [limit for limit in found.audit.limits if limit.rule == "shared_cap"]
    assert [limit.left for limit in held] == pytest.approx([found.public_money])


def test_cost_that_is_only_written_off_earlier_is_no_public_money(tmp_path: Path) -> None:
    programmes = {"early": grant(0.5, kind="special_depreciation", total_cap="50 mn JPY")}
    found = planned(tmp_path, pool({"a": taxed(), "b": taxed(earns=80)}, programmes=programmes))
    assert found.public_money == 0
    assert sum(one.granted["early"] for one in found.members.values()) <= 50e6 + 1


def test_milestones_after_the_horizon_count_for_the_cap_that_all_share(tmp_path: Path) -> None:
    parts = [{"share": 0.5}, {"share": 0.5, "lag": "5 years"}]
    maker = {"system": "cube", "supplier": "maker", "order_window": {"to": "2025-12"}}
    programmes = {"aid": grant(0.5, milestones=parts, total_cap="70 mn JPY")}
    found = planned(tmp_path, pool({"a": operator(), "b": operator()}, programmes=programmes, offers={"maker": maker}))
    assert found.public_money == pytest.approx(70e6)
    paid = sum(sum(one.outcome.audit.accounts.lines["grants"]) for one in found.members.values())
    assert paid == pytest.approx(35e6)


def test_a_reason_for_an_unusual_figure_of_a_programme_stands_without_the_programme(tmp_path: Path) -> None:
    content = pool({"a": operator()}, programmes={"aid": grant(0.5)})
    content["unusual"]["programmes.aid.rate"] = "a toy"
    found = planned(tmp_path, content)
    assert found.members["a"].unaided is not None
