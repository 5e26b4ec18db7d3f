"""The few figures that a reader asks for first; terminal, summary file and workbook all take them from here."""

from __future__ import annotations

from dataclasses import dataclass

from planner.decisions import summed
from planner.outcome import INVESTMENTS, Outcome
from planner.report import value
from planner.report.added import added_by
from planner.report.lines import has_clawback, lowers_tax
from planner.vocabulary.keys import CashPoint


@dataclass(frozen=True)
class Headline:
    """Headline figures; money in the currency of the case."""

    value_added: float | None
    """How much more the plan is worth than doing nothing further; None where that is not known."""
    value_of_doing_nothing: float | None
    """Net present value of the best that can be done without new orders and blocks."""
    added_rate_of_return: float | None
    """Internal rate of return, before financing and after tax, of the flows beyond those of doing nothing."""
    added_rates_of_return: int | None
    """How many such rates there are between -99 % and 1,000 % a year."""
    added_payback_years: float | None
    """Years from the first further payment until further flows before financing have paid it back."""
    cost_per_added_accelerator_hour: float | None
    """Further discounted costs less grants, resale and end value, over further accelerator-hours; before tax."""
    cost_before_grants_per_added_accelerator_hour: float | None
    """The same without grants."""
    npv: float
    """Net present value of everything, what stands already included."""
    npv_before_financing: float
    """Value before financing: as if nothing were borrowed, without the tax that interest saves."""
    cost_of_loans: float
    """What loans cost more than capital does, which the net present value is less; cheap ones count nothing."""
    equity_value: float | None
    """Value to the owners, at the cost of equity; None where the case states none."""
    internal_rate_of_return: float | None
    """Before financing and after tax, by real days; None where there is none, of several the one closest to zero."""
    sign_changes: int
    """How often those flows turn; more than once, and there may be several rates."""
    rates_of_return: int
    """How many internal rates of return there are between -99 % and 1,000 % a year."""
    modified_internal_rate_of_return: float | None
    """At the discount rate, where there are several rates of return, which say little each; None elsewhere."""
    equity_rate_of_return: float | None
    """Internal rate of return of what owners get; None without a cost of equity, where owners do not pay first, and
    where there is none."""
    equity_rates_of_return: int | None
    """How many of those there are between -99 % and 1,000 % a year; None as before."""
    payback_years: float | None
    """Years from the first payment until the cash flow before financing has paid it back; the end value is left out."""
    terminal_value_present: float
    """Present value of what is still installed at the end, after the tax on it; part of the net present value."""
    capex: float
    """Systems, additions, expansions and payments under older contracts, as paid."""
    grants: float
    grants_repaid: float | None
    """Grants that went back since systems left early; None where no programme lets them."""
    tax_credits: float | None
    """Tax credits used; None where no programme is one."""
    public_money: float | None
    """Grants less what went back, and tax credits; None where grants are all there is."""
    lowest_cash: float
    """The least cash at any time, after the payments at the start of a month included."""
    lowest_cash_at: CashPoint
    peak_debt: float
    """Highest debt at the end of a period."""
    peak_debt_period: int
    debt_at_the_end: float
    interest: float
    tax_paid: float
    """Corporate tax paid within the horizon."""
    lowest_debt_service_cover: float | None
    """Least of cash from operations over interest and scheduled repayments, of a whole fiscal year that has any."""
    systems_ordered: dict[str, int]
    """Systems ordered over the horizon, by system."""
    accelerators_ordered: int
    peak_accelerators: int
    peak_accelerators_period: int
    peak_pflops: float
    """Highest installed dense-BF16 PFLOPS."""
    peak_power_kw: float
    accelerator_hours: float
    utilisation: float
    """Accelerator-hours at work over accelerator-hours installed."""
    cost_per_accelerator_hour: float | None
    """Discounted costs less grants, resale and end value, over discounted accelerator-hours at work; before tax."""
    cost_per_pflops_hour: float | None
    """The same over discounted dense-BF16 PFLOPS-hours at work."""
    grants_per_accelerator: float | None
    """All public money over the accelerators that any programme pays for."""
    grants_per_pflops: float | None
    """All public money over the dense-BF16 PFLOPS that any programme pays for."""
    first_obligations: dict[str, tuple[int, float, float]]
    """Period, installed amount and floor where the obligations of a joined programme are tightest, by programme."""


def headline(outcome: Outcome) -> Headline:
    """Works out the headline figures of a plan."""
    accounts, standing = outcome.audit.accounts, _Standing(outcome)
    lowest_cash, lowest_cash_at = value.lowest_cash(outcome)
    returns, owners, public = value.returns(outcome), value.equity_returns(outcome), value.public_money(accounts)
    repays, lowers = has_clawback(outcome.case), lowers_tax(outcome.case)
    debt, debt_period = value.peak_debt(accounts)
    aided, aided_pflops = value.bought_with_grants(outcome)
    hours, pflops_hours = value.hours_at_work(outcome.case, outcome.decisions)
    added = added_by(outcome)
    return Headline(
        value_added=None if added is None else added.npv,
        value_of_doing_nothing=None if added is None else added.doing_nothing,
        added_rate_of_return=None if added is None else added.returns.internal_rate_of_return,
        added_rates_of_return=None if added is None else added.returns.rates,
        added_payback_years=None if added is None else added.payback_years,
        cost_per_added_accelerator_hour=None if added is None else added.cost_per_accelerator_hour,
        cost_before_grants_per_added_accelerator_hour=None if added is None else added.cost_before_grants,
        npv=accounts.npv,
        npv_before_financing=accounts.unlevered,
        cost_of_loans=sum(accounts.loan_costs.values()),
        equity_value=accounts.equity,
        internal_rate_of_return=returns.internal_rate_of_return,
        sign_changes=returns.sign_changes,
        rates_of_return=returns.rates,
        modified_internal_rate_of_return=returns.modified,
        equity_rate_of_return=None if owners is None else owners.internal_rate_of_return,
        equity_rates_of_return=None if owners is None else owners.rates,
        payback_years=value.years_to_pay_back(outcome),
        terminal_value_present=accounts.discount[-1] * (accounts.terminal_value - accounts.books.end_tax),
        capex=sum(sum(accounts.lines[line]) for line in INVESTMENTS),
        grants=sum(accounts.lines["grants"]),
        grants_repaid=sum(accounts.lines["grants_repaid"]) if repays else None,
        tax_credits=sum(year.credit for year in accounts.books.years.values()) if lowers else None,
        public_money=public if repays or lowers else None,
        lowest_cash=lowest_cash,
        lowest_cash_at=lowest_cash_at,
        peak_debt=debt,
        peak_debt_period=debt_period,
        debt_at_the_end=accounts.debt_at_end,
        interest=sum(accounts.lines["interest"]),
        tax_paid=sum(accounts.lines["tax"]),
        lowest_debt_service_cover=value.lowest_cover(outcome),
        systems_ordered=standing.ordered,
        accelerators_ordered=standing.accelerators_ordered,
        peak_accelerators=max(standing.accelerators),
        peak_accelerators_period=standing.accelerators.index(max(standing.accelerators)),
        peak_pflops=max(standing.pflops),
        peak_power_kw=max(standing.power),
        accelerator_hours=sum(hours),
        utilisation=sum(hours) / standing.hours if standing.hours else 0.0,
        cost_per_accelerator_hour=value.cost_per_hour(outcome, hours),
        cost_per_pflops_hour=value.cost_per_hour(outcome, pflops_hours),
        grants_per_accelerator=public / aided if aided else None,
        grants_per_pflops=public / aided_pflops if aided_pflops else None,
        first_obligations=_obligations(outcome),
    )


class _Standing:
    """What is ordered, and what stands there by period."""

    def __init__(self, outcome: Outcome) -> None:
        case = outcome.case
        ordered = summed((case.offers[offer].system, n) for (offer, _), n in outcome.decisions.ordered.items())
        self.ordered = dict(sorted(ordered.items()))
        self.accelerators_ordered = sum(case.systems[system].accelerators * n for system, n in ordered.items())
        periods = case.calendar.periods
        self.accelerators, self.pflops, self.power = [0] * periods, [0.0] * periods, [0.0] * periods
        for (system, _, t), count in outcome.audit.quantities.installed.items():
            machine = case.systems[system]
            self.accelerators[t] += count * machine.accelerators
            self.pflops[t] += count * (machine.pflops("bf16") or 0.0)
            self.power[t] += count * (machine.installation.power_kw or 0.0)
        self.hours = sum(n * h for n, h in zip(self.accelerators, case.calendar.hours, strict=True))


def _obligations(outcome: Outcome) -> dict[str, tuple[int, float, float]]:
    tightest: dict[str, tuple[int, float, float]] = {}
    for limit in outcome.audit.limits:
        if limit.rule == "obligation" and limit.period is not None:
            programme = limit.about.names[0]
            held = tightest.get(programme)
            if held is None or limit.slack < held[1] - held[2]:
                tightest[programme] = (limit.period, limit.left, limit.right)
    return tightest
