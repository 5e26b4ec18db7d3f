"""The few figures that a reader asks for first; terminal, summary file and workbook all take them from here."""

from __future__ import annotations

from dataclasses import dataclass

from planner.outcome import FINANCING, INFLOWS, INVESTMENTS, OPERATING_COSTS, Accounts, Outcome


@dataclass(frozen=True)
class Headline:
    """Headline figures; money in the currency of the case."""

    npv: float
    terminal_value_present: float
    """Present value of what is still installed at the end; part of the net present value."""
    capex: float
    """Systems, additions, expansions and payments under older contracts, as paid."""
    grants: float
    lowest_cash: float
    lowest_cash_period: int
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
    """Discounted costs less grants, resale and end value, over discounted accelerator-hours at work."""
    first_obligations: dict[str, tuple[int, float, float]]
    """Period, installed amount and floor where the obligations of a joined programme are tightest, by programme."""


def before_financing(accounts: Accounts) -> list[float]:
    """Net cash flow of each period as if nothing were borrowed: after tax, before loans, interest and repayments."""
    borrowed = [
        sum(accounts.lines[line][t] if line in INFLOWS else -accounts.lines[line][t] for line in FINANCING)
        for t in range(len(accounts.cash))
    ]
    return [net - own for net, own in zip(accounts.net, borrowed, strict=True)]


def unborrowed(accounts: Accounts) -> list[float]:
    """Net cash flow before financing, with what is left at the end in the last period; loans count nowhere in it."""
    flows = before_financing(accounts)
    flows[-1] += accounts.end_value + sum(owed[-1] for owed in accounts.books.debt.values())
    return flows


def headline(outcome: Outcome) -> Headline:
    """Works out the headline figures of a plan."""
    case, audit = outcome.case, outcome.audit
    accounts, quantities = audit.accounts, audit.quantities
    periods = range(case.calendar.periods)
    ordered: dict[str, int] = {}
    for (offer, _, _), count in outcome.decisions.order.items():
        system = case.offers[offer].system
        ordered[system] = ordered.get(system, 0) + count
    accelerators, pflops, power = [0] * len(periods), [0.0] * len(periods), [0.0] * len(periods)
    for (system, _, t), count in quantities.installed.items():
        machine = case.systems[system]
        accelerators[t] += count * machine.accelerators
        pflops[t] += count * (machine.pflops("bf16") or 0.0)
        power[t] += count * (machine.installation.power_kw or 0.0)
    hours = _accelerator_hours(outcome)
    installed_hours = sum(n * h for n, h in zip(accelerators, case.calendar.hours, strict=True))
    lowest = min(periods, key=lambda t: accounts.cash[t])
    peak = max(periods, key=lambda t: accelerators[t])
    return Headline(
        npv=accounts.npv,
        terminal_value_present=accounts.discount[-1] * accounts.terminal_value,
        capex=sum(sum(accounts.lines[line]) for line in INVESTMENTS),
        grants=sum(accounts.lines["grants"]),
        lowest_cash=accounts.cash[lowest],
        lowest_cash_period=lowest,
        systems_ordered=dict(sorted(ordered.items())),
        accelerators_ordered=sum(case.systems[system].accelerators * count for system, count in ordered.items()),
        peak_accelerators=accelerators[peak],
        peak_accelerators_period=peak,
        peak_pflops=max(pflops),
        peak_power_kw=max(power),
        accelerator_hours=sum(hours),
        utilisation=sum(hours) / installed_hours if installed_hours else 0.0,
        cost_per_accelerator_hour=_unit_cost(outcome, hours),
        first_obligations=_obligations(outcome),
    )


def _accelerator_hours(outcome: Outcome) -> list[float]:
    """Accelerator-hours at work in each period."""
    hours = [0.0] * outcome.case.calendar.periods
    for (_, system, _, t), amount in outcome.decisions.serve.items():
        hours[t] += amount * outcome.case.systems[system].accelerators * outcome.case.calendar.hours[t]
    return hours


def _unit_cost(outcome: Outcome, hours: list[float]) -> float | None:
    accounts = outcome.audit.accounts
    discounted = sum(factor * amount for factor, amount in zip(accounts.discount, hours, strict=True))
    if discounted <= 0:
        return None
    cost = -accounts.discount[-1] * accounts.terminal_value
    for t, factor in enumerate(accounts.discount):
        spent = sum(accounts.lines[line][t] for line in (*INVESTMENTS, *OPERATING_COSTS))
        cost += factor * (spent - accounts.lines["grants"][t] - accounts.lines["resale"][t])
    return cost / discounted


def _obligations(outcome: Outcome) -> dict[str, tuple[int, float, float]]:
    tightest: dict[str, tuple[int, float, float]] = {}
    for limit in outcome.audit.limits:
        if limit.rule == "obligation" and limit.period is not None:
            programme = limit.subject.split(":")[0]
            held = tightest.get(programme)
            if held is None or limit.slack < held[1] - held[2]:
                tightest[programme] = (limit.period, limit.left, limit.right)
    return tightest
