"""The rows between operators, as people read them."""

from __future__ import annotations

from pathlib import Path

from planner.model.linear import row_text
from planner.model.pool import Aim, PoolModel
from planner.studies.pool.terms import model_of, terms_of
from tests.pool.pools import grant, operator, pool, reading_of


def model(folder: Path) -> PoolModel:
    programmes = {"aid": grant(0.5, total_cap="60 mn JPY", fiscal_year_caps={"FY2026": "10 mn JPY"})}
    offers = {"maker": {"system": "cube", "supplier": "maker", "order_window": {"to": "2026-12"}, "available": 3}}
    content = pool(
        {"a": operator(), "b": operator()},
        programmes=programmes,
        offers=offers,
        target={"floor": 2, "by": "2025-06", "must_hold": True},
        objective={"kind": "compute", "installed_by": "2025-06", "least": 1},
    )
    reading = reading_of(folder, content)
    cases = {name: member.reading.case for name, member in reading.members.items()}
    return model_of(cases, terms_of(reading, {"a": 80e6}), Aim(compute=1.0))


def rows(found: PoolModel, rule: str) -> list[str]:
    return [row_text(row, found.columns, found.labels) for row in found.rows if row.rule == rule]


def test_caps_and_supply_are_those_of_every_operator_added_up(tmp_path: Path) -> None:
    found = model(tmp_path)
    assert found.unit == 1e6
    assert rows(found, "shared_supply")[:2] == [
        "shared_supply[maker,2025-01]: order[a,maker,hall,2025-01] + order[b,maker,hall,2025-01] <= 3",
        "shared_supply[maker,2026-01]: order[a,maker,hall,2026-01] + order[b,maker,hall,2026-01] <= 3",
    ]
    total, year = rows(found, "shared_cap")
    assert total == (
        "shared_cap[aid,total]: 50 claim[a,aid,maker,hall,2025-01] + 50 claim[a,aid,maker,hall,2026-01] "
        "+ 50 claim[b,aid,maker,hall,2025-01] + 50 claim[b,aid,maker,hall,2026-01] <= 60"
    )
    assert year == (
        "shared_cap[aid,FY2026]: 50 claim[a,aid,maker,hall,2026-01] + 50 claim[b,aid,maker,hall,2026-01] <= 10"
    )


def test_floors_over_all_operators(tmp_path: Path) -> None:
    found = model(tmp_path)
    standing = "installed[a,cube,hall,2025-01] + installed[b,cube,hall,2025-01]"
    assert rows(found, "pool_target") == [f"pool_target[2025-01]: {standing} >= 2"]
    assert rows(found, "least_compute") == [f"least_compute[]: {standing} >= 1"]
    (participation,) = rows(found, "participation")
    assert participation.startswith("participation[a]: ")
    assert participation.endswith(">= 80")
    assert "[b," not in participation
