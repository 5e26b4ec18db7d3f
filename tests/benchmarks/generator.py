"""Cases of stated sizes that look like the reference case: subsidies, power and cash all bind, and a plan exists.

Buying nothing is a plan of every generated case: the fleet that stands there carries the demand that must be served
until that demand ends, and cash covers its running costs. So every case is feasible by construction.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from planner.case.case import Case
from planner.case.quantities import Month

Fields = dict[str, Any]
SizeName = Literal["S", "M", "L"]
FleetSize = Literal["large", "small"]

START = Month.of(2024, 4)
YEN_PER_DOLLAR = 150
REGIONS = ("north", "centre", "south", "abroad")
PRECISION = "bf16_pflops"


@dataclass(frozen=True)
class Size:
    """How many of each noun a case has."""

    offers: int
    sites: int
    periods: int
    programmes: int
    workloads: int
    systems: int


SIZES: dict[SizeName, Size] = {
    "S": Size(offers=6, sites=4, periods=12, programmes=3, workloads=4, systems=3),
    "M": Size(offers=12, sites=12, periods=24, programmes=5, workloads=6, systems=6),
    "L": Size(offers=20, sites=40, periods=40, programmes=8, workloads=8, systems=10),
}
MEGAWATTS: dict[FleetSize, float] = {"large": 8.0, "small": 0.3}
"""Power of a usual site: some six hundred servers, or some twenty."""


def generate(size: SizeName, number: int = 0, fleet: FleetSize = "large") -> Case:
    """The case of a size and a number; the same arguments always give the same case.

    Args:
        size: S, M or L, a regional, national or global provider.
        number: which of the many cases of that size.
        fleet: large for dozens of systems an order, small for two or three.
    """
    return Case.model_validate(fields(size, number, fleet))


def fields(size: SizeName, number: int = 0, fleet: FleetSize = "large") -> Fields:
    """The same case as it would stand in a case file."""
    return _Draw(SIZES[size], Random(f"{size} {fleet} {number}"), MEGAWATTS[fleet] * 1000).fields(
        f"{size}-{fleet}-{number}".lower()
    )


class _Draw:
    """One draw of a case; what later nouns need of earlier ones is kept here."""

    def __init__(self, size: Size, chance: Random, site_kw: float) -> None:
        self.size = size
        self.chance = chance
        self.site_kw = site_kw
        self.years = size.periods // 4
        self.systems = self._systems()
        self.servers = [name for name, system in self.systems.items() if "rack_units" in system["installation"]]
        self.sites = self._sites()
        self.expansions = self._expansions()
        self.full_kw = sum(_kw(site["capacity"]["power"]) for site in self.sites.values()) + sum(
            block["blocks"] * _kw(block["adds"]["power"]) for block in self.expansions.values()
        )
        usual = self.systems[self.servers[len(self.servers) // 2]]
        self.full_systems = self.full_kw / _kw(usual["installation"]["power"])
        self.full_pflops = self.full_systems * _pflops(usual)
        self.full_yen = self.full_systems * _price(usual) * YEN_PER_DOLLAR * 1.25

    def between(self, low: float, high: float, digits: int = 2) -> float:
        """A figure of few digits, as people write them."""
        return round(self.chance.uniform(low, high), digits)

    def fields(self, name: str) -> Fields:
        """The whole case."""
        return {
            "name": name,
            "calendar": {"start": str(START), "period": "quarter", "periods": self.size.periods},
            "finance": self._finance(),
            "systems": self.systems,
            "offers": self._offers(),
            "sites": self.sites,
            "expansions": self.expansions,
            "workloads": self._workloads(),
            "programmes": self._programmes(),
            "supply_chain_limits": {"one-line": 0.8},
        }

    def _systems(self) -> dict[str, Fields]:
        """Servers of eight accelerators, each generation faster and dearer; the last one fills a rack of its own."""
        found: dict[str, Fields] = {}
        for generation in range(self.size.systems):
            rack = generation == self.size.systems - 1
            level, times = generation % 4, 9 if rack else 1
            found[f"rack-{generation}" if rack else f"server-{generation}"] = {
                "vendor": "vendor",
                "accelerators": 8 * times,
                "performance": {
                    "bf16_tflops_dense": round(self.between(950, 1050) * 1.5**level, 1),
                    "memory_gb": 80 + 64 * level,
                    "scale_up_accelerators": 8 * times,
                },
                "installation": {
                    "power": f"{round(self.between(9.5, 11) * 1.18**level * times, 1)} kW",
                    "busy_power_share": "80 %",
                    "idle_power_share": "30 %",
                    "cooling": ["liquid"] if rack else ["air", "liquid"] if level % 2 else ["air"],
                    **({"racks": 1} if rack else {"rack_units": 8}),
                },
                "price": {"typical": f"{int(self.between(270, 330) * 1.2**level * times)}_000 USD"},
                "lead_time": {"typical": f"{self.chance.choice([12, 20, 26])} weeks"},
                "additions": {"typical": "25 %"},
                "useful_life": "5 years",
                "availability": f"{self.chance.choice([85, 87, 90])} %",
                "maintenance_per_year": "3 %",
            }
        return found

    def _sites(self) -> dict[str, Fields]:
        found: dict[str, Fields] = {}
        for number in range(self.size.sites):
            power = round(self.site_kw * self.between(0.7, 1.3), 1)
            rented = number % 3 == 1
            found[f"site-{number:02}"] = {
                "region": REGIONS[number % len(REGIONS)],
                "opens": str(START.plus(-6 if number < 2 else self.chance.choice([0, 3, 6, 12]))),
                "cooling": ["air", "liquid"] if number % 3 == 2 else ["air"],
                "capacity": {
                    "power": f"{power} kW",
                    **({"racks": max(4, int(power / 30))} if number % 2 else {}),
                    **({"liquid_cooling": f"{round(power / 2, 1)} kW"} if number % 3 == 2 else {}),
                },
                "rack_power": "140 kW" if number % 3 == 2 else f"{self.chance.choice([20, 36, 45])} kW",
                "pue": self.between(1.1, 1.5),
                "energy_price": f"{self.between(12, 24, 1)} JPY/kWh",
                "operations": f"{int(self.between(8, 14) * 1000)} JPY/kW-month",
                **({"rent": f"{int(self.between(8, 16) * 1000)} JPY/kW-month"} if rented else {}),
                "fleet": self._fleet(power) if number < 2 else [],
            }
        return found

    def _fleet(self, power_kw: float) -> list[Fields]:
        name, system = next(iter(self.systems.items()))
        there = int(0.4 * power_kw / _kw(system["installation"]["power"]))
        coming = there // 4
        unpaid = f"{coming * 20} m JPY"
        return [
            {"system": name, "quantity": there, "arrives": str(START.plus(-3))},
            {"system": name, "quantity": coming, "arrives": str(START.plus(3)), "unpaid": unpaid},
        ]

    def _expansions(self) -> dict[str, Fields]:
        found: dict[str, Fields] = {}
        for number, (site, terms) in enumerate(self.sites.items()):
            if number % 2:
                continue
            block_kw = round(_kw(terms["capacity"]["power"]) * 0.2, 1)
            capex = max(1, int(block_kw * self.between(0.4, 0.8)))
            found[f"hall-{number:02}"] = {
                "site": site,
                "adds": {"power": f"{block_kw} kW"},
                "capex": f"{capex} m JPY",
                "lead_time": f"{self.chance.choice([5, 9, 12])} months",
                "blocks": self.chance.choice([2, 3, 4]),
                "payment": {"at_order": "50 %"},
                "terminal_life": "15 years",
            }
        return found

    def _offers(self) -> dict[str, Fields]:
        found: dict[str, Fields] = {}
        names = list(self.systems)
        per_quarter = 2.5 * self.full_systems / self.size.periods / self.size.offers
        for number in range(self.size.offers):
            system = names[number % len(names)]
            units = 9 if system.startswith("rack") else 1
            first = min(3 * (number % len(names)), 3 * self.size.periods // 2)
            price = _price(self.systems[system]) * self.between(0.95, 1.08)
            ramp = max(2, int(per_quarter * self.between(0.6, 1.4) / units))
            found[f"offer-{number:02}"] = {
                "system": system,
                "supplier": f"supplier {number}",
                "price": {
                    str(START): f"{int(price)} USD",
                    str(START.plus(12)): f"{int(price * 0.96)} USD",
                    str(START.plus(24)): f"{int(price * 0.9)} USD",
                },
                "order_window": {
                    "from": str(START.plus(first)),
                    "to": str(START.plus(first + self.chance.choice([24, 36, 120]))),
                },
                "available": {str(START): ramp, str(START.plus(first + 6)): 2 * ramp},
                "payment": {"at_order": f"{self.chance.choice([0, 20, 30])} %"},
                "tags": ["one-line", "assembly"] if number % 2 else ["one-line"] if number % 4 else ["second-line"],
                **({"allocation": 6 * ramp} if number % 3 == 0 else {}),
            }
        return found

    def _workloads(self) -> dict[str, Fields]:
        found: dict[str, Fields] = {"base": self._base_load()}
        share = 1.1 / (self.size.workloads - 1)
        for number in range(1, self.size.workloads):
            amount = self.full_pflops * share * self.between(0.8, 1.2)
            by_accelerator = number % 2 == 0
            found[f"work-{number}"] = {
                "metric": "accelerators" if by_accelerator else PRECISION,
                "amount": self._growth(
                    amount / (self.full_pflops / self.full_systems / 8) if by_accelerator else amount
                ),
                "efficiency": {name: self.between(0.85, 1.15) for name in self.servers[1:]},
                **({"regions": [REGIONS[number % 3], REGIONS[(number + 1) % 3]]} if number % 3 == 2 else {}),
                **({"memory_gb": 1000} if number % 4 == 3 else {}),
                **({"scale_up_accelerators": 8} if number % 2 else {}),
                **(self._hourly_by_system() if by_accelerator else {"price": self._hourly("PFLOPS-hour", 1.0)}),
            }
        return found

    def _base_load(self) -> Fields:
        """What the standing fleet serves, part of it by promise, until the fleet grows old."""
        system = self.systems[next(iter(self.systems))]
        there = sum(site["fleet"][0]["quantity"] for site in self.sites.values() if site["fleet"])
        return {
            "metric": "accelerators",
            "amount": {str(START): int(there * 8 * 0.8), str(START.plus(48)): 0},
            "price": self._hourly("accelerator-hour", _pflops(system) / 8),
            "must_serve": "60 %",
        }

    def _growth(self, final: float) -> Fields:
        steps = range(0, 3 * self.size.periods, 6)
        top = 2.0 / 3.0 * len(steps)
        return {str(START.plus(month)): round(final * min(1.0, (n + 1) / top), 1) for n, month in enumerate(steps)}

    def _hourly(self, unit: str, pflops: float) -> Fields:
        first = self.between(230, 300, 1) * pflops
        return {str(START.plus(12 * year)): f"{round(first * 0.84**year, 2)} JPY/{unit}" for year in range(self.years)}

    def _hourly_by_system(self) -> Fields:
        prices = {}
        for name, system in self.systems.items():
            pflops = _pflops(system) / system["accelerators"]
            prices[name] = self._hourly("accelerator-hour", pflops * self.between(0.9, 1.1))
        return {"price_by_system": prices}

    def _programmes(self) -> dict[str, Fields]:
        """The first is joined as a whole and has yearly tranches; the others are smaller, regional, or exclude one
        another in threes."""
        found: dict[str, Fields] = {}
        for number in range(self.size.programmes):
            rate = (0.5, 0.35, 0.25, 0.4, 0.2)[number % 5]
            cap = 0.25 * self.full_yen * rate * (1.0 if number == 0 else 0.3)
            found[f"programme-{number}"] = {
                "rate": rate,
                "categories": ["systems", "additions", "facility"] if number % 2 == 0 else ["systems"],
                "order_window": {
                    "from": str(START.plus(3 * (number // 2))),
                    "to": str(START.plus(3 * (self.size.periods * 2 // 3))),
                },
                "operator_cap": _mn(cap),
                "payment_lag": f"{self.chance.choice([6, 9, 12])} months",
                "retention": f"{self.chance.choice([2, 3, 5])} years",
                **({"regions": [REGIONS[number % 3], REGIONS[3]]} if number % 3 == 1 else {}),
                **self._terms(number, cap),
            }
        return found

    def _terms(self, number: int, cap: float) -> Fields:
        if number == 0:
            by = START.plus(3 * (self.size.periods // 2))
            floor = {"metric": PRECISION, "floor": round(self.full_pflops * 0.25, 1), "from": str(by)}
            return {
                "fiscal_year_caps": {f"FY{2024 + year}": _mn(cap * 0.35) for year in range(min(4, self.years))},
                "obligations": [{**floor, "to": str(by.plus(18))}],
            }
        if number == 1:
            return {"minimum_investment": _mn(cap)}
        return {"excludes": [f"programme-{other}" for other in range(2, number)]} if 2 < number < 5 else {}

    def _finance(self) -> Fields:
        return {
            "currency": "JPY",
            "exchange_rates": {"USD": {"2024-01": "151 JPY", "2025-04": "148 JPY", "2026-04": "155 JPY"}},
            "opening_cash": _mn(0.035 * self.full_yen),
            "minimum_cash": _mn(0.005 * self.full_yen),
            "funding": {
                str(START.plus(3)): _mn(0.025 * self.full_yen),
                str(START.plus(12)): _mn(0.025 * self.full_yen),
            },
            "capex_limits": {f"FY{2024 + year}": _mn(0.2 * self.full_yen) for year in range(min(3, self.years))},
            "discount_rate": "5.5 %",
            "public_money_ceiling": "55 %",
            "resale": [
                {"age": f"{age} years", "share": f"{share} %"}
                for age, share in ((0, 80), (1, 65), (2, 45), (3, 30), (4, 18), (5, 12))
            ],
        }


def _kw(power: str) -> float:
    return float(power.removesuffix(" kW"))


def _price(system: Fields) -> float:
    return float(system["price"]["typical"].removesuffix(" USD"))


def _pflops(system: Fields) -> float:
    return float(system["performance"]["bf16_tflops_dense"]) * int(system["accelerators"]) / 1000


def _mn(yen: float) -> str:
    return f"{round(yen / 1e6)} m JPY"
