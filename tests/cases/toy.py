"""A toy case with round numbers, and changes of it: money in millions of yen, years of 365 days, no energy cost.

One system, the cube, costs 100 and earns 60 a year where there is work for it. One unit of work, three years, and
money enough: the best plan buys one cube at once and is worth 3 * 60 - 100 = 80.
"""

from __future__ import annotations

import copy
from typing import Any

from planner.case.case import Case

HOURS = 8760
"""Hours of each of the years 2025, 2026 and 2027."""
MILLION = 1e6
GONE = object()
"""As a change: removes the field."""


def mn(millions: float) -> str:
    """An amount in millions of yen, as a case file says it."""
    return f"{millions} mn JPY"


def yearly(millions: float) -> str:
    """The price of an accelerator-hour at which a busy cube earns so many millions in a year."""
    return f"{millions * MILLION / HOURS!r} JPY/accelerator-hour"


CUBE: dict[str, Any] = {
    "vendor": "vendor",
    "accelerators": 1,
    "performance": {"bf16_tflops_dense": 1000, "memory_gb": 80},
    "installation": {"power": "1 kW", "rack_units": 1, "cooling": ["air"]},
    "price": {"typical": mn(100)},
    "lead_time": {"typical": "0 months"},
    "useful_life": "10 years",
}
TOY: dict[str, Any] = {
    "name": "toy",
    "calendar": {"start": "2025-01", "period": "year", "periods": 3, "fiscal_year_start_month": 1},
    "finance": {
        "currency": "JPY",
        "opening_cash": mn(1000),
        "minimum_cash": mn(0),
        "discount_rate": 0,
        "terminal_value": False,
    },
    "systems": {"cube": CUBE},
    "offers": {"maker": {"system": "cube", "supplier": "maker"}},
    "sites": {
        "east": {
            "region": "north",
            "opens": "2020-01",
            "cooling": ["air"],
            "capacity": {"power": "10 kW"},
            "pue": 1,
            "energy_price": "0 JPY/kWh",
        }
    },
    "workloads": {"training": {"metric": "accelerators", "amount": 1, "price": yearly(60)}},
}


def toy_fields(**changes: Any) -> dict[str, Any]:
    """The fields of the toy with changes; a double underscore steps into a noun: ``finance__opening_cash=mn(50)``."""
    fields = copy.deepcopy(TOY)
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = fields
        for parent in parents:
            place = place.setdefault(parent, {})
        if value is GONE:
            del place[last]
        else:
            place[last] = copy.deepcopy(value)
    return fields


def toy(**changes: Any) -> Case:
    """The toy case with changes, as ``toy_fields`` has them."""
    return Case.model_validate(toy_fields(**changes))


def programme(rate: float, **terms: Any) -> dict[str, Any]:
    """A programme that pays a share of the price of systems."""
    return {"rate": rate, "categories": ["systems"], **terms}
