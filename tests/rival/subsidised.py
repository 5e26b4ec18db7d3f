"""Random tiny cases that are about programmes: kinds, parts, order of application, and leaving early."""

from __future__ import annotations

import itertools
from random import Random

from planner.case.case import Case
from planner.case.quantities import parse_share
from tests.rival.generator import Draw, drawn
from tests.rival.supply import Fields


def subsidised_case(number: int, most_plans: int = 1500) -> Case:
    """The case of a number: drawn again until all its whole-number plans can be tried."""
    return Case.model_validate(subsidised_fields(number, most_plans))


def subsidised_fields(number: int, most_plans: int = 1500) -> Fields:
    """The same as it would stand in a case file."""
    chance = Random(number)
    return drawn(lambda: _draw(chance, f"subsidised-{number}").fields(), most_plans)


def _draw(chance: Random, name: str) -> SubsidisedDraw:
    """A draw that is seldom about short periods: these see few fiscal years, and so little that is carried forward."""
    draw = SubsidisedDraw(chance, name)
    return draw if draw.period in ("half", "year") or draw.maybe(0.4) else _draw(chance, name)


class SubsidisedDraw(Draw):
    """One draw of a case with one to three programmes that use everything that programmes can do."""

    def fields(self) -> Fields:
        self.keeps_accounts = self.keeps_accounts or self.maybe(0.7)
        self.aim = "npv" if self.maybe(0.7) else self.aim
        case = super().fields()
        self._generous(case)
        if self.keeps_accounts and self.maybe(0.7):
            # With one rate: where it rises, nobody writes anything off early.
            case["finance"]["tax"] = self.tax() | {"rate": f"{self.chance.choice([20, 30, 40])} %"}
        names = ["ministry", "prefecture", "treasury"][: self.chance.choice([1, 2, 2, 3, 3])]
        taxed, reduces = "tax" in case["finance"], case["finance"].get("asset_grants") == "reduce_book_value"
        programmes = {name: self._terms(taxed, reduces) for name in names}
        for one, other in itertools.combinations(names, 2):
            self._pair(programmes, one, other)
        self._no_cost_twice(programmes, reduces)
        return case | {"programmes": programmes}

    def workload(self, kinds: list[str]) -> Fields:
        """Work that pays three times as well: more is bought."""
        self.price *= 3
        work = super().workload(kinds)
        self.price //= 3
        return work

    def _generous(self, case: Fields) -> None:
        """More money, and work that ends early while systems still fetch something: then some of them leave."""
        finance = case["finance"]
        if self.maybe(0.8):
            finance["opening_cash"] = self.yen(1, 4)
            finance["public_money_ceiling"] = self.chance.choice([1.0, 1.0, "80 %", "60 %", "45 %"])
        if self.maybe(0.62):
            for work in case["workloads"].values():
                amount = work["amount"]
                most = max(amount.values()) if isinstance(amount, dict) else amount
                last = self.chance.choice([0.0, 0.5]) * most
                work["amount"] = {str(self.start.plus(-12)): most, self.month(self.chance.choice([1, 1, 2])): last}
                work.pop("must_serve", None)
            finance["resale"] = [
                {"age": "0 months", "share": self.between(0.85, 1.0)},
                {"age": f"{self.horizon} months", "share": self.between(0.05, 0.5)},
            ]

    def _terms(self, taxed: bool, reduces: bool) -> Fields:
        """One programme by itself."""
        terms = self.programme()
        for limit in (
            "obligations",
            "minimum_investment",
            "in_service_by",
            "order_window",
            "systems",
            "sites",
            "regions",
        ):
            if self.maybe(0.5):
                terms.pop(limit, None)
        kind = self.chance.choice(["grant", "grant", "grant", "tax_credit", "special_depreciation"])
        if kind == "grant" or not taxed:
            return self._grant(terms, reduces)
        terms.pop("payment_lag")
        terms |= {"kind": kind, "rate": self.chance.choice([0.1, 0.3, 0.6])}
        if kind == "tax_credit":
            terms["tax_limit"] = self.chance.choice([1.0, 0.1, 0.2, "50 %"])
            terms["carry_forward"] = f"{self.chance.choice([0, 1, 1, 2])} years"
        return terms

    def _grant(self, terms: Fields, reduces: bool) -> Fields:
        """Paid in parts, or for what may leave early."""
        if self.maybe(0.5):
            terms.pop("payment_lag")
            terms["milestones"] = self._milestones(reduces)
        if self.maybe(0.55):
            terms["early_exit"] = self.chance.choice(["repay_remaining", "repay_remaining", "repay_all"])
            terms["retention"] = f"{self.chance.choice([1.5, 2, 3, 4]) * self.months:g} months"
        return terms

    def _milestones(self, reduces: bool) -> list[Fields]:
        """Two or three parts; with an order nothing is there yet whose book value a grant could lower."""
        shares = self.chance.choice([[0.5, 0.5], [0.3, 0.7], [0.2, 0.5, 0.3], [0.9, 0.1]])
        events = ["delivery" if reduces else self.chance.choice(["order", "delivery"]), "delivery", "delivery"]
        late = self.chance.choice([1, 2]) * self.months
        lags = [
            self.chance.choice(["0 months", self.some_months()]),
            self.some_months(),
            f"{self.chance.choice([late, late - self.inside()])} months",
        ]
        return [
            {"share": share, "event": event, "lag": lag}
            for share, event, lag in zip(shares, events, lags, strict=False)
        ]

    def _pair(self, programmes: dict[str, Fields], one: str, other: str) -> None:
        """The later of two programmes stands after the earlier one, or either excludes the other, or neither."""
        earlier, later = programmes[one], programmes[other]
        if self.maybe(0.75) and earlier.get("kind", "grant") == "grant" and "after" not in earlier:
            later["after"] = [*later.get("after", []), one]
        elif self.maybe(0.35):
            earlier["excludes"] = [*earlier.get("excludes", []), other]

    @staticmethod
    def _no_cost_twice(programmes: dict[str, Fields], reduces: bool) -> None:
        """No more than all of a cost is written off at once and taken off by grants: a third by each of three."""
        special = [one for one in programmes.values() if one.get("kind") == "special_depreciation"]
        if not special or (len(special) == 1 and not reduces):
            return
        for one in programmes.values():
            one["rate"] = min(0.33, parse_share(one["rate"]))
