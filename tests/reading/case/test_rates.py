"""Exchange rates: every figure that the plan reads has one, and none is asked for what it does not read.

Every amount of money of a case is put into a foreign currency, one at a time and in random company. Where the reader
asks for no rate, every coefficient must be there without one; where it asks, the figure must count for something.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from planner.coefficients import coefficients_of
from planner.errors import InputError
from planner.planning import plan_case
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.report.workbook.book import write_workbook
from planner.verification.finished import verify_workbook
from tests.places import TINY

FAULTS = TINY.parent / "faults"
MONEY = re.compile(r"(?<=\d )((?:m |bn )?)(JPY|USD)\b")
Keys = tuple[Any, ...]


def rich() -> dict[str, Any]:
    """The tiny case with every field of money that there is, and systems whose typical price nobody reads."""
    case = yaml.safe_load(TINY.read_text(encoding="utf-8"))
    del case["scenarios"]
    finance, cube = case["finance"], case["systems"]["cube"]
    del finance["exchange_rates"]
    finance["loans"] = {"bank": {"limit": "1 bn JPY", "rate": "2 %", "term": "2 years", "outstanding": "50 m JPY"}}
    finance["tax"] = {"rate": "30 %", "opening_loss": "20 m JPY"}
    idle = cube | {"maintenance_per_year": 0}
    case["systems"] |= {"box": copy.deepcopy(cube), "idle": copy.deepcopy(idle)}
    case["offers"]["maker"]["price"] = "46 m JPY"
    case["offers"] |= {
        "boxes": {"system": "box", "supplier": "Other"},
        "idles": {"system": "idle", "supplier": "Other", "price": "45 m JPY"},
    }
    site = case["sites"]["north"]
    site |= {"rent": "3_000 JPY/kW-month", "operations": "2_000 JPY/kW-month"}
    site["fleet"][0]["book_value"] = "20 m JPY"
    site["fleet"].append({"system": "cube", "quantity": 1, "arrives": "2024-10", "unpaid": "40 m JPY"})
    case["workloads"]["hours"] = {
        "metric": "accelerators", "amount": 16, "price_by_system": {"cube": "500 JPY/accelerator-hour"},
    }  # fmt: skip
    case["programmes"]["grant"] |= {
        "total_cap": "2 bn JPY", "minimum_investment": "10 m JPY", "fiscal_year_caps": {"FY2025": "1 bn JPY"},
    }  # fmt: skip
    return json.loads(json.dumps(case, default=str).replace(" USD", "00 JPY"))


def leaves(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        if isinstance(child, str) and MONEY.search(child):
            yield (*keys, key), child
        yield from leaves(child, (*keys, key))


def put(case: dict[str, Any], keys: Keys, value: Any) -> None:
    place = case
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value


def reading(folder: Path, case: dict[str, Any]) -> Reading:
    path = folder / "case.yaml"
    path.write_text(json.dumps(case), encoding="utf-8")
    return read_case(path)


def foreign(case: dict[str, Any], *figures: Keys, code: str = "XTS") -> dict[str, Any]:
    """The case with some amounts in a currency of which nothing is known."""
    case, said = copy.deepcopy(case), dict(leaves(case))
    for keys in figures:
        put(case, keys, MONEY.sub(rf"\1{code}", said[keys]))
    return case


def asks_for_a_rate(folder: Path, case: dict[str, Any]) -> bool:
    """Whether the reader refuses a case for want of a rate, and for nothing else."""
    try:
        reading(folder, case)
    except InputError as error:
        assert all("no exchange rate" in fault.found and fault.place.line for fault in error.faults), str(error)
        return True
    return False


def no_resale(case: dict[str, Any]) -> None:
    del case["finance"]["resale"]


def too_late(case: dict[str, Any]) -> None:
    case["offers"]["maker"]["order_window"] = {"to": "2024-01"}
    case["expansions"]["hall"]["lead_time"] = "5 years"


READS_LESS = (no_resale, too_late)
UNREAD = {
    no_resale: {("systems", "idle", "price", "typical")},
    too_late: {("offers", "maker", "price"), ("expansions", "hall", "capex")},
}
"""What a change leaves unread; the highest price and the floor of a system are there for orientation alone."""


@pytest.mark.parametrize("change", [None, *READS_LESS])
def test_what_is_read_asks_for_a_rate_and_nothing_else_does(change: Any, tmp_path: Path) -> None:
    case = rich()
    if change is not None:
        change(case)
    free = set()
    for keys, _ in leaves(case):
        there = foreign(case, keys)
        if not asks_for_a_rate(tmp_path, there):
            free.add(keys)
            coefficients_of(reading(tmp_path, there).case)
            continue
        value = [coefficients_of(reading(tmp_path, _at(there, rate)).case) for rate in (1.0, 1.001)]
        assert value[0] != value[1], f"a rate is asked for {keys}, and it moves nothing"
    orientation = {keys for keys, _ in leaves(case) if keys[-1] in ("high", "floor_per_accelerator")}
    assert free == orientation | UNREAD.get(change, set())


def _at(case: dict[str, Any], rate: float) -> dict[str, Any]:
    return case | {"finance": case["finance"] | {"exchange_rates": {"XTS": f"{rate} JPY"}}}


@pytest.mark.parametrize("seed", range(10))
def test_no_company_of_foreign_prices_ends_in_a_crash(seed: int, tmp_path: Path) -> None:
    chance, case = Random(seed), rich()
    for change in READS_LESS:
        if chance.random() < 0.5:
            change(case)
    free = [keys for keys, _ in leaves(case) if not asks_for_a_rate(tmp_path, foreign(case, keys))] if seed < 1 else []
    figures = [keys for keys, _ in leaves(case) if chance.random() < 0.1]
    if not asks_for_a_rate(tmp_path, foreign(case, *figures)):
        coefficients_of(reading(tmp_path, foreign(case, *figures)).case)
    if free:  # nothing behind the reader asks for a rate either: model, audit, workbook, and the workbook read again
        path, book = tmp_path / "case.yaml", tmp_path / "plan.xlsx"
        path.write_text(json.dumps(foreign(case, *free)), encoding="utf-8")
        outcome = plan_case_of(path)
        write_workbook(outcome, book, "en")
        assert verify_workbook(book).holds


def plan_case_of(path: Path) -> Any:
    read = read_case(path)
    return plan_case(read.case, provenance=read.provenance, input_hash=read.input_hash, gap=0.01)


@pytest.mark.parametrize(("name", "line"), [("crash-fleet-without-dollar-rate", 13), ("crash-fleet-beside-offers", 17)])
def test_systems_that_are_there_ask_for_the_rate_of_their_maintenance(name: str, line: int, tmp_path: Path) -> None:
    path = FAULTS / f"{name}.yaml"
    with pytest.raises(InputError) as caught:
        read_case(path)
    (fault,) = caught.value.faults
    assert (fault.place.line, fault.field) == (line, "sites.hall.fleet.0.system")
    assert "maintenance follows from the typical price of 'h100-hgx8', 310,000 USD" in fault.found
    assert "`USD: ... JPY`" in fault.remedy
    freed = read_case(path, overrides={"systems.h100-hgx8.maintenance_per_year": "0 %"})
    assert freed.case.systems["h100-hgx8"].price.typical is None  # nobody reads it, nobody could convert it
    outcome = plan_case(freed.case, provenance=freed.provenance, input_hash=freed.input_hash)
    book = tmp_path / "plan.xlsx"
    write_workbook(outcome, book, "en")
    assert verify_workbook(book).holds
    again = read_case(book)
    assert again.input_hash == freed.input_hash
    paid = read_case(path, overrides={"finance.exchange_rates": "{USD: 150 JPY}"})
    assert plan_case(paid.case).audit.objective < outcome.audit.objective
