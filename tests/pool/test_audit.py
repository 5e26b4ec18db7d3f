"""The audit of a pool finds what the operators break together, from cases and decisions alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.audit.pool import Operator, PoolAudit, audit_pool
from tests.pool.pools import grant, operator, planned, pool

MN = 1e6


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, dict[str, Operator]]:
    content = pool(
        {"a": operator(), "b": operator()},
        programmes={"aid": grant(0.5, total_cap="100 mn JPY", fiscal_year_caps={"FY2025": "100 mn JPY"})},
        offers={"maker": {"system": "cube", "supplier": "maker", "allocation": 2, "available": 2}},
        target={"floor": 2, "by": "2025-06", "must_hold": True},
        objective={"kind": "compute", "installed_by": "2025-06", "least": 2},
    )
    found = planned(tmp_path_factory.mktemp("pool"), content)
    members = {
        name: Operator(one.outcome.case, one.outcome.decisions, one.outcome.audit)
        for name, one in found.members.items()
    }
    return found, members


def audited(found: Any, members: dict[str, Operator], least: float = 130 * MN, **pool_changes: Any) -> PoolAudit:
    return audit_pool(
        found.pool.model_copy(update=pool_changes),
        members,
        offers=frozenset({"maker"}),
        programmes=frozenset({"aid"}),
        least_npv={"a": least},
    )


def broken(audit: PoolAudit) -> set[str]:
    return {limit.rule for limit in audit.broken}


def with_case(members: dict[str, Operator], section: str, name: str, **changes: Any) -> dict[str, Operator]:
    """The same plan under other terms, which are the same for all operators."""
    changed = {}
    for key, one in members.items():
        entries = getattr(one.case, section)
        entry = type(entries[name]).model_validate({**entries[name].model_dump(by_alias=True, mode="json"), **changes})
        case = one.case.model_copy(update={section: {**entries, name: entry}})
        changed[key] = replace(one, case=case)
    return changed


def test_a_plan_that_keeps_everything_breaks_nothing(parts: tuple[Any, dict[str, Operator]]) -> None:
    found, members = parts
    audit = audited(found, members)
    assert not audit.broken
    rules = ["shared_supply"] * 6 + ["shared_cap"] * 2 + ["participation", "pool_target", "least_compute"]
    assert [limit.rule for limit in audit.limits] == rules
    assert (audit.compute, audit.standing, audit.npv) == (2, 2, pytest.approx(260 * MN))
    assert audit.public_money == pytest.approx({"a": 50 * MN, "b": 50 * MN})


@pytest.mark.parametrize(
    ("section", "name", "changes", "rule"),
    [
        ("offers", "maker", {"allocation": 1}, "shared_supply"),
        ("offers", "maker", {"available": 1}, "shared_supply"),
        ("programmes", "aid", {"total_cap": "99 mn JPY"}, "shared_cap"),
        ("programmes", "aid", {"fiscal_year_caps": {"FY2025": "99 mn JPY"}}, "shared_cap"),
    ],
)
def test_what_one_operator_keeps_all_of_them_may_break(
    parts: tuple[Any, dict[str, Operator]], section: str, name: str, changes: dict[str, Any], rule: str
) -> None:
    found, members = parts
    assert broken(audited(found, with_case(members, section, name, **changes))) == {rule}


def test_floors_over_all_operators(parts: tuple[Any, dict[str, Operator]]) -> None:
    found, members = parts
    higher = found.pool.target.model_copy(update={"floor": 2.1})
    assert broken(audited(found, members, target=higher)) == {"pool_target"}
    more = found.pool.objective.model_copy(update={"least": 2.1})
    assert broken(audited(found, members, objective=more)) == {"least_compute"}
    assert broken(audited(found, members, least=131 * MN)) == {"participation"}


def test_one_system_too_many_is_seen(parts: tuple[Any, dict[str, Operator]]) -> None:
    found, members = parts
    orders = members["a"].decisions.order
    key = next(iter(orders))
    doubled = replace(members["a"].decisions, order={**orders, key: orders[key] + 1})
    assert broken(audited(found, {**members, "a": replace(members["a"], decisions=doubled)})) == {"shared_supply"}
