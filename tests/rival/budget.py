"""Random budgets: cash, loans, tax, and how investments and grants are booked."""

from __future__ import annotations

from tests.rival.supply import Fields, Supply


class Budget(Supply):
    """Draws the terms of money."""

    def finance(self) -> Fields:
        finance: Fields = {
            **(self.accounts() if self.keeps_accounts else {}),
            "currency": "JPY",
            "exchange_rates": {"EUR": self.steps("160 JPY", self.chance.choice(["128 JPY", "192 JPY"]), 0.7)},
            "opening_cash": self.yen(*self.chance.choice([(0.4, 1.8), (0.2, 1.0) if self.keeps_accounts else (1, 3)])),
            "minimum_cash": self.chance.choice(["0 JPY", self.yen(0, 0.3)]),
            "discount_rate": f"{self.chance.choice([2, 5, 8])} %",
            "terminal_value": self.maybe(0.6),
            "public_money_ceiling": self.chance.choice([1.0, "60 %", "40 %", "30 %"]),
        }
        if self.maybe(0.5):
            finance["funding"] = {self.any_month(): self.yen(0.5, 2.0)}
            if self.maybe(0.3):
                finance["funding"][self.any_month()] = self.yen(-0.4, 0.4)
        if self.maybe(0.35):
            first = self.start.year - (self.start.month < 4)
            finance["capex_limits"] = {f"FY{first + self.chance.choice([0, 1])}": self.yen(0.5, 2.5)}
        if self.maybe(0.8 if self.keeps_accounts else 0.6):
            share = self.between(0.6, 1.0)
            finance["resale"] = [
                {"age": f"{self.chance.choice([0, 6, 12])} months", "share": share},
                {"age": "3 years", "share": round(share / 3, 3)},
            ]
        return finance

    def accounts(self) -> Fields:
        """Loans, tax and lives; each may be left out."""
        accounts: Fields = {
            "loans": {name: self.loan() for name in ["bank", "public"][: self.chance.choice([0, 1, 1, 2])]},
            "asset_grants": self.chance.choice(["income", "reduce_book_value", "reduce_book_value"]),
            "depreciation": {"systems": self.life(), "facility": self.life()},
        }
        if self.maybe(0.75):
            accounts["tax"] = self.tax()
        return accounts

    def loan(self) -> Fields:
        loan: Fields = {
            "limit": self.yen(0.2, 1.5),
            "rate": self.steps(f"{self.chance.choice([0, 1, 3, 5])} %", f"{self.chance.choice([2, 8, 15])} %"),
            "term": f"{self.chance.choice([1, self.months, 2 * self.months, self.months + 1, 60])} months",
            "repayment": self.chance.choice(["at_end", "equal_parts"]),
            "revolving": self.maybe(0.4),
        }
        if self.maybe(0.3):
            loan["draw_window"] = {"to": self.month(self.chance.choice([0, 1]))}
        if self.maybe(0.3):
            loan["outstanding"] = self.yen(0.05, 0.2)
        if self.maybe(0.3):
            loan["share_of_investment"] = self.chance.choice([0.3, "70 %"])
        return loan

    def tax(self) -> Fields:
        rate: Fields = {str(self.start.plus(-12)): f"{self.chance.choice([10, 20, 30])} %"}
        if self.maybe(0.6):
            rate[self.month(self.chance.choice([1, 2]))] = f"{self.chance.choice([5, 35, 50])} %"
        tax: Fields = {
            "rate": rate,
            "payment_lag": f"{self.chance.choice([0, 1, 2, 2, 5, self.months, 2 * self.months])} months",
            "loss_use_limit": self.chance.choice([1.0, "50 %", 0.8]),
        }
        if self.maybe(0.4):
            tax["opening_loss"] = self.yen(0.05, 0.8)
        return tax

    def life(self) -> str:
        """A life that ends within the horizon, in the middle of a period, or long after."""
        return f"{self.chance.choice([self.months, self.months + 1, self.horizon * 2 // 3, 60, 60])} months"
