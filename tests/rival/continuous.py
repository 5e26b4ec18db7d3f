"""The continuous side of a plan: what works, is claimed, borrowed and taxed, once the whole numbers are fixed."""

from __future__ import annotations

from dataclasses import replace

from planner.decisions import Decisions
from tests.rival import effects
from tests.rival.books import Books
from tests.rival.borrowing import loan_columns, loan_cost, loan_cost_rows, loan_rows, loan_worth
from tests.rival.covenants import (
    broken_ends,
    broken_years,
    end_rows,
    scheduled,
    scheduled_columns,
    scheduled_rows,
    way_row,
)
from tests.rival.credits import credit_columns, credit_rows
from tests.rival.effect import Column, Effect
from tests.rival.frozen import frozen_rows, is_over
from tests.rival.granting import claim_columns, claim_rows
from tests.rival.leaving import claimed_exit_rows, retention_rows, stacking_order_rows
from tests.rival.linear import Continuous, Row
from tests.rival.owners import broken_dividends, dividend_columns, paying_rows, put_in, stated_rows, worth
from tests.rival.site_loss import failover, survives
from tests.rival.whole import WholePlan

MONEY = (
    "draw",
    "repay",
    "gain",
    "loss",
    "used",
    "lapsed",
    "credit",
    "end",
    "end_saved",
    "loan_cost",
    "scheduled",
    "dividend",
)
"""Kinds of columns that count money."""
DECIDED = ("serve", "claim", "overlap", "claimed_exit", "overlap_exit", "draw", "repay", "credit", "dividend")
"""Kinds of columns that are decisions of a plan."""
TAX = ("gain", "loss", "used", "lapsed")
"""Kinds of columns that follow from the others: losses are used as soon as they can be."""
FOLLOWING = (*TAX, "end", "end_saved", "loan_cost", "scheduled")
"""All kinds that follow from the others."""


Asked = tuple[int, str]
"""What is asked about: a fiscal year, by its place among those; its flows, the balances at its end, its dividend."""


funding = effects.owners_put_in


class Rest:
    """What is left to decide when the whole numbers of a plan are fixed."""

    def __init__(self, plan: WholePlan) -> None:
        self.plan = plan
        self.figures: Books = plan.figures
        self.units = {**plan.decisions.order}
        for (name, t), units in plan.decisions.expand.items():
            self.units[name, self.figures.blocks[name, t].site, t] = units
        self.fixed = effects.of_whole_numbers(plan)
        columns = [*self._serve_columns(), *claim_columns(self.figures, plan, self.units)]
        columns += [*loan_columns(self.figures), *credit_columns(self.figures), *dividend_columns(self.figures)]
        columns += [(kind, year) for kind in TAX for year in range(len(self.figures.years))]
        self.effects = {column: effects.of_one(self.figures, column) for column in columns}
        columns += [("end",), ("end_saved",)] if self.figures.end_tax_rate else []
        if self.figures.case.objective.kind in ("npv", "cost"):
            columns += [("loan_cost", name) for name in self.figures.case.finance.loans]
        columns += scheduled_columns(self.figures)
        value = {column: self.value(column) for column in columns}
        scale = max((one.cost for one in [*self.figures.orders.values(), *self.figures.blocks.values()]), default=0.0)
        self.known = {*columns}
        self.programme = Continuous(columns, value, {c: scale or 1.0 for c in columns if c[0] in MONEY})
        self._work_rows()
        claim_rows(self.programme, plan, self.units)
        retention_rows(self.programme, plan)
        claimed_exit_rows(self.programme, plan)
        stacking_order_rows(self.programme, plan, self.units)
        loan_rows(self.programme, self.figures, plan.capital)
        loan_cost_rows(self.programme, self.figures, self.effects)
        scheduled_rows(self.programme, self.figures)
        stated_rows(self.programme, self.figures)
        self._cash_rows()
        self._tax_rows()
        credit_rows(self.programme, self.figures)
        frozen_rows(self.programme, self.figures)

    def _serve_columns(self) -> list[Column]:
        return [
            ("serve", workload, system, site, t)
            for (system, site, t), units in self.plan.installed.items()
            for workload in self.figures.case.workloads
            if units > 0 and self.figures.serves(workload, system, site)
        ]

    # --- value ---

    def value(self, column: Column) -> float:
        """What one unit of a column adds to the objective, the larger the better."""
        objective = self.figures.case.objective
        if objective.kind != "compute":
            ending = float(self.figures.discount[-1])
            apart = {"end": -ending, "end_saved": ending, "loan_cost": -1.0, "scheduled": 0.0}
            return apart[column[0]] if column[0] in apart else self.worth(self.effects[column])
        if column[0] != "serve" or objective.installed_by is not None:
            return 0.0
        return self.figures.metric(column[2], "bf16_pflops") * self.figures.calendar.hours[column[4]]

    def worth(self, effect: Effect) -> float:
        """What an effect is worth: to owners what they get of it, where it is said when they are paid."""
        return worth(self.figures, effect) if self.pays_owners else effect.value(self.figures)

    @property
    def pays_owners(self) -> bool:
        """Whether the plan is judged by what owners get."""
        return self.figures.counts_equity and self.figures.case.finance.dividends is not None

    @property
    def fixed_value(self) -> float:
        """What the whole numbers alone are worth, the larger the better."""
        objective = self.figures.case.objective
        if objective.kind != "compute":
            owned = put_in(self.figures, funding(self.figures)) if self.pays_owners else 0.0
            return self.worth(self.fixed) - owned
        return 0.0 if objective.installed_by is None else self.plan.bf16_installed

    # --- rows ---

    def _work_rows(self) -> None:
        add, figures = self.programme.add, self.figures
        serves = [column for column in self.programme.columns if column[0] == "serve"]
        for (system, site, t), units in self.plan.installed.items():
            here = {column: 1.0 for column in serves if column[2:] == (system, site, t)}
            add(f"capacity: {system}, {site}, {t}", here, figures.case.systems[system].availability * units)
        for name, work in figures.case.workloads.items():
            for t in figures.periods:
                done = {c: figures.throughput(name, c[2]) for c in serves if (c[1], c[4]) == (name, t)}
                amount = figures.amount(name, t)
                add(f"demand: {name}, {t}", done, amount)
                least = 0.0 if is_over(figures, t) else work.must_serve * amount
                add(f"service_level: {name}, {t}", {c: -a for c, a in done.items()}, -least)

        for t in figures.periods:
            standing = {(s, d): units for (s, d, u), units in self.plan.installed.items() if u == t}
            if not is_over(figures, t) and not survives(figures, t, standing):
                add(f"site_loss: {t}", {}, -1.0)

    def _cash_rows(self) -> None:
        """Cash is never below the floor of its period; at the end, what is still to be paid is there as well."""
        finance, figures, moments = self.figures.case.finance, self.figures, self.figures.moments
        cash = figures.money(finance.opening_cash, 0) + (self.fixed.cash + funding(figures)).cumsum()
        flows = {column: effect.cash.cumsum() for column, effect in self.effects.items()}
        for moment in moments.watched:
            floor = figures.money(finance.minimum_cash, moments.period_of(moment // 2))
            floor += self.kept_at_the_end if moment == moments.watched[-1] else 0.0
            spent = {c: -float(flow[moment]) for c, flow in flows.items()}
            self.programme.add(f"cash_balance: {moments.name(moment)}", spent, float(cash[moment]) - floor)

    @property
    def kept_at_the_end(self) -> float:
        """Cash that must be there at the end of the horizon, beside the floor."""
        return self.plan.left_to_pay

    def _tax_rows(self) -> None:
        """Profit is gain less loss, and of earlier losses only what is left may be used, up to a share of the gain."""
        add, figures = self.programme.add, self.figures
        carried: dict[Column, float] = {}
        for y, year in enumerate(figures.years):
            profit = {c: -self.profit(effect, y) for c, effect in self.effects.items()}
            profit |= {("gain", y): 1.0, ("loss", y): -1.0}
            self.programme.add_equal(f"taxable_profit: {year.name}", profit, self.profit(self.fixed, y))
            add(f"loss_carried: {year.name}", {**carried, ("used", y): 1.0}, figures.opening_loss)
            add(f"loss_limit: {year.name}", {("used", y): 1.0, ("gain", y): -figures.loss_use_limit}, 0.0)
            add(f"no more than could be: {year.name}", {("gain", y): 1.0}, self._largest(y))
            carried |= {("used", y): 1.0, ("loss", y): -1.0, ("lapsed", y): 1.0}
            # What is too old by the end of the year has been used or lapses, and nothing else lapses.
            old, before = figures.too_old(y)
            gone = {(kind, u): -1.0 for u in range(y + 1) for kind in ("used", "lapsed")}
            if figures.lapses:
                add(f"lapse: {year.name}", gone | {("loss", u): 1.0 for u in old}, -before)
            else:
                add(f"no lapse: {year.name}", {("lapsed", y): 1.0}, 0.0)
        if self.figures.end_tax_rate:
            gain = {column: self._end_gain(effect) for column, effect in self.effects.items()}
            add("end_tax", gain | {("end",): -1.0, ("end_saved",): 1.0}, -self._end_gain(self.fixed))
            most = {c: -self.figures.end_loss_saves * a for c, a in self._last_tax().items()}
            add("end_loss", {("end_saved",): 1.0} | most, 0.0)

    def _end_gain(self, effect: Effect) -> float:
        """What the terminal value is above book value, times the rate at which that is taxed."""
        return self.figures.end_tax_rate * (effect.terminal - float(effect.assets[-1]))

    def _last_tax(self) -> dict[Column, float]:
        """Tax of the last fiscal year, after credits, by column."""
        y, year = len(self.figures.years) - 1, self.figures.years[-1]
        credits = {c: -1.0 for c in self.programme.columns if c[0] == "credit" and c[2] == year.name}
        return {("gain", y): year.rate, ("used", y): -year.rate, **credits}

    def profit(self, effect: Effect, year: int) -> float:
        """The part of a fiscal year in the profit of an effect."""
        return float(sum(effect.profit[t] for t in self.figures.years[year].periods))

    def _largest(self, year: int) -> float:
        """No gain of a fiscal year can be larger."""
        loans = self.figures.case.finance.loans
        most = 1.0 + abs(self.profit(self.fixed, year))
        everything = float(sum(self.plan.arrivals.values()) + sum(self.units.values()))
        for column, effect in self.effects.items():
            units = everything
            if column[0] in ("draw", "repay"):
                units = self.figures.money(loans[column[1]].limit, 0) * len(self.figures.starts)
            most += abs(self.profit(effect, year)) * units
        return most

    # --- whole plans ---

    def with_tax(self, chosen: dict[Column, float]) -> dict[Column, float]:
        """The same choice with the tax that it brings about."""
        chosen = {column: x for column, x in chosen.items() if column[0] not in FOLLOWING}
        total = self.total(chosen)
        years = self.figures.taxed([self.profit(total, y) for y in range(len(self.figures.years))])
        chosen |= {(kind, y): x for y, year in enumerate(years) for kind, x in zip(TAX, year, strict=True)}
        if self.figures.end_tax_rate:
            end_tax = self.end_tax(total, chosen)
            chosen |= {("end",): max(0.0, end_tax), ("end_saved",): max(0.0, -end_tax)}
        costs = self.loan_costs(chosen)
        chosen |= scheduled(self.figures, chosen)
        return chosen | {("loan_cost", name): x for name, x in costs.items() if ("loan_cost", name) in self.known}

    def end_tax(self, total: Effect, chosen: dict[Column, float]) -> float:
        """Tax at the end of a whole plan whose tax by year is known."""
        if not self.figures.end_tax_rate:
            return 0.0
        tax = sum(a * chosen.get(c, 0.0) for c, a in self._last_tax().items())
        return self.figures.end_tax(total.terminal - float(total.assets[-1]), tax)

    def loan_costs(self, chosen: dict[Column, float]) -> dict[str, float]:
        """What each loan costs in a whole plan."""
        found = {}
        for name in self.figures.case.finance.loans:
            worth, fixed = loan_worth(self.figures, name, self.effects)
            found[name] = loan_cost(fixed + sum(a * chosen.get(c, 0.0) for c, a in worth.items()))
        return found

    def short_of(self, chosen: dict[Column, float]) -> list[Asked]:
        """What lenders ask of fiscal years and do not get."""
        flows = broken_years(self.figures, self.total(chosen), chosen)
        ends = broken_ends(self.figures, self.fixed, self.effects, chosen)
        paid = broken_dividends(self.figures, self.fixed, self.effects, chosen)
        return [*((y, "flows") for y in flows), *((y, "balances") for y in ends), *((y, "dividend") for y in paid)]

    def broken(self, chosen: dict[Column, float]) -> list[str]:
        """Every limit that a whole plan breaks."""
        return self.programme.broken(chosen) + [f"covenant on {of}: {y}" for y, of in self.short_of(chosen)]

    def way_rows(self, asked: Asked, way: str) -> list[Row]:
        """What a fiscal year keeps that goes one of the ways in which lenders are content."""
        y, of = asked
        if of == "flows":
            return [way_row(self.figures, y, way, self.fixed, self.effects)]
        if of == "dividend":
            return paying_rows(self.figures, y, way, self.fixed, self.effects)
        return end_rows(self.figures, y, way, self.fixed, self.effects)

    def total(self, chosen: dict[Column, float]) -> Effect:
        """The effect of the whole plan."""
        effect = Effect.nothing(self.figures)
        effect.add(self.fixed, 1.0)
        for column, x in chosen.items():
            if column in self.effects:
                effect.add(self.effects[column], x)
        return effect

    def decisions(self, chosen: dict[Column, float]) -> Decisions:
        """The whole plan in the planner's words; what is next to nothing is left out."""
        some = {column: x for column, x in chosen.items() if x > 1e-9 * self.programme.units.get(column, 1.0)}

        def of(kind: str) -> dict[Column, float]:
            return {column[1:]: x for column, x in some.items() if column[0] == kind}

        would = failover(self.figures, self.plan.installed)
        found = replace(self.plan.decisions, **{kind: of(kind) for kind in DECIDED})  # type: ignore[arg-type]
        return replace(found, failover=would)  # type: ignore[arg-type]


def columns_of(decisions: Decisions) -> dict[Column, float]:
    """The continuous part of a plan as a choice."""
    return {(kind, *key): x for kind in DECIDED for key, x in getattr(decisions, kind).items()}
