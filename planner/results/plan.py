"""The tables of a plan: what was decided, what it costs and earns, what programmes give, what holds.

Money is the audit's. What has a line in the cash flow adds up to it, period by period: ``payments`` holds every amount
of every line, and the tables of one kind of decision hold what of it is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.outcome import CHARGES, CLAWBACKS, EARNINGS, FINANCE_COSTS, OPERATING_COSTS, Outcome
from planner.results.judged import judged
from planner.results.table import Row, Table
from planner.vocabulary.cash_lines import CASH_LINES


def of_plan(outcome: Outcome) -> dict[str, Table]:
    """Every table of a plan, by its name."""
    return {**_decisions(outcome), **_money(outcome), **_programmes(outcome), **judged(outcome)}


def _decisions(outcome: Outcome) -> dict[str, Table]:
    """What is bought, built, sold and used."""
    case, chosen, label = outcome.case, outcome.decisions, outcome.case.calendar.label
    quantities, paid = outcome.audit.quantities, _sums(outcome)
    offers, unit = case.offers, case.finance.currency.lower()
    return {
        "orders": (
            ("offer", "system", "site", "period", "systems", f"system_price_{unit}", f"additions_{unit}"),
            (
                (o, offers[o].system, d, label(t), n, paid["system_price", (o, d), t], paid["additions", (o, d), t])
                for (o, d, t), n in sorted(chosen.order.items())
            ),
        ),
        "expansions": (
            ("expansion", "site", "period", "blocks", f"expansion_{unit}"),
            (
                (x, site, label(t), n, paid["expansion", (x, site), t])
                for (x, t), n in sorted(chosen.expand.items())
                for site in [case.expansions[x].site]
            ),
        ),
        "exits": (
            ("system", "site", "arrived", "offer", "period", "systems", f"resale_{unit}"),
            (
                (k.system, k.site, str(k.arrival.month), k.arrival.offer, label(t), n, paid["resale", k.names, t])
                for (k, t), n in sorted(chosen.exit.items())
            ),
        ),
        "installed": (
            ("system", "site", "period", "systems"),
            ((s, d, label(t), n) for (s, d, t), n in sorted(quantities.installed.items())),
        ),
        "serve": (
            ("workload", "system", "site", "period", "systems_at_work", f"revenue_{unit}"),
            ((w, s, d, label(t), n, paid["revenue", (w, s, d), t]) for (w, s, d, t), n in sorted(chosen.serve.items())),
        ),
        **_failover(outcome),
        "unmet": (
            ("workload", "period", "metric", "unmet"),
            ((w, label(t), case.workloads[w].metric, n) for (w, t), n in sorted(quantities.unmet.items())),
        ),
    }


def _failover(outcome: Outcome) -> dict[str, Table]:
    """Who would work elsewhere if a site were lost; no table where nothing has to survive that."""
    if not any(workload.survives_site_loss for workload in outcome.case.workloads.values()):
        return {}
    label, chosen = outcome.case.calendar.label, outcome.decisions.failover
    columns = ("lost_site", "workload", "system", "site", "period", "systems")
    return {"failover": (columns, ((*key[:-1], label(key.period), n) for key, n in sorted(chosen.items())))}


def _sums(outcome: Outcome) -> _Sums:
    """What was paid for each decision, by line, names and the period of the decision."""
    found = _Sums()
    for entry in outcome.audit.accounts.entries:
        found[entry.line, entry.about, entry.period if entry.decided is None else entry.decided] += entry.amount
    return found


class _Sums(dict[tuple[str, tuple[str, ...], int], float]):
    """Sums of money; nothing where nothing is paid."""

    def __missing__(self, key: tuple[str, tuple[str, ...], int]) -> float:
        return 0.0


def _money(outcome: Outcome) -> dict[str, Table]:
    """The cash flow by period and amount by amount, loans, profit and tax."""
    case, accounts, label = outcome.case, outcome.audit.accounts, outcome.case.calendar.label
    books, unit, periods = accounts.books, case.finance.currency.lower(), range(case.calendar.periods)
    costs = [line for line in (*OPERATING_COSTS, *FINANCE_COSTS, *CLAWBACKS) if line in outcome.lines]
    costs_of_loans = [line for line in (*FINANCE_COSTS, "interest_capitalised") if line in outcome.lines]
    charged = [(line, accounts.lines[line]) for line in (*EARNINGS, *costs)] + [
        (one, books.charges[one]) for one in CHARGES
    ]
    charged += [("profit_before_tax", books.profit), ("tax_charge", books.tax_charge)]
    funding = ("funding", accounts.funding_by_period)
    cash = [*outcome.lines.items(), ("net", accounts.net), funding, ("cash", accounts.cash)]
    paid, way = _sums(outcome), {key: line.direction for key, line in CASH_LINES.items()}
    return {
        "cash": _by_period(outcome, cash),
        "liquidity": _by_month(outcome),
        "payments": (
            ("line", "about", "decided", "period", "month", "direction", f"amount_{unit}"),
            (
                (
                    e.line,
                    ", ".join(e.about),
                    _label(outcome, e.decided),
                    label(e.period),
                    _month(outcome, e.month),
                    way[e.line],
                    e.amount,
                )
                for e in accounts.entries
            ),
        ),
        "loans": (
            (
                "loan",
                "period",
                *(f"{word}_{unit}" for word in ("drawn", *costs_of_loans, "scheduled", "repaid", "owed")),
            ),
            (
                (
                    loan,
                    label(t),
                    paid["loans_drawn", (loan,), t],
                    *(paid[line, (loan,), t] for line in costs_of_loans),
                    books.scheduled[loan][t],
                    paid["loans_repaid", (loan,), t],
                    books.debt[loan][t],
                )
                for loan in sorted(case.finance.loans)
                for t in periods
            ),
        ),
        "profit": _by_period(outcome, charged),
        "tax": (
            (
                "fiscal_year",
                f"profit_{unit}",
                f"loss_used_{unit}",
                f"loss_carried_{unit}",
                f"credit_{unit}",
                f"tax_{unit}",
                "paid_in",
            ),
            (
                (
                    str(y),
                    one.profit,
                    one.loss_used,
                    one.loss_carried,
                    one.credit,
                    one.tax,
                    _month(outcome, one.paid_in),
                )
                for y, one in sorted(books.years.items())
            ),
        ),
    }


def _by_period(outcome: Outcome, amounts: list[tuple[str, tuple[float, ...]]]) -> Table:
    """One row a period, one column a line."""
    calendar, unit = outcome.case.calendar, outcome.case.finance.currency.lower()
    columns = ("period", *(f"{name}_{unit}" for name, _ in amounts))
    return columns, ((calendar.label(t), *(of[t] for _, of in amounts)) for t in range(calendar.periods))


def _by_month(outcome: Outcome) -> Table:
    """Money as it moves and cash as it stands, one row a month."""
    accounts, unit = outcome.audit.accounts, outcome.case.finance.currency.lower()
    amounts = [
        ("funding", accounts.funding),
        *outcome.lines_by_month.items(),
        ("cash_after_payments", accounts.cash_after_payments),
        ("cash_at_end", accounts.cash_at_end),
    ]
    columns = ("month", *(f"{name}_{unit}" for name, _ in amounts))
    months = enumerate(outcome.case.calendar.months)
    return columns, ((str(month), *(of[number] for _, of in amounts)) for number, month in months)


def _month(outcome: Outcome, number: int | None) -> str | None:
    return None if number is None else str(outcome.case.calendar.months[number])


def _label(outcome: Outcome, period: int | None) -> str | None:
    return None if period is None else outcome.case.calendar.label(period)


def _programmes(outcome: Outcome) -> dict[str, Table]:
    """What programmes give: money as it comes and goes back, tax credits as they are used, and all of it as decided."""
    case, label, unit = outcome.case, outcome.case.calendar.label, outcome.case.finance.currency.lower()

    def flows(line: str) -> Iterable[Row]:
        ours = [entry for entry in outcome.audit.accounts.entries if entry.line == line]
        for entry in sorted(ours, key=lambda entry: (entry.about, entry.decided or 0, entry.period)):
            yield (*entry.about, _label(outcome, entry.decided), label(entry.period), entry.amount)

    claim = ("programme", "investment", "site", "ordered")
    return {
        "grants": ((*claim, "period", f"grant_{unit}"), flows("grants")),
        "grants_repaid": ((*claim, "period", f"repaid_{unit}"), flows("grants_repaid")),
        "tax_credits": (
            ("programme", "fiscal_year", f"credit_{unit}"),
            ((j, str(year), amount) for (j, year), amount in sorted(outcome.decisions.credit.items())),
        ),
        "awards": (
            ("programme", "kind", "investment", "site", "ordered", f"award_{unit}"),
            (
                (j, case.programmes[j].kind, i, d, label(t), amount)
                for (j, (i, d, t)), amount in sorted(outcome.audit.quantities.grant.items())
            ),
        ),
    }
