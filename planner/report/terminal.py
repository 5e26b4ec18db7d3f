"""What a run shows on the screen: one screen of summary on stdout, a live line on stderr while it solves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planner.defaults import BASE
from planner.outcome import Outcome, Progress
from planner.report.headline import Headline, headline
from planner.report.screen import Sheet

SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "mn"))


def money(amount: float, currency: str) -> str:
    """Money to three or four figures, with its scale and currency: ``50.1 bn JPY``."""
    return f"{short(amount)} {currency}"


def short(amount: float) -> str:
    """An amount with its scale: ``50.1 bn``."""
    for size, word in SCALES:
        if abs(amount) >= size:
            return f"{amount / size:,.2f} {word}"
    return f"{amount:,.0f}" if abs(amount) >= 100 else f"{amount:,.2f}"


def show(outcome: Outcome, files: list[Path], console: Console) -> None:
    """Prints the plan on one screen."""
    case, facts = outcome.case, headline(outcome)
    scenario = "" if outcome.scenario == BASE else f" · scenario {outcome.scenario}"
    console.print(Text(f"{case.name}{scenario}", style="bold"), Text(case.title, style="dim"))
    console.print(proof_line(outcome))
    console.print(_headline_table(outcome, facts))
    if _buys(outcome):
        _order_table(outcome).show(console)
    else:
        console.print("Nothing is bought.")
    for path in files:
        console.print(f"wrote {path}", style="dim", highlight=False, soft_wrap=True)


def proof_line(outcome: Outcome) -> Text:
    """The proof in one line: the label, the gap in money, and what the audit checked."""
    proof, audit = outcome.proof, outcome.audit
    mark, style = ("✓", "bold green") if proof.within_gap else ("!", "bold yellow")
    asked = "" if proof.within_gap else f", more than the {proof.gap_requested:.3%} asked for"
    gap = f"no plan can be better by more than {amount(proof.gap, proof.unit)} ({proof.relative_gap:.3%}{asked})"
    label = proof.label if proof.label.startswith("verified") else f"verified, {proof.label}"
    checked = f"{len(audit.limits):,} limits and every {outcome.case.finance.currency} rechecked"
    return Text.assemble((f"{mark} {label}", style), f": {gap}; {checked}")


def amount(value: float, unit: str) -> str:
    """An amount of the objective in its unit."""
    return f"{value:,.0f} {unit}" if unit.startswith("PFLOPS") else money(value, unit)


def _headline_table(outcome: Outcome, facts: Headline) -> Table:
    case, currency = outcome.case, outcome.case.finance.currency
    label = case.calendar.label
    floor = money(case.finance.minimum_cash.amount, case.finance.minimum_cash.currency)
    peak = f"{facts.peak_accelerators:,} at the peak, {label(facts.peak_accelerators_period)}"
    rows = [
        (
            "net present value",
            money(facts.npv, currency),
            f"of it terminal value {short(facts.terminal_value_present)}",
        ),
        *_return(facts),
        ("capital expenditure", money(facts.capex, currency), "as paid, before grants"),
        ("grants", money(facts.grants, currency), _caps(outcome)),
        *_public(facts, currency),
        ("lowest cash", money(facts.lowest_cash, currency), f"end of {label(facts.lowest_cash_period)}, floor {floor}"),
        *_debt(outcome, facts),
        ("accelerators ordered", f"{facts.accelerators_ordered:,}", f"installed {peak}"),
        ("dense BF16", f"{facts.peak_pflops / 1000:,.2f} EFLOPS", _duties(outcome, facts)),
        ("power", f"{facts.peak_power_kw / 1000:,.1f} MW", "of IT equipment at the peak"),
        ("utilisation", f"{facts.utilisation:.0%}", "of installed accelerator-hours"),
    ]
    if facts.cost_per_accelerator_hour is not None:
        cost = f"{facts.cost_per_accelerator_hour:,.2f} {currency}"
        rows.append(("cost per GPU-hour", cost, "discounted, after grants and end value"))
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column(style="dim", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _buys(outcome: Outcome) -> bool:
    """Whether the plan orders anything, or starts a block."""
    return any(outcome.decisions.order.values()) or any(outcome.decisions.expand.values())


def _return(facts: Headline) -> list[tuple[str, str, str]]:
    """The internal rate of return and the payback, where there are such."""
    rate = "none" if facts.internal_rate_of_return is None else f"{facts.internal_rate_of_return:.1%}"
    back = "no payback" if facts.payback_years is None else f"payback {facts.payback_years:.1f} years"
    if not facts.capex:
        back = "nothing to pay back"
    turns = f"; flows turn {facts.sign_changes} times" if facts.sign_changes > 1 else ""
    return [("rate of return", rate, f"before loans; {back}{turns}")]


def _public(facts: Headline, currency: str) -> list[tuple[str, str, str]]:
    """Grants that go back and tax credits that are used, where programmes bring such."""
    rows = []
    if facts.grants_repaid:
        rows.append(("grants repaid", money(facts.grants_repaid, currency), "for systems that leave early"))
    if facts.tax_credits:
        rows.append(("tax credits", money(facts.tax_credits, currency), "taken off corporate tax"))
    return rows


def _debt(outcome: Outcome, facts: Headline) -> list[tuple[str, str, str]]:
    """The highest debt, where anything is owed at all."""
    if facts.peak_debt <= 0:
        return []
    case = outcome.case
    cover = facts.lowest_debt_service_cover
    served = "" if cover is None else f", paid {cover:.1f} times in the worst year"
    when = f"at the peak, {case.calendar.label(facts.peak_debt_period)}{served}"
    return [("debt", money(facts.peak_debt, case.finance.currency), when)]


def _caps(outcome: Outcome) -> str:
    """How much of its tightest cap each programme that pays grants uses."""
    programmes = outcome.case.programmes
    tightest: dict[str, tuple[float, float]] = {}
    for limit in outcome.audit.limits:
        if limit.rule != "programme_cap":
            continue
        programme, cap = limit.about.names
        if cap in {"total_cap", "operator_cap"} and programmes[programme].kind == "grant":
            held = tightest.get(programme)
            if held is None or limit.right < held[1]:
                tightest[programme] = (limit.left, limit.right)
    return "; ".join(f"{short(used)} of {short(cap)}, {name}" for name, (used, cap) in tightest.items())


def _duties(outcome: Outcome, facts: Headline) -> str:
    label = outcome.case.calendar.label
    duties = [f"{label(t)}: {left:,.0f} of {floor:,.0f} owed" for t, left, floor in facts.first_obligations.values()]
    return "; ".join(["at the peak", *duties])


def _order_table(outcome: Outcome) -> Sheet:
    """Orders and blocks by fiscal year; years without any are left out."""
    case, calendar = outcome.case, outcome.case.calendar
    rows: dict[tuple[str, str], dict[int, int]] = {}
    for (offer, site, t), count in sorted(outcome.decisions.order.items()):
        _add(rows, (offer, site), calendar.fiscal_year(calendar.starts[t]), count)
    for (expansion, t), count in sorted(outcome.decisions.expand.items()):
        key = (f"{expansion} (blocks)", case.expansions[expansion].site)
        _add(rows, key, calendar.fiscal_year(calendar.starts[t]), count)
    years = sorted({year for counts in rows.values() for year in counts})
    columns = ["offer", "site", *(f"FY{year}" for year in years), "total"]
    figures = [False, False, *(True for _ in years), True]
    table = Sheet("Orders by fiscal year", columns, figures, names=2)
    for names, counts in rows.items():
        cells = [f"{counts[year]:,}" if year in counts else "·" for year in years]
        table.rows.append((*names, *cells, f"{sum(counts.values()):,}"))
    return table


def _add(rows: dict[tuple[str, str], dict[int, int]], key: tuple[str, str], year: int, count: int) -> None:
    counts = rows.setdefault(key, {})
    counts[year] = counts.get(year, 0) + count


@contextmanager
def live_progress(console: Console) -> Iterator[Progress | None]:
    """A live line with best plan, bound and gap; nothing where nobody looks on."""
    if not console.is_terminal:
        yield None
        return
    began = time.monotonic()
    with console.status("solving …") as status:

        def told(best: float, bound: float) -> None:
            seconds = time.monotonic() - began
            if abs(best) == float("inf"):
                status.update(f"solving … {seconds:.0f} s, no whole-number plan yet, bound {short(bound)}")
                return
            gap = abs(bound - best) / max(1.0, abs(best))
            status.update(f"solving … {seconds:.0f} s, best {short(best)}, bound {short(bound)}, gap {gap:.2%}")

        yield told
