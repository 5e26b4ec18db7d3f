"""Pools of toy operators: a cube costs 100 mn JPY and earns 60 a year while there is work; three years of horizon."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import yaml

from planner.planning import plan_case
from planner.reading.pool.file import PoolReading, read_pool
from planner.studies.pool.outcome import PoolOutcome
from planner.studies.pool.plan import PoolPlanner
from tests.cases.toy import CUBE, TOY, mn, yearly

UNUSUAL = ["systems.cube.price.typical"]


def operator(amount: float = 1, earns: float = 60, cash: float = 1000, **more: Any) -> dict[str, Any]:
    """An operator with work for so many cubes, each of which earns so many millions a year."""
    site = copy.deepcopy(TOY["sites"]["east"])
    return {
        "finance": {"opening_cash": mn(cash)},
        "sites": {"hall": site},
        "workloads": {"training": {"metric": "accelerators", "amount": amount, "price": yearly(earns)}},
        **more,
    }


def pool(operators: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A pool of operators that buy cubes from one maker."""
    finance = {key: value for key, value in TOY["finance"].items() if key != "opening_cash"}
    return {
        "name": "toys",
        "catalogue": "",
        "calendar": TOY["calendar"],
        "systems": {"cube": CUBE},
        "offers": copy.deepcopy(TOY["offers"]),
        "common": {"finance": finance},
        "unusual": dict.fromkeys(UNUSUAL, "a toy with round numbers"),
        **more,
        "operators": operators,
    }


def grant(rate: float, **terms: Any) -> dict[str, Any]:
    """A programme that pays a share of the price of systems."""
    return {"rate": rate, "categories": ["systems"], **terms}


def written(folder: Path, content: dict[str, Any]) -> Path:
    """A pool file."""
    path = folder / "pool.yaml"
    path.write_text(yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False), encoding="utf-8")
    return path


def reading_of(folder: Path, content: dict[str, Any]) -> PoolReading:
    """A pool, read from a file."""
    return read_pool(written(folder, content))


def planned(folder: Path, content: dict[str, Any], gap: float = 0.0) -> PoolOutcome:
    """The plan of a pool."""
    said: list[str] = []
    reading = reading_of(folder, content)
    planner = PoolPlanner(reading, plan_case, gap=gap, time_limit=60.0, told=said.append)
    return planner.outcome("pool.yaml", {})


def ordered(outcome: PoolOutcome, name: str) -> int:
    """Systems that an operator orders."""
    return sum(outcome.members[name].outcome.decisions.order.values())
