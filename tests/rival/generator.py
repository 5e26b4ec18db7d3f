"""Random tiny cases, repeatable by number, drawn so that every rule binds in a good part of them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from planner.case.case import Case
from tests.rival.books import Books
from tests.rival.budget import Budget
from tests.rival.choices import TooLargeError
from tests.rival.enumeration import Enumeration
from tests.rival.supply import Fields


def tiny_case(number: int, most_plans: int = 4000) -> Case:
    """The tiny case of a number: drawn again until all its whole-number plans can be tried."""
    return Case.model_validate(tiny_fields(number, most_plans))


def tiny_fields(number: int, most_plans: int = 4000) -> Fields:
    """The same as it would stand in a case file."""
    chance = Random(number)
    return drawn(lambda: Draw(chance, f"tiny-{number}").fields(), most_plans)


def drawn(draw: Callable[[], Fields], most_plans: int) -> Fields:
    """The first draw that leaves a choice, and not too many."""
    while True:
        fields = draw()
        figures = Books(Case.model_validate(fields))
        if not (stands_where_it_can(figures) and leaves_a_choice(figures)):
            continue
        try:
            Enumeration(figures).refuse_too_many(most_plans)
        except TooLargeError:
            continue
        return fields


def larger_case(number: int, scale: int = 4) -> Case:
    """A case too large to be tried out: more periods, and orders some times as large."""
    chance = Random(number)
    while True:
        case = Case.model_validate(Draw(chance, f"larger-{number}", scale).fields())
        figures = Books(case)
        if stands_where_it_can(figures) and leaves_a_choice(figures):
            return case


def stands_where_it_can(figures: Books) -> bool:
    """Whether every system of the fleet stands at a site that can host it, and has some of its life left."""
    case, start = figures.case, figures.calendar.start
    return all(
        figures.hosts(fleet.system, name) and fleet.arrives.plus(case.systems[fleet.system].useful_life.months) > start
        for name, site in case.sites.items()
        for fleet in site.fleet
    )


def leaves_a_choice(figures: Books) -> bool:
    """Whether something can be bought that works, and every programme pays for something."""
    works = any(
        figures.serves(work, one.system, one.site) for one in figures.orders.values() for work in figures.case.workloads
    )
    return works and {key[0] for key in figures.claims} == set(figures.case.programmes)


class Draw(Budget):
    """One draw of a case."""

    def fields(self) -> Fields:
        kinds = ["alpha", "beta"][: self.chance.choice([1, 2])]
        places = ["east", "west"][: self.chance.choice([1, 2])]
        offers = ["maker", "reseller"][: self.chance.choice([1, 2])]
        systems = {name: self.system(i) for i, name in enumerate(kinds)}
        case: Fields = {
            "name": self.name,
            "calendar": {
                "start": str(self.start),
                "period": self.period,
                "periods": self.periods,
                "fiscal_year_start_month": self.chance.choice([1, 4, 4]),
            },
            "systems": systems,
            "offers": {name: self.offer(self.chance.choice(kinds)) for name in offers},
            "sites": {name: self.site(kinds) for name in places},
            "workloads": {name: self.workload(kinds) for name in ["training", "serving"][: self.chance.choice([1, 2])]},
            "objective": self.objective(),
            "finance": self.finance(),
        }
        if self.maybe(0.4):
            hall = self.expansion(self.chance.choice(places))
            capacity = case["sites"][hall["site"]]["capacity"]
            # A block adds only to what its site limits; liquid cooling is limited everywhere.
            hall["adds"] = {r: add for r, add in hall["adds"].items() if r in capacity or r == "liquid_cooling"}
            case["expansions"] = {"hall": hall}
        names = ["ministry", "prefecture"][: self.chance.choice([0, 1, 2, 2, 2])]
        case["programmes"] = {name: self.programme() for name in names}
        if len(names) == 2 and self.maybe(0.6):
            case["programmes"]["ministry"]["excludes"] = ["prefecture"]
        if len(offers) == 2 and self.maybe(0.5):
            case["supply_chain_limits"] = {"abroad": self.chance.choice([0.3, 0.5, "60 %"])}
            case["offers"]["maker"]["tags"], case["offers"]["reseller"]["tags"] = ["abroad"], []
        return case

    def objective(self) -> Fields:
        if self.aim == "compute" and self.maybe(0.3):
            return {"kind": self.aim, "installed_by": self.month(self.chance.choice([self.periods - 1, 1.4]))}
        return {"kind": self.aim}

    def workload(self, kinds: list[str]) -> Fields:
        metric = self.chance.choice(["accelerators", "bf16_pflops", "fp8_pflops"])
        size = {"accelerators": 8, "bf16_pflops": 8, "fp8_pflops": 16}[metric]
        unit = "accelerator-hour" if metric == "accelerators" else "PFLOPS-hour"
        # What one system earns over the horizon is between 1.2 and 5 times its price.
        hourly = self.price * 1e6 * self.chance.uniform(1.2, 5.0) / (self.horizon * 730)
        work: Fields = {
            "metric": metric,
            "amount": self.steps(
                round(size * self.between(0.7, 3) * self.scale, 2), round(size * self.between(0.7, 3) * self.scale, 2)
            ),
            "price": self.steps(f"{hourly / size:.2f} JPY/{unit}", f"{0.8 * hourly / size:.2f} JPY/{unit}"),
        }
        if self.maybe(0.25):
            work.pop("price")
            paid = self.chance.sample(kinds, self.chance.randint(1, len(kinds)))
            work["price_by_system"] = dict.fromkeys(paid, f"{hourly / 8 / 160:.4f} EUR/accelerator-hour")
        if self.maybe(0.7 if self.aim == "cost" else 0.1):
            work["must_serve"] = self.chance.choice([0.1, 0.3, "60 %"])
            work["amount"] = {self.month(self.chance.choice([0, 1, 1])): size * self.between(0.3, 1.5) * self.scale}
        if self.maybe(0.2):
            work["efficiency"] = {kinds[0]: self.chance.choice([0.5, 0.8, 1.2])}
        if self.maybe(0.2):
            work["regions"] = ["north"]
        if self.maybe(0.2):
            work["memory_gb"] = 1000
        return work

    def programme(self) -> Fields:
        programme: Fields = {
            "rate": self.chance.choice(["50 %", 0.5, 0.33, 0.25]),
            "categories": self.chance.choice(
                [["systems"], ["systems", "additions"], ["systems", "additions", "facility"]]
            ),
            "payment_lag": self.chance.choice(["0 months", self.some_months()]),
        }
        options: list[tuple[float, str, Any]] = [
            (0.2, "eligible_share", 0.8),
            (0.1, "systems", ["alpha"]),
            (0.1, "sites", ["east"]),
            (0.1, "regions", ["north"]),
            (0.2, "order_window", {"to": self.month(self.chance.choice([0, 1]))}),
            (0.2, "in_service_by", self.month(self.chance.choice([1, 2]))),
            (0.25, "total_cap", self.yen(0.05, 0.4)),
            (0.2, "operator_cap", self.yen(0.05, 0.4)),
            (0.4, "retention", f"{self.chance.choice([2, 3, 4]) * self.months} months"),
            (0.25, "minimum_investment", self.yen(0.8, 2.2)),
        ]
        programme |= {field: value for share, field, value in options if self.maybe(share)}
        if self.maybe(0.25):
            years = sorted({self.start.plus(m).year for m in range(0, self.horizon + 1, 12)})
            programme["fiscal_year_caps"] = {f"FY{year}": self.yen(0.05, 0.3) for year in years[:2]}
        if self.maybe(0.3):
            duty: Fields = {"metric": "bf16_pflops", "floor": self.chance.choice([4, 8, 8, 12, 16]) * self.scale}
            duty["from"] = self.month(self.chance.choice([0.5, 1, 2]))
            if self.maybe(0.4):
                duty["to"] = self.month(2.2)
            programme["obligations"] = [duty]
        return programme
