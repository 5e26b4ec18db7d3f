"""Random tiny cases that are about value: what loans and owners cost, losses at the end, and prices that fall."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.generator import Draw, drawn
from tests.rival.supply import Fields


def financed_case(number: int, most_plans: int = 1000) -> Case:
    """The case of a number: drawn again until all its whole-number plans can be tried."""
    return Case.model_validate(financed_fields(number, most_plans))


def financed_fields(number: int, most_plans: int = 1000) -> Fields:
    """The same as it would stand in a case file."""
    chance = Random(number)
    return drawn(lambda: FinancedDraw(chance, f"financed-{number}").fields(), most_plans)


class FinancedDraw(Draw):
    """One draw of a case with little cash, loans on either side of the cost of capital, and tax."""

    def fields(self) -> Fields:
        self.keeps_accounts = True
        self.aim = self.chance.choice(["npv", "npv", "npv", "npv", "equity", "equity", "cost", "compute"])
        self.capital = self.chance.choice([3, 5, 8])
        """Cost of capital in per cent."""
        case = super().fields()
        finance: Fields = case["finance"]
        finance["discount_rate"] = f"{self.capital} %"
        if self.aim == "equity" or self.maybe(0.3):
            finance["cost_of_equity"] = f"{self.chance.choice([2, 4, 8, 12, 20])} %"
        finance["opening_cash"] = self.yen(0.3, 1.3)
        finance["loans"] = {name: self.loan() for name in ["bank", "public"][: self.chance.choice([1, 2, 2])]}
        finance["terminal_value"] = self.maybe(0.85)
        if self.maybe(0.5):
            finance["resale"] = [
                {"age": "0 months", "share": self.between(0.7, 1.0)},
                {"age": f"{self.horizon} months", "share": self.between(0.1, 0.9)},
            ]
        if self.maybe(0.85):
            finance["tax"] = self.tax()
        self._falling_prices(case)
        if "tax" in finance:
            for programme in [one for one in case["programmes"].values() if self.maybe(0.3)]:
                programme.pop("payment_lag")
                programme |= {"kind": "tax_credit", "rate": self.chance.choice([0.1, 0.3]), "tax_limit": 0.5}
        return case

    def loan(self) -> Fields:
        """Cheaper than capital, dearer, or the one after the other."""
        rates = [f"{max(0, self.capital + more)} %" for more in (-8, -4, -2, 0, 2, 5, 12)]
        loan = super().loan() | {"rate": self.steps(self.chance.choice(rates), self.chance.choice(rates))}
        loan.pop("outstanding", None)
        loan["limit"] = self.yen(0.4, 1.5)
        if self.maybe(0.4):
            loan["outstanding"] = self.yen(0.05, 0.4)
        return loan

    def _falling_prices(self, case: Fields) -> None:
        """What is new gets cheaper while some of it is used, in one offer or in one that opens later."""
        for offer in case["offers"].values():
            if self.maybe(0.5):
                later = self.month(self.chance.choice([0.5, 1, 2, self.periods - 1]))
                full = offer.get("price", self.yen(0.8, 1.1))
                first = next(iter(full.values())) if isinstance(full, dict) else full
                offer["price"] = {str(self.start.plus(-12)): first, later: self.yen(0.2, 0.7)}
            if self.maybe(0.2):
                offer["order_window"] = {"from": self.month(self.chance.choice([1, self.periods - 1]))}
