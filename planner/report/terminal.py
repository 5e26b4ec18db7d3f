"""What a run shows on stdout: one screen of summary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from planner.case.words import counted
from planner.defaults import BASE
from planner.outcome import FINANCE_COSTS, Outcome
from planner.report.amounts import compute, decimals_of, digits, money, percent, power, short
from planner.report.folding import folded
from planner.report.headline import Headline, headline
from planner.report.screen import BETWEEN, Sheet, say
from planner.report.served import Served, metric_words, served
from planner.report.verdict import verdict
from planner.vocabulary.keys import CashPoint, FiscalYear

LEAST_ROOM = 24
"""Columns for the words behind a figure; with less, they stand below it."""
MOST_WORKLOADS = 5
"""Workloads that are shown one by one."""
MONTHS_OF_A_YEAR = 12
LEAST_COST = 0.5
"""Units of currency that loans cost at least to be told as dear."""
LEAST_UNMET = 1e-6
"""Share of the demand that is the rounding of large numbers."""

Fact = tuple[str, str, str]
"""A figure: how it is called, what it is, and what there is to say about it."""


def show(outcome: Outcome, files: list[Path], console: Console, why_nothing: Sequence[str] = ()) -> None:
    """Prints the plan on one screen; where it buys nothing, with the reasons for that."""
    case, facts = outcome.case, headline(outcome)
    scenario = "" if outcome.scenario == BASE else f" · scenario {outcome.scenario}"
    name = Text.assemble((f"{case.name}{scenario}", "bold"), (f" {case.title}".rstrip(), "dim"))
    console.print(_refolded(name, console.width), soft_wrap=True)
    console.print(_refolded(proof_line(outcome), console.width), soft_wrap=True)
    _show_facts(_facts(outcome, facts), console)
    if outcome.decisions.buys_anything:
        _order_table(outcome).show(console)
    else:
        head = "Nothing is bought:" if why_nothing else "Nothing is bought."
        say(console, [head, *(f"  {reason}" for reason in why_nothing)])
    for path in files:
        console.print(f"wrote {path}", style="dim", highlight=False, soft_wrap=True)


def proof_line(outcome: Outcome) -> Text:
    """The proof in one line: how near to the best, the gap in money, what was checked, the technical state."""
    proof, audit = outcome.proof, outcome.audit
    mark, style = ("✓", "bold green") if proof.within_gap else ("!", "bold yellow")
    share = "" if verdict(outcome).part("share") else percent(proof.relative_gap)
    asked = "" if proof.within_gap else f"more than the {percent(proof.gap_requested)} asked for"
    behind = ", ".join(words for words in (share, asked) if words)
    gap = f"no plan can be better by more than {money(proof.gap, proof.unit)}{f' ({behind})' if behind else ''}"
    checked = f"{len(audit.limits):,} limits and every {outcome.case.finance.currency} rechecked"
    checked += ", and the bound in exact arithmetic" if proof.is_bound_checked else ""
    return Text.assemble((f"{mark} {verdict(outcome)}", style), f": {gap}; {checked} ({proof.state})")


def _refolded(text: Text, width: int) -> Text:
    """The same words with the same looks, on lines that end between words."""
    lines = Text("\n".join(folded(" ".join(text.plain.split()), width)))
    lines.spans = text.spans  # a line ends where a space was, so that every letter keeps its place
    return lines


def _show_facts(facts: list[Fact], console: Console) -> None:
    """Prints figures below each other, with their words beside them where there is room, else below."""
    names = max(cell_len(name) for name, _, _ in facts)
    figures = max(cell_len(figure) for _, figure, _ in facts)
    left = names + BETWEEN + figures + BETWEEN
    for name, figure, words in facts:
        gap = " " * (names - cell_len(name) + BETWEEN + figures - cell_len(figure))
        line = Text.assemble((name, "dim"), gap, (figure, "bold"))
        if console.width - left >= LEAST_ROOM:
            first, *rest = folded(words, console.width - left)
            console.print(line.append(f"{' ' * BETWEEN}{first}", "dim"), soft_wrap=True)
            for more in rest:
                console.print(Text(f"{' ' * left}{more}", "dim"), soft_wrap=True)
            continue
        if cell_len(line.plain) <= console.width:
            console.print(line, soft_wrap=True)
        else:
            say(console, [name], "dim")
            say(console, [f"{' ' * BETWEEN}{figure}"], "bold")
        say(console, [f"{' ' * BETWEEN}{words}"], "dim")


def _facts(outcome: Outcome, facts: Headline) -> list[Fact]:
    case, currency = outcome.case, outcome.case.finance.currency
    label = case.calendar.label
    floor = money(case.finance.minimum_cash.amount, case.finance.minimum_cash.currency)
    peak = f"{facts.peak_accelerators:,} at the peak, {label(facts.peak_accelerators_period)}"
    after = " after tax" if case.finance.tax else ""
    value = f"of it terminal value {short(facts.terminal_value_present)}{after}"
    stands = "with what stands; " if outcome.something_stands else ""
    rows = [
        *_added(outcome, facts),
        ("net present value", money(facts.npv, currency), f"{stands}{value}"),
        *_lent(outcome, facts),
        *_unpaid(outcome),
        *_owners(outcome, facts),
        *_return(facts),
        *_sold(outcome, facts),
        ("capital expenditure", money(facts.capex, currency), "as paid, before grants"),
        ("grants", money(facts.grants, currency), _caps(outcome)),
        *_public(facts, currency),
        ("lowest cash", money(facts.lowest_cash, currency), f"{_when(facts.lowest_cash_at)}, floor {floor}"),
        *_debt(outcome, facts),
        *_frozen(outcome),
        ("accelerators ordered", f"{facts.accelerators_ordered:,}", f"installed {peak}"),
        *_sold_early(outcome),
        ("dense BF16", compute(facts.peak_pflops), _duties(outcome, facts)),
        ("power", power(facts.peak_power_kw), "of IT equipment at the peak"),
        ("utilisation", percent(facts.utilisation), "of installed accelerator-hours"),
    ]
    return [*rows, *_cost(outcome, facts)]


def _frozen(outcome: Outcome) -> list[Fact]:
    """What was decided already, where anything was."""
    frozen = outcome.case.frozen
    if frozen is None:
        return []
    systems = sum(order.systems for order in frozen.orders)
    blocks = sum(start.blocks for start in frozen.blocks)
    what = f"{counted(systems, 'system')} and {counted(blocks, 'block')}"
    words = f"{what} as decided already; the rest is planned around them"
    return [("frozen", f"up to {frozen.until}", words)]


def _sold_early(outcome: Outcome) -> list[Fact]:
    """Systems that are bought and sold less than a year after they came: mostly resale is too high where there are."""
    starts, early = outcome.case.calendar.starts, dict[str, int]()
    for (vintage, t), count in outcome.decisions.exit.items():
        if vintage.arrival.offer and starts[t] - vintage.arrival.month < MONTHS_OF_A_YEAR:
            early[vintage.system] = early.get(vintage.system, 0) + count
    if not early:
        return []
    systems = ", ".join(f"{count:,} {system}" for system, count in sorted(early.items()))
    return [("sold within a year", f"{sum(early.values()):,}", f"systems bought by the plan: {systems}")]


def _added(outcome: Outcome, facts: Headline) -> list[Fact]:
    """What the plan adds, where something stands already; otherwise that is all it is worth."""
    currency = outcome.case.finance.currency
    if facts.value_added is None or facts.value_of_doing_nothing is None:
        return [("value added", "unknown", outcome.no_doing_nothing)] if outcome.no_doing_nothing else []
    if not outcome.something_stands:
        return []
    nothing = f"against doing nothing further, worth {short(facts.value_of_doing_nothing)}"
    if not outcome.decisions.buys_anything:
        return [("value added", money(facts.value_added, currency), f"{nothing}; nothing is bought")]
    rate = "none" if facts.added_rate_of_return is None else percent(facts.added_rate_of_return)
    back = "no payback" if facts.added_payback_years is None else f"payback {_years(facts.added_payback_years)}"
    several = f"; {facts.added_rates_of_return} rates would do" if (facts.added_rates_of_return or 0) > 1 else ""
    return [
        ("value added", money(facts.value_added, currency), nothing),
        ("its rate of return", rate, f"before loans; {back}{several}"),
    ]


def _cost(outcome: Outcome, facts: Headline) -> list[Fact]:
    """What an accelerator-hour costs; of those that the plan adds, where others are there already."""
    currency, whole = outcome.case.finance.currency, facts.cost_per_accelerator_hour
    words = "before tax, discounted, after grants and end value"
    added, before = facts.cost_per_added_accelerator_hour, facts.cost_before_grants_per_added_accelerator_hour
    if added is not None and before is not None and outcome.something_stands:
        words = f"of those added, {words}; {digits(before)} before grants; {digits(whole or 0.0)} with what stands"
        whole = added
    return [] if whole is None else [("cost per GPU-hour", f"{digits(whole)} {currency}", words)]


def _sold(outcome: Outcome, facts: Headline) -> list[Fact]:
    """What is sold, and what stays unmet of the demand of each workload."""
    revenue = sum(outcome.audit.accounts.lines["revenue"])
    hours = f"{short(facts.accelerator_hours)} accelerator-hours {'sold' if revenue else 'at work, none of them sold'}"
    demand = [*served(outcome)]
    rows = [("average demand served", percent(one.share), met_words(one)) for one in demand[:MOST_WORKLOADS]]
    if len(demand) > MOST_WORKLOADS:
        more = f"in {len(demand) - MOST_WORKLOADS} more workloads, see Fleet and placement in plan.xlsx"
        rows.append(("average demand served", "·", more))
    return [("revenue", money(revenue, outcome.case.finance.currency), hours), *rows]


def met_words(one: Served) -> str:
    """All three amounts with as many decimals, so that they add up."""
    if one.unmet <= LEAST_UNMET * one.asked:
        return f"{one.workload}: all of {digits(one.asked)} {one.metric_words}"
    decimals = min(decimals_of(one.asked / 10), decimals_of(one.unmet))
    sold, asked, unmet = (f"{amount:,.{decimals}f}" for amount in (one.served, one.asked, one.unmet))
    if round(one.unmet, decimals) == 0:
        return f"{one.workload}: all but {digits(one.unmet)} of {asked} {one.metric_words}"
    return f"{one.workload}: {sold} of {asked} {one.metric_words}, {unmet} unmet"


def _return(facts: Headline) -> list[Fact]:
    """The internal rate of return and the payback, where there are such."""
    rate = "none" if facts.internal_rate_of_return is None else percent(facts.internal_rate_of_return)
    back = "no payback" if facts.payback_years is None else f"payback {_years(facts.payback_years)}"
    if not facts.capex:
        back = "nothing to pay back"
    elif facts.sign_changes == 0 and facts.payback_years is not None:
        back = "no period in which more goes out than comes in"
    return [("rate of return", rate, f"before loans; {back}{_turns(facts)}")]


def _turns(facts: Headline) -> str:
    """How often flows turn, and what that means for the rate."""
    if facts.sign_changes <= 1:
        return ""
    turns = f"; flows turn {facts.sign_changes} times"
    if facts.modified_internal_rate_of_return is None:
        return f"{turns}, and no other rate would do" if facts.rates_of_return == 1 else turns
    modified = percent(facts.modified_internal_rate_of_return)
    return f"{turns}, {facts.rates_of_return} rates would do; modified {modified}"


def _lent(outcome: Outcome, facts: Headline) -> list[Fact]:
    """What loans cost more than capital does, where anything is borrowed at all."""
    if not any(any(outcome.audit.accounts.lines[line]) for line in FINANCE_COSTS) and facts.peak_debt <= 0:
        return []
    rate = percent(outcome.case.finance.discount_rate)
    is_dear = facts.cost_of_loans >= LEAST_COST
    words = f"more than capital at {rate}; already taken off" if is_dear else f"none is dearer than capital at {rate}"
    return [("cost of loans", money(facts.cost_of_loans, outcome.case.finance.currency), words)]


def _unpaid(outcome: Outcome) -> list[Fact]:
    """What is still to be paid for investments at the end, where there is anything."""
    owed = outcome.audit.accounts.books.unpaid[-1]
    words = "for what is in use at the end; it is there in cash then, and already taken off"
    return [("still to be paid", money(owed, outcome.case.finance.currency), words)] if owed >= LEAST_COST else []


def _owners(outcome: Outcome, facts: Headline) -> list[Fact]:
    """What the plan is worth to the owners, where it is known what they expect."""
    finance = outcome.case.finance
    if facts.equity_value is None or finance.cost_of_equity is None:
        return []
    rate = "none" if facts.equity_rate_of_return is None else percent(facts.equity_rate_of_return)
    several = (
        f", one of {facts.equity_rates_of_return} that would do" if (facts.equity_rates_of_return or 0) > 1 else ""
    )
    words = f"at their {percent(finance.cost_of_equity)}, after loans; rate of return {rate}{several}"
    return [("value to the owners", money(facts.equity_value, finance.currency), words)]


def _years(years: float) -> str:
    """A payback: in years, or in months where it is less than one."""
    return f"{years:.1f} years" if years >= 1 else f"{digits(12 * years)} months"


def _public(facts: Headline, currency: str) -> list[Fact]:
    """Grants that go back and tax credits that are used, where programmes bring such."""
    rows = []
    if facts.grants_repaid:
        rows.append(("grants repaid", money(facts.grants_repaid, currency), "for systems that leave early"))
    if facts.tax_credits:
        rows.append(("tax credits", money(facts.tax_credits, currency), "taken off corporate tax"))
    return rows


def _debt(outcome: Outcome, facts: Headline) -> list[Fact]:
    """The highest debt, where anything is owed at all."""
    if facts.peak_debt <= 0:
        return []
    case = outcome.case
    cover = facts.lowest_debt_service_cover
    served = "" if cover is None else f", paid {cover:.2f} times in the worst year"
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
        if cap in {"total_cap", "operator_cap"} and programmes[programme].aid.is_paid_out:
            held = tightest.get(programme)
            if held is None or limit.right < held[1]:
                tightest[programme] = (limit.left, limit.right)
    if not tightest:
        return "as paid; no cap limits them" if programmes else "the case has no programme"
    return "; ".join(f"{short(used)} of {short(cap)}, {name}" for name, (used, cap) in tightest.items())


def _duties(outcome: Outcome, facts: Headline) -> str:
    """The peak, and what is owed to each programme where that is tightest."""
    label, programmes = outcome.case.calendar.label, outcome.case.programmes
    owed = []
    for name, (t, left, floor) in facts.first_obligations.items():
        metrics = {duty.metric for duty in programmes[name].obligations}
        unit = f" {metric_words(metrics.pop())}" if len(metrics) == 1 else ""
        owed.append(f"{label(t)}: {digits(left)} of {digits(floor)}{unit} owed")
    return "; ".join(["at the peak", *owed])


def _order_table(outcome: Outcome) -> Sheet:
    """Orders and blocks by fiscal year; years without any are left out."""
    case, calendar = outcome.case, outcome.case.calendar
    rows: dict[tuple[str, str], Counter[FiscalYear]] = defaultdict(Counter)
    for (offer, site, t), count in sorted(outcome.decisions.order.items()):
        rows[offer, site][calendar.fiscal_year(calendar.starts[t])] += count
    for (expansion, t), count in sorted(outcome.decisions.expand.items()):
        names = (f"{expansion} (blocks)", case.expansions[expansion].site)
        rows[names][calendar.fiscal_year(calendar.starts[t])] += count
    years = sorted({year for counts in rows.values() for year in counts})
    columns = ["offer", "site", *map(str, years), "total"]
    figures = [False, False, *(True for _ in years), True]
    table = Sheet("Orders by fiscal year", columns, figures, names=2)
    for names, counts in rows.items():
        cells = [f"{counts[year]:,}" if year in counts else "·" for year in years]
        table.rows.append((*names, *cells, f"{sum(counts.values()):,}"))
    return table


def _when(point: CashPoint) -> str:
    return f"end of {point.month}" if point.at_end else f"start of {point.month}, after payments"
