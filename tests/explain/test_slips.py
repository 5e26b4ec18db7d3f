"""Slips of a unit that leave no plan are told as what was meant, before anything smaller; what is no slip is not."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from planner.case.case import Case
from planner.explain.conflict import no_plan_words
from planner.explain.figure import changed
from planner.explain.impossible import taken_apart
from planner.explain.slips import Slips, slips
from planner.planning import plan_case
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.reading.tree.nodes import path_text
from tests.cases.toy import mn, toy
from tests.explain.planted import PLANTED
from tests.places import FAULTS

MIN_FLEET = FAULTS / "min-fleet.yaml"


def large_form(folder: Path, **changes: Any) -> Reading:
    """The small input as a new user would write it: three sites, four kinds of systems, blocks, a loan and a tax."""
    case = yaml.safe_load(MIN_FLEET.read_text(encoding="utf-8"))
    hall = case["sites"]["hall"]
    case["sites"] = {
        "frankfurt": copy.deepcopy(hall),
        "oslo": copy.deepcopy(hall) | {"capacity": {"power": "2 kW"}, "region": "nordic"},
        "paris": copy.deepcopy(hall) | {"capacity": {"power": "6 kW", "liquid_cooling": "4 kW"}, "region": "fr"},
    }  # fmt: skip
    sites = case["sites"]
    sites["frankfurt"]["fleet"].append({"system": "h100-hgx8", "quantity": 40, "arrives": "2026-01"})
    sites["oslo"]["fleet"] = [{"system": "h200-hgx8", "quantity": 60, "arrives": "2026-10"}]
    sites["paris"] |= {"cooling": ["liquid", "air"]}
    sites["paris"]["fleet"] = [{"system": "gb300-nvl72", "quantity": 6, "arrives": "2027-01"}]
    case["offers"] = {
        "b200": {"system": "b200-hgx8", "supplier": "A", "available": 40, "lead_time": "4 months"},
        "b300": {"system": "b300-hgx8", "supplier": "B", "available": 30, "lead_time": "6 months"},
    }
    case["expansions"] = {
        "hall": {
            "site": "paris", "adds": {"power": "2 MW", "liquid_cooling": "2 MW"}, "capex": "12 mn EUR",
            "lead_time": "12 months", "blocks": 3,
        }
    }  # fmt: skip
    case["finance"] |= {
        "loans": {"bank": {"limit": "30 mn EUR", "rate": "5 %", "term": "2 years"}},
        "tax": {"rate": "30 %"},
    }
    case["workloads"] |= changes
    path = folder / "large.yaml"

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    path.write_text(yaml.dump(case, Dumper=Plain, sort_keys=False), encoding="utf-8")
    return read_case(path)


MEANT = {
    "sites.frankfurt.capacity.power": "1.2 MW",
    "sites.oslo.capacity.power": "2 MW",
    "sites.paris.capacity.power": "6 MW",
    "sites.paris.capacity.liquid_cooling": "4 MW",
}


def texts_of(found: Slips | None) -> dict[str, str]:
    return {} if found is None else {path_text(path): text for path, text in found.texts.items()}


def test_kilowatts_for_megawatts_at_every_site_are_told_at_once(tmp_path: Path) -> None:
    reading = large_form(tmp_path)
    found = slips(taken_apart(reading.case, 60.0))
    assert found is not None
    assert texts_of(found) == MEANT
    assert found.left is None
    plan_case(changed(reading.case, found.texts), gap=0.05)
    text = no_plan_words(reading.case, reading.provenance)
    assert "Most likely a slip of a unit, the same one in several places. With what was meant there is a plan" in text
    assert "sites.paris.capacity.power: did you mean 6 MW, and not 6 kW?" in text
    assert text.index("did you mean") < text.index("Otherwise each of these makes a plan possible")
    assert "Loosen" not in text


def test_what_contradicts_itself_beside_a_slip_is_told_with_its_own_remedies(tmp_path: Path) -> None:
    training = {
        "metric": "bf16_pflops", "amount": 1200, "price": "0.9 EUR/PFLOPS-hour", "must_serve": "50 %",
        "regions": ["nordic", "fr"],
    }  # fmt: skip
    reading = large_form(tmp_path, training=training)
    found = slips(taken_apart(reading.case, 60.0))
    assert texts_of(found) == MEANT
    assert found is not None and found.left is not None
    text = no_plan_words(reading.case, reading.provenance)
    assert "With what was meant these contradictions are gone" in text
    _, _, rest = text.partition("With that set right, these statements of the case contradict each other")
    assert "workloads.training.must_serve" in rest
    assert "With that set right, each of these makes a plan possible" in rest


SHORT: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "power": ({"sites__east__fleet": [{"system": "cube", "quantity": 5, "arrives": "2025-01"}],
               "sites__east__capacity__power": "0.02 kW"}, {"sites.east.capacity.power": "20 kW"}),
    "thousands for millions": ({"finance__opening_cash": "120_000 JPY", "workloads__training__must_serve": 1},
                               {"finance.opening_cash": "120 mn JPY"}),
    "months for weeks": ({"offers__maker__lead_time": "8 months", "workloads__training__must_serve": 1,
                          "workloads__training__amount": {"2025-01": 0, "2025-04": 1}, "calendar__period": "quarter",
                          "calendar__periods": 12}, {"offers.maker.lead_time": "8 weeks"}),
    "accelerators for systems": ({"systems__cube__accelerators": 8, "sites__east__fleet":
                                  [{"system": "cube", "quantity": 64, "arrives": "2025-01"}],
                                  "sites__east__capacity__power": "9 kW"}, {"sites.east.fleet.0.quantity": "8"}),
    "billions for millions": ({"finance__minimum_cash": "50 bn JPY"}, {"finance.minimum_cash": "50 mn JPY"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SHORT)
def test_slips_of_other_units(name: str) -> None:
    changes, meant = SHORT[name]
    case: Case = toy(**changes)
    assert texts_of(slips(taken_apart(case, 60.0))) == meant


@pytest.mark.parametrize("name", ["power", "opening cash", "lead time", "supply per period"])
def test_a_limit_that_is_a_little_too_tight_is_no_slip(name: str) -> None:
    found = taken_apart(toy(**PLANTED[name][0]), 60.0)
    assert found.conflicts
    assert slips(found) is None


def test_a_site_that_is_short_by_a_third_is_no_slip() -> None:
    fleet = [{"system": "cube", "quantity": 15, "arrives": "2025-01"}]
    assert slips(taken_apart(toy(sites__east__fleet=fleet, finance__opening_cash=mn(9)), 60.0)) is None
