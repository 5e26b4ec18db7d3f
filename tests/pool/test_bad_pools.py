"""What is wrong with a pool file is said all at once, with its line and its field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.errors import InputError
from planner.reading.budget import read_case
from planner.reading.pool.file import read_pool
from tests.pool.pools import grant, operator, pool, written


def refused(folder: Path, content: dict[str, Any]) -> dict[str, str]:
    """Faults by field, each in one line."""
    path = written(folder, content)
    lines = path.read_text(encoding="utf-8").splitlines()
    with pytest.raises(InputError) as error:
        read_pool(path)
    for fault in error.value.faults:
        assert fault.place.file == str(path)
        assert 1 <= fault.place.line <= len(lines)
    return {fault.field: " ".join([fault.found, fault.allowed, fault.remedy]) for fault in error.value.faults}


def change(content: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    *parents, last = path.split("/")
    place = content
    for parent in parents:
        place = place.setdefault(parent, {})
    place[last] = value
    return content


IN_DOLLARS = {
    "currency": "USD",
    "exchange_rates": {"JPY": "0.0066 USD"},
    "opening_cash": "1 mn USD",
    "minimum_cash": "0 USD",
}
CASES: list[tuple[str, Any, str, str]] = [
    ("objektive", {}, "objektive", "did you mean 'objective'?"),
    ("finance", {}, "finance", "write finance under common"),
    ("common/programmes", {}, "common.programmes", "write programmes at the top"),
    ("operators/a/calender", {}, "operators.a.calender", "unknown field 'calender' of an operator"),
    ("operators/a/finance/opening_cash", "5", "operators.a.finance.opening_cash", "currency"),
    ("operators/a/sites/hall/colling", ["air"], "operators.a.sites.hall.colling", "did you mean 'cooling'?"),
    ("operators/a/programmes", {"aid": {"total_cap": "1 mn JPY"}}, "operators.a.programmes.aid.total_cap", "own award"),
    ("operators/a/offers", {"maker": {"available": 3}}, "operators.a.offers.maker.available", "at the top"),
    (
        "operators/a/programmes",
        {"aids": {"rate": 0.4}},
        "operators.a.programmes.aids.categories",
        "you mean 'aid'?; else",
    ),
    ("operators/a/offers", {"makr": {"quality": 1}}, "operators.a.offers.makr.system", "did you mean 'maker'?"),
    ("operators/a/finance", IN_DOLLARS, "operators", "one currency"),
    ("programmes/aid/sites", ["hall"], "programmes.aid.sites", "cannot name sites"),
    ("programmes/aid/rate", 3, "programmes.aid.rate", "more than the whole"),
    ("programmes/aid/regions", ["nroth"], "programmes.aid.regions.0", "north"),
    ("programmes/aid/total_cap", "1 mn USD", "programmes.aid.total_cap", "USD"),
    ("target", {"floor": 1, "by": "2035-01"}, "target.by", "outside the horizon"),
    ("target", {"floor": 1}, "target.by", "value missing"),
    ("objective", {"kind": "compute", "installed_by": "2035-01"}, "objective.installed_by", "outside the horizon"),
    ("objective", {"kind": "npv", "least": 3}, "objective.least", "remove it"),
    ("objective", {"kind": "compute_per_public_yen"}, "objective", "least"),
    ("objective", {"kind": "compute_per_yen"}, "objective.kind", "did you mean 'compute_per_public_yen'?"),
    ("operators", {}, "operators", "at least one operator"),
    ("operators/..", operator(), "operators...", "is not a safe name"),
    ("operators/b b", operator(), "operators.b b", "is not a safe name"),
    ("operators/A", operator(), "operators.A", "differ only in capital letters"),
    ("operators/" + "b" * 60, operator(), "operators." + "b" * 60, "together with the name of the pool"),
    ("name", "to ys", "name", "is not a safe name"),
    ("operators/aux", operator(), "operators.aux", "is the name of a device on Windows"),
    ("name", "com1", "name", "is the name of a device on Windows"),
    ("participation", "perhaps", "participation", "true or false"),
]


@pytest.mark.parametrize(("path", "value", "field", "words"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES])
def test_a_mistake_is_told_where_it_stands(tmp_path: Path, path: str, value: Any, field: str, words: str) -> None:
    content = pool({"a": operator(), "b": operator()}, programmes={"aid": grant(0.5)})
    found = refused(tmp_path, change(content, path, value))
    assert field in found, found
    assert words in found[field], found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    content = pool({"a": operator(), "b": operator()}, programmes={"aid": grant(0.5)})
    for path, value in (
        ("titel", "x"),
        ("operators/a/finance/opening_cash", "5"),
        ("operators/b/sites/hall/pue", 0.5),
        ("programmes/aid/rate", 3),
        ("target", {"floor": -1, "by": "2025-06"}),
    ):
        change(content, path, value)
    found = refused(tmp_path, content)
    expected = {
        "titel",
        "operators.a.finance.opening_cash",
        "operators.b.sites.hall.pue",
        "programmes.aid.rate",
        "target.floor",
    }
    assert set(found) == expected


def test_a_shared_mistake_is_told_once(tmp_path: Path) -> None:
    content = pool({"a": operator(), "b": operator()}, programmes={"aid": grant(3)})
    with pytest.raises(InputError) as error:
        read_pool(written(tmp_path, content))
    assert len(error.value.faults) == 1


def test_an_entry_of_its_own_may_have_a_name_like_a_shared_one(tmp_path: Path) -> None:
    own = operator(programmes={"aids": grant(0.1)})
    reading = read_pool(written(tmp_path, pool({"a": own, "b": operator()}, programmes={"aid": grant(0.5)})))
    assert set(reading.members["a"].reading.case.programmes) == {"aid", "aids"}


def test_a_case_read_as_a_pool_says_so(tmp_path: Path) -> None:
    content = pool({})
    del content["operators"]
    found = refused(tmp_path, content | {"finance": {}, "sites": {}})
    assert list(found) == ["operators"]
    assert "plan CASE" in found["operators"]


def test_a_pool_read_as_a_case_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, pool({"a": operator()}))
    with pytest.raises(InputError, match="plan pool"):
        read_case(path)


@pytest.mark.parametrize("value", ["x", 5, ["x"]])
def test_an_operator_that_is_no_group_is_told_as_that_and_nothing_that_follows(tmp_path: Path, value: Any) -> None:
    faults = refused(tmp_path, pool({"a": operator(), "b": value}))
    assert list(faults) == ["operators.b"]
    assert "is not a group" in faults["operators.b"]
