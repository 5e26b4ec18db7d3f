"""Random systems, offers, sites and blocks."""

from __future__ import annotations

from typing import Any

from tests.rival.chance import Chance

Fields = dict[str, Any]


class Supply(Chance):
    """Draws what can be bought, and where it can stand."""

    def system(self, place: int) -> Fields:
        size = self.chance.choice([1.0, 0.5]) if place else 1.0
        cooling = self.chance.choice([["air"], ["air", "liquid"], ["liquid"], ["air", "liquid"]])
        space = self.chance.choice([{"rack_units": 8}, {"rack_units": 10}, {"racks": 1}])
        part = self.horizon // 2 if self.keeps_accounts else self.horizon + 24
        life = self.chance.choice([self.horizon + 24, part, max(self.months, self.horizon * 2 // 3)])
        return {
            "vendor": "vendor",
            "accelerators": 8,
            "performance": {
                "bf16_tflops_dense": 1000 * size,
                "fp8_tflops_dense": self.chance.choice([2000, 1900]) * size,
                "memory_gb": self.chance.choice([80, 192]),
                "scale_up_accelerators": 8,
            },
            "installation": {
                "power": f"{10 * size} kW",
                "busy_power_share": self.chance.choice([1.0, 0.9]),
                "idle_power_share": self.chance.choice([0.3, 0.9]),
                "cooling": cooling,
                "staff": 0.5,
                "uplink": "10 Gbps",
                **space,
            },
            "price": {"typical": f"{round(self.price * size, 3)} mn JPY"},
            "lead_time": {"typical": self.chance.choice(["0 months", "0 months", self.some_months()])},
            "additions": {"typical": self.chance.choice([0, "10 %", "20 %"])},
            "useful_life": f"{life} months",
            "availability": self.chance.choice([1.0, 0.95, 0.8]),
            "maintenance_per_year": self.chance.choice([0, "5 %"]),
        }

    def offer(self, system: str) -> Fields:
        offer: Fields = {
            "system": system,
            "supplier": "supplier",
            "payment": {"at_order": self.chance.choice([0, 0.3, 1])},
        }
        if self.maybe(0.4):
            offer["price"] = self.steps(self.yen(0.7, 1.1), self.yen(0.6, 1.2))
        elif self.maybe(0.5):
            offer["price"] = f"{round(self.price * 1000 / 160 * self.chance.uniform(0.7, 1.1), 2)} thousand EUR"
        if self.maybe(0.4):
            offer["lead_time"] = self.some_months()
        if self.maybe(0.3):
            offer["additions"] = self.chance.choice(["5 %", "25 %"])
        if self.maybe(0.7):
            offer["available"] = self.steps(self.chance.randint(1, 3) * self.scale, self.chance.randint(0, 3))
        if self.maybe(0.6):
            offer["allocation"] = self.steps(self.chance.randint(1, 3) * self.scale, 3 * self.scale)
        if self.maybe(0.2):
            offer["order_window"] = {"from": self.month(0), "to": self.month(self.chance.choice([0, 1]))}
        if self.maybe(0.5):
            offer["tags"] = ["abroad"]
        return offer

    def site(self, kinds: list[str]) -> Fields:
        many = self.scale
        capacity: Fields = {"power": self.steps(f"{self.chance.choice([10, 20, 30, 30]) * many} kW", f"{35 * many} kW")}
        if self.maybe(0.7):
            capacity["liquid_cooling"] = f"{self.chance.choice([10, 20, 30]) * many} kW"
        if self.maybe(0.3):
            capacity["racks"] = self.chance.choice([1, 2]) * many
        if self.maybe(0.2):
            capacity["staff"] = self.chance.choice([0.5, 1.2]) * many
        if self.maybe(0.2):
            capacity["uplink"] = f"{self.chance.choice([10, 25]) * many} Gbps"
        site: Fields = {
            "region": self.chance.choice(["north", "south"]),
            "opens": self.chance.choice(["2020-01", "2020-01", "2020-01", self.month(1)]),
            "cooling": self.chance.choice(
                [["air"], ["air", "liquid"], ["air", "liquid"], ["air", "liquid"], ["liquid"]]
            ),
            "capacity": capacity,
            "pue": self.chance.choice([1.1, 1.4]),
            "energy_price": self.steps("18.5 JPY/kWh", "0.2 EUR/kWh"),
        }
        if self.maybe(0.3):
            site["rack_power"] = self.chance.choice(["8 kW", "12 kW", "20 kW"])
        if self.maybe(0.4):
            site["rent"] = self.steps("9000 JPY/kW-month", "15000 JPY/kW-month")
        if self.maybe(0.4):
            site["operations"] = "4000 JPY/kW-month"
        if site["opens"] == "2020-01" and self.maybe(0.35):
            site["fleet"] = [self.fleet(self.chance.choice(kinds))]
        return site

    def fleet(self, system: str) -> Fields:
        """Some systems that are there, or come in the horizon with something left to pay."""
        fleet: Fields = {"system": system, "quantity": 1}
        if self.keeps_accounts:
            fleet["book_value"] = self.yen(0, 0.6)
        if self.maybe(0.6):
            return {**fleet, "arrives": str(self.start.plus(-self.chance.choice([2, 6])))}
        return {**fleet, "arrives": self.any_month(), "unpaid": self.yen(0.1, 0.6)}

    def expansion(self, site: str) -> Fields:
        expansion: Fields = {
            "site": site,
            "adds": {"power": "10 kW", "racks": 1, "liquid_cooling": "10 kW", "staff": 0.5, "uplink": "10 Gbps"},
            "capex": self.steps(self.yen(0.02, 0.3), self.yen(0.02, 0.3)),
            "lead_time": self.some_months(),
            "blocks": self.scale,
            "payment": {"at_order": self.chance.choice([0, 0.5])},
        }
        if self.maybe(0.4):
            expansion["terminal_life"] = "10 years"
        if self.keeps_accounts and self.maybe(0.5):
            expansion["depreciation_life"] = f"{self.chance.choice([self.months, 18, 120])} months"
        if self.maybe(0.3):
            expansion["start_window"] = {"to": self.month(1)}
        return expansion
