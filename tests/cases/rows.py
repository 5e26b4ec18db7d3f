"""A case with a little of everything, whose rows can be written down by hand: money in millions of yen.

The years 2025, 2026 and 2027 have 8760 hours each; prices by the hour are chosen so that a year comes out round.

* A cube (1 PFLOPS, 1 kW) costs 100 and 10 for additions, is paid on delivery, comes at once and lives two years.
* A rack (16 PFLOPS, 10 kW, liquid-cooled) costs 200, half of it at the order, comes after a year and lives ten.
* East has air and liquid cooling; west opens in 2026, has liquid cooling only, and can be enlarged by halls.
* Work on training earns 10 a PFLOPS and year, work on chat 20 a cube and year; a kW at full load costs 1 a year
  before the overhead of the site (2 in the east, 1 in the west).
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.toy import HOURS, MILLION, mn, yearly


def per_year(millions: float, unit: str) -> str:
    """The price of an hour at which a whole year comes to so many millions."""
    return f"{millions * MILLION / HOURS!r} JPY/{unit}"


FINANCE: dict[str, Any] = {
    "currency": "JPY",
    "opening_cash": mn(1000),
    "minimum_cash": mn(5),
    "funding": {"2026-05": mn(50)},
    "capex_limits": {"FY2025": mn(300), "FY2026": mn(250)},
    "discount_rate": 0,
    "terminal_value": False,
    "public_money_ceiling": "40 %",
    "resale": [{"age": "1 year", "share": "50 %"}],
}
CUBE: dict[str, Any] = {
    "vendor": "vendor",
    "accelerators": 1,
    "performance": {"bf16_tflops_dense": 1000, "memory_gb": 80},
    "installation": {
        "power": "1 kW",
        "idle_power_share": "50 %",
        "rack_units": 21,
        "cooling": ["air"],
        "staff": 0.25,
    },
    "price": {"typical": mn(100)},
    "lead_time": {"typical": "0 months"},
    "additions": {"typical": "10 %"},
    "useful_life": "2 years",
    "availability": "90 %",
    "maintenance_per_year": "4 %",
}
RACK: dict[str, Any] = {
    "vendor": "vendor",
    "accelerators": 8,
    "performance": {"bf16_tflops_dense": 2000, "memory_gb": 80},
    "installation": {
        "power": "10 kW",
        "idle_power_share": "0 %",
        "racks": 1,
        "cooling": ["liquid"],
        "uplink": "10 Gbps",
    },
    "price": {"typical": mn(200)},
    "lead_time": {"typical": "12 months"},
    "useful_life": "10 years",
    "availability": "50 %",
}
EAST: dict[str, Any] = {
    "region": "north",
    "opens": "2020-01",
    "cooling": ["air", "liquid"],
    "capacity": {"power": "10 kW", "racks": 4, "liquid_cooling": "10 kW", "staff": {"2025-01": 1, "2026-01": 3}},
    "pue": 2,
    "energy_price": per_year(1, "kWh"),
    "operations": "250_000 JPY/kW-month",
    "fleet": [
        {"system": "cube", "quantity": 2, "arrives": "2024-01"},
        {"system": "cube", "quantity": 1, "arrives": "2026-01", "unpaid": mn(30)},
    ],
}
WEST: dict[str, Any] = {
    "region": "south",
    "opens": "2026-01",
    "cooling": ["liquid"],
    "capacity": {"power": "20 kW", "liquid_cooling": "20 kW", "uplink": "40 Gbps"},
    "pue": 1,
    "energy_price": per_year(1, "kWh"),
    "rent": "50_000 JPY/kW-month",
}
HALL: dict[str, Any] = {
    "site": "west",
    "adds": {"power": "10 kW", "liquid_cooling": "10 kW"},
    "capex": mn(40),
    "lead_time": "12 months",
    "blocks": 2,
    "payment": {"at_order": "50 %"},
}
WORKLOADS: dict[str, Any] = {
    "training": {
        "metric": "bf16_pflops",
        "amount": 30,
        "price": per_year(10, "PFLOPS-hour"),
        "efficiency": {"rack": 0.5},
        "must_serve": "50 %",
    },
    "chat": {
        "metric": "accelerators",
        "amount": {"2026-01": 4},
        "price_by_system": {"cube": yearly(20)},
        "regions": ["north"],
    },
}
PROGRAMMES: dict[str, Any] = {
    "half": {
        "rate": "50 %",
        "categories": ["systems"],
        "systems": ["cube"],
        "total_cap": mn(150),
        "fiscal_year_caps": {"FY2026": mn(80)},
        "payment_lag": "12 months",
        "retention": "2 years",
        "excludes": ["fifth"],
    },
    "fifth": {
        "rate": "20 %",
        "categories": ["systems", "additions"],
        "eligible_share": "50 %",
        "order_window": {"to": "2025-12"},
        "operator_cap": mn(90),
        "retention": "18 months",
        "minimum_investment": mn(110),
    },
    "halls": {
        "rate": "30 %",
        "categories": ["facility"],
        "obligations": [{"metric": "bf16_pflops", "floor": 20, "from": "2026-01", "to": "2026-12"}],
    },
}


def rows_case() -> Case:
    """The case."""
    return Case.model_validate(
        {
            "name": "rows",
            "calendar": {"start": "2025-01", "period": "year", "periods": 3, "fiscal_year_start_month": 1},
            "finance": FINANCE,
            "systems": {"cube": CUBE, "rack": RACK},
            "offers": {
                "maker": {"system": "cube", "supplier": "maker", "available": 3, "tags": ["line"]},
                "builder": {
                    "system": "rack",
                    "supplier": "builder",
                    "allocation": {"2025-01": 3, "2026-01": 4},
                    "payment": {"at_order": "50 %"},
                },
            },
            "sites": {"east": EAST, "west": WEST},
            "expansions": {"hall": HALL},
            "workloads": WORKLOADS,
            "programmes": PROGRAMMES,
            "supply_chain_limits": {"line": "60 %"},
        }
    )
