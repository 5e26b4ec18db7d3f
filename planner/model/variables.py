"""The columns of every decision with their bounds; planner/vocabulary/decisions.py says what each counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.coefficients import Coefficients, CoverTerms, DividendTerms, YearEndTerms
from planner.model.linear import Column, Key
from planner.model.sets import Sets
from planner.vocabulary.keys import CashPoint, Credit, FiscalYear, Investment, LoanYear, Payout, Start

INFINITY = float("inf")


class Variables:
    """All columns of the model, in the order in which the solver sees them."""

    def __init__(self, sets: Sets, coefficients: Coefficients) -> None:
        self.columns: list[Column] = []
        self.order = {
            key: self._new("order", key, coefficients.sites.order_limit[key], whole=True) for key in sets.orders
        }
        self.expand = {key: self._new("expand", key, coefficients.blocks.limit[key.expansion]) for key in sets.blocks}
        self.built = {
            key: self._new("built", key, coefficients.blocks.limit[key[0]], whole=True) for key in sets.blocks
        }
        self.exit = {key: self._new("exit", key, whole=key.period < sets.life_end(key.vintage)) for key in sets.exits}
        """The rest that leaves at the end of its life is what earlier exits left, and so whole by itself."""
        self.installed = self._many("installed", sets.standing)
        self.serve = self._many("serve", sets.serving)
        self.failover = self._many("failover", sets.failovers)
        self.unmet = self._many("unmet", sets.demands)
        self.claim = self._many("claim", sets.claims)
        self.overlap = self._many("overlap", sets.overlaps)
        self.join = {(j,): self._new("join", (j,), 1, whole=True) for j in coefficients.aid.joinable}
        self.claimed_exit = self._many("claimed_exit", sets.claimed_exits)
        self.overlap_exit = self._many("overlap_exit", sets.overlap_exits)
        self.draw = self._many("draw", sets.draws)
        self.repay = self._many("repay", sets.owing)
        self.owed = self._many("owed", sets.owing)
        self.loan_cost = self._many("loan_cost", [(loan,) for loan in coefficients.loans])
        self.scheduled = {
            LoanYear(loan, year.name): self._new("scheduled", LoanYear(loan, year.name), most)
            for year in coefficients.covers
            for loan, most in year.largest_scheduled.items()
        }
        covered = [(year.name,) for year in coefficients.covers]
        self.cover_room = self._rooms("cover_room", [year for year in coefficients.covers if year.least is not None])
        self.serves_debt = {key: self._new("serves_debt", key, 1, whole=True) for key in covered}
        payable = coefficients.dividends.years
        self.dividend = {
            (key := Payout(year.name)): self._new("dividend", key, year.most if year.stated is None else year.stated)
            for year in payable
        }
        self.pays_owners = {(year.name,): self._new("pays_owners", (year.name,), 1, whole=True) for year in payable}
        self.retained_room = self._rooms("retained_room", payable)
        self.payout_room = self._rooms("payout_room", [year for year in payable if year.share is not None])
        self.lock_up_room = self._rooms("lock_up_room", [year for year in payable if year.lock_up is not None])
        self.assessed = self._many("assessed", coefficients.property_taxes.assessments)
        owing = [year for year in coefficients.year_ends if year.asks_debtors_only]
        self.value_room = self._rooms("value_room", owing)
        self.equity_room = self._rooms("equity_room", owing)
        self.owes = {(year.name,): self._new("owes", (year.name,), 1, whole=True) for year in owing}
        self._of_tax(coefficients)
        points = [CashPoint(month, at_end) for month in coefficients.calendar.months for at_end in (False, True)]
        self.cash = {(point,): self._new("cash", (point,), lower=-INFINITY) for point in points}
        in_parts = sets.periods if coefficients.calendar.months_per_period > 1 else range(0)
        self.hourly = {(t,): self._new("hourly", (t,), lower=-INFINITY) for t in in_parts}
        """Kept apart so that the balances of the months stay thin; needless where a period is a month."""
        self.monthly = {(t,): self._new("monthly", (t,), lower=-INFINITY) for t in in_parts}

        taxed = sets.periods if coefficients.consumption_tax.factors else range(0)
        self.taxed_hourly = {(t,): self._new("taxed_hourly", (t,), lower=-INFINITY) for t in taxed}
        self.taxed_monthly = {(t,): self._new("taxed_monthly", (t,), lower=-INFINITY) for t in taxed}
        self.on_credit = {key: self._new("on_credit", key, lower=-INFINITY) for key in coefficients.trade.moved}
        """Kept apart for the same reason: what is open moves cash in several months."""

    def bought(self, investment: Investment) -> Column:
        """The decision that buys units of an investment."""
        name, _, t = investment
        return self.order[investment] if investment in self.order else self.expand[Start(name, t)]

    def _of_tax(self, coefficients: Coefficients) -> None:
        years = [(year.name,) for year in coefficients.tax.years]
        self.gain = self._many("gain", years)
        self.loss = self._many("loss", years)
        self.loss_used = self._many("loss_used", years)
        self.loss_carried = self._many("loss_carried", years)
        lapsing = [(terms.name,) for terms in coefficients.tax.lapses]
        self.lapsed = self._many("lapsed", lapsing)
        self.lapses = {key: self._new("lapses", key, 1, whole=True) for key in lapsing}
        self.profitable = {key: self._new("profitable", key, 1, whole=True) for key in years}
        self.exhausted = {key: self._new("exhausted", key, 1, whole=True) for key in years}
        credits = [Credit(j, year) for j, terms in coefficients.tax.credits.items() for year in terms.years]
        self.earned = self._many("earned", credits)
        self.credit = self._many("credit", credits)
        last = coefficients.periods[-1]
        self.end_tax = {(last,): self._new("end_tax", (last,), lower=-INFINITY)} if coefficients.tax.end_rate else {}

    def _new(self, kind: str, key: Key, upper: float = INFINITY, *, lower: float = 0.0, whole: bool = False) -> Column:
        column = Column(len(self.columns), kind, key, lower, float(upper), whole)
        self.columns.append(column)
        return column

    def _rooms(
        self, kind: str, years: Sequence[CoverTerms | YearEndTerms | DividendTerms]
    ) -> dict[tuple[FiscalYear], Column]:
        """What is left to a limit of each fiscal year; below nothing where it need not be kept."""
        return {(year.name,): self._new(kind, (year.name,), lower=-INFINITY) for year in years}

    def _many[K: tuple[object, ...]](self, kind: str, keys: Iterable[K]) -> dict[K, Column]:
        return {key: self._new(kind, key) for key in keys}
