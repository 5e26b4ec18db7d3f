"""Random cases of every size, from a cupboard of 10 kW to a campus of 5 GW, in four currencies, and their limits."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

Fields = dict[str, Any]

YEN = {"EUR": 160.0, "USD": 150.0, "JPY": 1.0, "IDR": 0.0092}
"""Yen for one unit of a currency."""
LIMITS = (
    "sites.*.capacity.power",
    "sites.*.capacity.racks",
    "expansions.*.blocks",
    "offers.*.available",
    "offers.*.allocation",
    "workloads.*.amount",
    "programmes.*.operator_cap",
    "finance.opening_cash",
    "finance.capex_limits.*",
    "finance.loans.*.limit",
)
"""Figures of which more is looser. Demand is, where nothing has to be served and no programme asks for anything."""


class Draw:
    """One case; figures are drawn in yen and written in the currency of the case."""

    def __init__(self, number: int) -> None:
        self.chance = Random(number)
        self.name = f"roomy-{number}"
        self.currency = self.chance.choice(list(YEN))

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def between(self, low: float, high: float) -> float:
        """A size whose logarithm is drawn evenly: small and large are as likely."""
        return float(low * (high / low) ** self.chance.random())

    def money(self, yen: float, unit: str = "") -> str:
        return f"{float(f'{yen / YEN[self.currency]:.4g}'):.10g} {self.currency}{unit}"

    def fields(self) -> Fields:
        periods = self.chance.randint(4, 9)
        found: Fields = {
            "name": self.name,
            "catalogue": "",
            "calendar": {
                "start": "2026-04",
                "period": self.chance.choice(["quarter", "half"]),
                "periods": periods,
                "fiscal_year_start_month": self.chance.choice([1, 4]),
            },
            "finance": self.finance(),
            "systems": {"cube": self.system(60e6, 12, 2000), "box": self.system(36e6, 10, 1000)},
            "offers": {"maker": self.offer("cube"), "other": self.offer("box")},
            "sites": {"north": self.site()},
            "workloads": {"inference": self.workload(300)},
        }
        if self.maybe(0.4):
            found["sites"]["south"] = self.site()
        if self.maybe(0.4):
            found["workloads"]["training"] = self.workload(420)
        if self.maybe(0.4):
            found["expansions"] = {"hall": self.hall()}
        if self.maybe(0.6):
            found["programmes"] = {"grant": self.programme("grant")}
            if self.maybe(0.4):
                found["programmes"]["credit"] = self.programme("tax_credit")
        return found

    def finance(self) -> Fields:
        found: Fields = {
            "currency": self.currency,
            "opening_cash": self.money(self.between(2e8, 5e10)),
            "minimum_cash": self.money(self.chance.choice([0, 1e7, 1e8])),
            "discount_rate": f"{self.chance.randint(2, 12)} %",
            "asset_grants": self.chance.choice(["income", "reduce_book_value"]),
            "terminal_value": self.maybe(0.5),
        }
        if self.maybe(0.8):
            found["tax"] = {"rate": f"{self.chance.choice([15, 30, 35])} %"}
            if self.maybe(0.3):
                found["tax"] |= {"opening_loss": self.money(self.between(1e7, 1e9)), "loss_use_limit": "50 %"}
        if self.maybe(0.6):
            found["resale"] = [{"age": "0 months", "share": "80 %"}, {"age": "4 years", "share": "10 %"}]
        if self.maybe(0.3):
            found["capex_limits"] = {"FY2026": self.money(self.between(2e8, 2e10))}
        if self.maybe(0.4):
            found["loans"] = {"bank": self.loan()}
        return found

    def loan(self) -> Fields:
        found: Fields = {
            "limit": self.money(self.between(1e8, 1e10)),
            "rate": f"{self.chance.randint(1, 9)} %",
            "term": f"{self.chance.choice([12, 18, 36])} months",
        }
        if self.maybe(0.4):
            found["share_of_investment"] = "50 %"
        if self.maybe(0.4):
            found["repayment"] = "equal_parts"
        return found

    def system(self, yen: float, power: float, tflops: float) -> Fields:
        return {
            "vendor": "M",
            "accelerators": 8,
            "performance": {"bf16_tflops_dense": tflops, "memory_gb": 180, "scale_up_accelerators": 8},
            "installation": {"power": f"{power} kW", "rack_units": 10, "cooling": ["air"], "idle_power_share": "30 %"},
            "price": {"typical": self.money(yen * self.between(0.6, 1.6))},
            "lead_time": {"typical": f"{self.chance.randint(1, 6)} months"},
            "additions": {"typical": "15 %"},
            "useful_life": f"{self.chance.choice([2, 4, 5])} years",
            "availability": "96 %",
        }

    def offer(self, system: str) -> Fields:
        found: Fields = {"system": system, "supplier": "M"}
        if self.maybe(0.3):
            found["available"] = self.chance.choice([3, 20, 200])
        if self.maybe(0.3):
            found["allocation"] = self.chance.choice([5, 50, 500])
        if self.maybe(0.3):
            found["payment"] = {"at_order": "30 %"}
        return found

    def site(self) -> Fields:
        found: Fields = {
            "region": "x",
            "opens": "2020-04",
            "cooling": ["air"],
            "capacity": {"power": f"{self.between(10, 5e6):.3g} kW"},
            "pue": 1.2,
            "energy_price": self.money(20, "/kWh"),
        }
        if self.maybe(0.3):
            found["capacity"]["racks"] = self.chance.choice([10, 100, 1000])
        return found

    def hall(self) -> Fields:
        return {
            "site": "north",
            "adds": {"power": f"{self.between(100, 1e6):.3g} kW"},
            "capex": self.money(self.between(1e8, 2e9)),
            "lead_time": "5 months",
            "blocks": self.chance.choice([1, 2, 5]),
            "terminal_life": "10 years",
        }

    def workload(self, yen: float) -> Fields:
        hourly = self.money(yen * self.between(0.7, 2.0), "/accelerator-hour")
        return {"metric": "accelerators", "amount": round(self.between(8, 20_000)), "price": hourly}

    def programme(self, kind: str) -> Fields:
        found: Fields = {"kind": kind, "rate": f"{self.chance.choice([10, 33, 50])} %", "categories": ["systems"]}
        if self.maybe(0.5):
            found["operator_cap"] = self.money(self.between(1e7, 1e10))
        if kind == "grant":
            found["payment_lag"] = f"{self.chance.choice([0, 6, 12])} months"
            found["retention"] = f"{self.chance.choice([0, 12, 24])} months"
        return found


def fields_of(number: int) -> Fields:
    """The case of a number, as it would stand in a case file."""
    return Draw(number).fields()


def loosened(fields: Fields, times: float) -> Iterator[tuple[str, Fields]]:
    """Each limit of a case by its path, and the case with so many times as much of it."""
    for pattern in LIMITS:
        for path in _paths(fields, pattern.split(".")):
            looser = copy.deepcopy(fields)
            place = looser
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = _more(place[path[-1]], times)
            yield ".".join(path), looser


def _paths(fields: Any, pattern: list[str]) -> Iterator[tuple[str, ...]]:
    if not pattern:
        yield ()
        return
    for key in list(fields) if pattern[0] == "*" else [pattern[0]]:
        if key in fields:
            yield from ((key, *rest) for rest in _paths(fields[key], pattern[1:]))


def _more(value: Any, times: float) -> Any:
    if isinstance(value, str):
        number, unit = value.split(" ")
        return f"{float(number) * times:.12g} {unit}"
    return round(value * times)
