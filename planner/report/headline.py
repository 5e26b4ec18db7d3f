"""The few figures that a reader asks for first; terminal, summary file and workbook all take them from here."""

from __future__ import annotations

from dataclasses import dataclass

from planner.decisions import summed
from planner.finance.returns import sign_changes
from planner.outcome import INVESTMENTS, Outcome
from planner.report import value
from planner.report.lines import has_clawback, lowers_tax
from planner.vocabulary.keys import CashPoint


@dataclass(frozen=True)
class Headline:
    """Headline figures; money in the currency of the case."""

    npv: float
    npv_before_financing: float
    """Net present value as if nothing were borrowed."""
    npv_of_financing: float
    """What borrowing adds to the net present value."""
    internal_rate_of_return: float | None
    """Before financing and after tax, by real days; None where there is none."""
    sign_changes: int
    """How often those flows turn; more than once, and the rate says little."""
    payback_years: float | None
    """Years from the first payment until the cash flow before financing has paid it back; the end value is left out."""
    terminal_value_present: float
    """Present value of what is still installed at the end; part of the net present value."""
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
    financing, public = value.value_of_financing(accounts), value.public_money(accounts)
    repays, lowers = has_clawback(outcome.case), lowers_tax(outcome.case)
    debt, debt_period = value.peak_debt(accounts)
    aided, aided_pflops = value.bought_with_grants(outcome)
    hours, pflops_hours = _hours(outcome)
    return Headline(
        npv=accounts.npv,
        npv_before_financing=accounts.npv - financing,
        npv_of_financing=financing,
        internal_rate_of_return=value.rate_of_return(outcome),
        sign_changes=sign_changes(value.unborrowed(accounts)),
        payback_years=value.years_to_pay_back(outcome),
        terminal_value_present=accounts.discount[-1] * accounts.terminal_value,
        capex=sum(sum(accounts.lines[line]) for line in INVESTMENTS),
        grants=sum(accounts.lines["grants"]),
        grants_repaid=sum(accounts.lines["grants_repaid"]) if repays else None,
        tax_credits=sum(year.credit for year in accounts.books.years.values()) if lowers else None,
        public_money=public if repays or lowers else None,
        lowest_cash=lowest_cash,
        lowest_cash_at=lowest_cash_at,
        peak_debt=debt,
        peak_debt_period=debt_period,
        debt_at_the_end=value.debt_at_the_end(accounts),
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


def _hours(outcome: Outcome) -> tuple[list[float], list[float]]:
    """Accelerator-hours and dense-BF16 PFLOPS-hours at work in each period."""
    calendar = outcome.case.calendar
    accelerators, pflops = [0.0] * calendar.periods, [0.0] * calendar.periods
    for (_, system, _, t), amount in outcome.decisions.serve.items():
        machine = outcome.case.systems[system]
        accelerators[t] += amount * machine.accelerators * calendar.hours[t]
        pflops[t] += amount * (machine.pflops("bf16") or 0.0) * calendar.hours[t]
    return accelerators, pflops


def _obligations(outcome: Outcome) -> dict[str, tuple[int, float, float]]:
    tightest: dict[str, tuple[int, float, float]] = {}
    for limit in outcome.audit.limits:
        if limit.rule == "obligation" and limit.period is not None:
            programme = limit.about.names[0]
            held = tightest.get(programme)
            if held is None or limit.slack < held[1] - held[2]:
                tightest[programme] = (limit.period, limit.left, limit.right)
    return tightest
