"""A comparison as tables: an overview of all plans, then one section for each scenario, largest movers first."""

from __future__ import annotations

from collections.abc import Iterator

from planner.defaults import BASE
from planner.outcome import Outcome
from planner.report.compare.figures import figure_names, figures_of, unit_of
from planner.report.compare.tables import Cell, Chart, Column, Section, Table, money_words
from planner.studies.additionality import Additionality
from planner.studies.bridge import Bridge, part_of
from planner.studies.compare import Compared, Comparison, Difference

PARTS = {
    "price": "price effect",
    "volume": "volume effect",
    "timing": "timing effect",
    "grants": "grants",
    "tax": "tax",
    "financing": "financing",
    "end_value": "end value",
}
"""The parts of a bridge in words; the documentation says what each one is."""
IN_SHORT = ("grants", "capex", "lowest_cash", "accelerators_ordered", "gap")
"""Figures that stand beside the net present value where plans are listed."""
SPLIT = "split"
"""The part of lines that are split over three."""
STILL = 1e-3
"""A line that moves by less, in currency, does not move: rounding."""
ALIKE = 1e-9
"""Figures that differ by less, as a share, are alike."""


def sections(comparison: Comparison) -> list[Section]:
    """The overview and every scenario."""
    found = [_overview(comparison)]
    if comparison.base_additionality:
        tables = tuple(_additionality(comparison.base_additionality, comparison.base))
        found.append(Section(BASE, "The case as it stands", (), tables))
    return [*found, *(_scenario(comparison, one) for one in comparison.scenarios)]


def _overview(comparison: Comparison) -> Section:
    title = comparison.base.case.title or comparison.base.case.name
    words = tuple(f"{one.name}: {verdict(one, comparison.base)}" for one in comparison.scenarios)
    unit = comparison.base.case.finance.currency
    npv = "Net present value"
    charts = [Chart("column", npv, f"Columns: {npv.lower()} of every plan", 0, (1,), 0, "", unit)]
    tables = [_plans(comparison), _all_results(comparison)]
    if any(one.difference is not None for one in comparison.scenarios):
        tables.insert(1, _parts(comparison))
        why = "Stacked columns: parts of the difference in net present value, by scenario"
        charts.append(Chart("stacked", tables[1].title, why, 1, tuple(range(1, 1 + len(PARTS))), 0, "", unit))
    return Section("Overview", title, words, tuple(tables), tuple(charts))


def _plans(comparison: Comparison) -> Table:
    figures = {name: figures_of(outcome) for name, outcome in comparison.plans}
    first = figures[BASE]["npv"]
    units = [unit_of(name, comparison.base) for name in IN_SHORT]
    columns = (
        Column("plan"),
        Column("net present value", "money"),
        Column("more than the base", "money"),
        *(Column(_words(name), unit) for name, unit in zip(IN_SHORT, units, strict=True)),
    )
    rows = tuple(
        (name, held["npv"], held["npv"] - first, *(held.get(figure) for figure in IN_SHORT))
        for name, held in figures.items()
    )
    return Table("Plans", columns, rows, whole=True)


def _parts(comparison: Comparison) -> Table:
    """The bridges of all scenarios, one a row; the last column is the sum of the parts."""
    rows: list[tuple[Cell, ...]] = [
        (one.name, *one.difference.bridge.parts.values(), one.difference.bridge.difference)
        for one in comparison.scenarios
        if one.difference is not None
    ]
    parts = tuple(range(1, 1 + len(PARTS)))
    columns = (
        Column("scenario"),
        *(Column(words, "money") for words in PARTS.values()),
        Column("difference", "money", sum_of=parts),
    )
    title = "Why the net present value differs from that of the base"
    return Table(title, columns, tuple(rows), whole=True)


def _all_results(comparison: Comparison) -> Table:
    figures = {name: figures_of(outcome) for name, outcome in comparison.plans}
    names = [name for name in figure_names() if any(name in held for held in figures.values())]
    if comparison.base.proof.kind == "npv":
        names.remove("objective")
    rows = [
        (_words(name), _unit(name, comparison.base), *(held.get(name) for held in figures.values())) for name in names
    ]
    columns = (Column("figure"), Column("unit", "unit"), *(Column(name, "number") for name in figures))
    return Table("All figures", columns, tuple(rows), whole=True, wide=True)


def verdict(one: Compared, base: Outcome) -> str:
    """What became of a scenario, in a sentence."""
    if one.difference is None:
        return f"no plan. {one.run.message}"
    bridge, likeness = one.difference.bridge, one.difference.likeness
    currency = base.case.finance.currency
    by = f"net present value {_signed(bridge.difference)} {currency}"
    if likeness.verdict == "same decisions":
        return f"the same decisions; {by}" if bridge.difference else "the same plan"
    if likeness.verdict == "equally good":
        return (
            f"{by}; the decisions differ, but each plan is allowed in the other's case and worth the same there within "
            "the gap: an alternative optimum, not a change"
        )
    gap = "" if one.run.plan.proof.within_gap else "; not proven within the gap that was asked for"
    return f"{by}; another plan{gap}"


def _signed(amount: float) -> str:
    return f"{'+' if amount > 0 else ''}{money_words(amount)}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _unit(figure: str, outcome: Outcome) -> str:
    unit = unit_of(figure, outcome)
    return outcome.case.finance.currency if unit == "money" else unit


def _scenario(comparison: Comparison, one: Compared) -> Section:
    words = tuple(part for part in (one.title, verdict(one, comparison.base)) if part)
    inputs = Table(
        "Changed inputs",
        (Column("input"), Column("base"), Column("scenario")),
        tuple((change.path, change.base, change.scenario) for change in one.inputs),
        "" if one.inputs else "none",
    )
    if one.difference is None:
        return Section(one.name, f"Scenario {one.name}", words, (inputs,))
    tables = (
        inputs,
        _decisions(one.difference),
        _results(comparison.base, one.run.plan),
        _limits(one.difference, comparison.base),
        _bridge(one.difference.bridge),
        *_additionality(one.additionality, one.run.plan),
    )
    return Section(one.name, f"Scenario {one.name}", words, tables)


def _decisions(difference: Difference) -> Table:
    is_tie = difference.likeness.verdict == "equally good"
    return Table(
        "Decisions that differ, although both plans are equally good" if is_tie else "Changed decisions",
        (
            Column("decision"),
            Column("about"),
            Column("fiscal year"),
            Column("unit", "unit"),
            Column("base", "number"),
            Column("scenario", "number"),
            Column("change", "number", difference=(5, 4)),
        ),
        tuple(
            (
                one.kind,
                one.name,
                "" if one.year is None else f"FY{one.year}",
                one.unit,
                one.base,
                one.scenario,
                one.change,
            )
            for one in difference.decisions
        ),
        f"Decisions that are the same in both plans: {difference.decisions_alike}.",
    )


def _results(base: Outcome, scenario: Outcome) -> Table:
    """Headline figures and lines of the cash flow that differ, by how much of themselves they move."""
    one, other = _all_figures(base), _all_figures(scenario)
    rows: list[tuple[float, tuple[Cell, ...]]] = []
    alike = 0
    for key in dict.fromkeys((*one, *other)):
        here, there = one.get(key), other.get(key)
        move = _move(here, there)
        if move <= ALIKE:
            alike += 1
            continue
        change = None if here is None or there is None else there - here
        rows.append((move, (*key, here, there, change)))
    rows.sort(key=lambda row: -row[0])
    columns = (
        Column("figure"),
        Column("unit", "unit"),
        Column("base", "number"),
        Column("scenario", "number"),
        Column("change", "number", difference=(3, 2)),
    )
    return Table("Changed results", columns, tuple(row for _, row in rows), f"Figures that are the same: {alike}.")


def _all_figures(outcome: Outcome) -> dict[tuple[str, str], float]:
    is_npv = outcome.proof.kind == "npv"
    found = {
        (_words(name), _unit(name, outcome)): value
        for name, value in figures_of(outcome).items()
        if not (is_npv and name == "objective")
    }
    currency = outcome.case.finance.currency
    for line, amounts in outcome.audit.accounts.lines.items():
        if not {line, f"{line}_paid"} & {*figure_names()}:
            found[_words(line), currency] = sum(amounts)
    return found


def _move(here: float | None, there: float | None) -> float:
    if here is None or there is None:
        return float("inf")
    return abs(there - here) / max(1.0, abs(here), abs(there)) if here != there else 0.0


def _limits(difference: Difference, base: Outcome) -> Table:
    label = base.case.calendar.label

    def when(periods: tuple[int, ...] | None) -> str:
        if periods is None:
            return "–"
        if not periods:
            return "binds"
        if len(periods) == 1:
            return label(periods[0])
        return f"{len(periods)} periods, {label(min(periods))} to {label(max(periods))}"

    both = [one for one in difference.limits if one.base == one.scenario]
    return Table(
        "What binds now: limits without any room left",
        (Column("rule"), Column("limit"), Column("in the base"), Column("in the scenario")),
        tuple(
            (_words(one.rule), one.subject, when(one.base), when(one.scenario))
            for one in difference.limits
            if one.base != one.scenario
        ),
        f"Limits that bind in both plans, in the same periods: {len(both)}.",
    )


def _bridge(bridge: Bridge) -> Table:
    """Every line of the cash flow that moves, the largest first; the sum is the difference to the base."""
    effects = sorted((one for one in bridge.effects if abs(one.total) > STILL), key=lambda one: -abs(one.total))
    there = bridge.carried
    if there is None:
        remark = "The periods differ, so the base decisions cannot be carried over: all other amounts count as volume."
    elif there.whole:
        remark = "The base decisions are allowed in the scenario as they stand."
    else:
        remark = (
            f"Of the base decisions {there.dropped} are not allowed in the scenario, and {there.cut} about work were "
            f"cut to what stands and what is asked for; the rest breaks {there.broken} limits of the scenario."
        )
    quiet = len(bridge.effects) - len(effects)
    return Table(
        "Bridge of net present value, by line of the cash flow",
        (
            Column("line"),
            Column("part"),
            Column("new figures", "money"),
            Column("new figures, timing", "money"),
            Column("new decisions", "money"),
            Column("new decisions, timing", "money"),
            Column("total", "money", sum_of=(2, 3, 4, 5)),
        ),
        tuple(
            (
                _words(one.line),
                _words(part_of(one.line) or SPLIT),
                *(_still(amount) for amount in (one.figures, one.figures_timing, one.decisions, one.decisions_timing)),
                one.total,
            )
            for one in effects
        ),
        f"{remark} Lines that do not move: {quiet}.",
        totals=(2, 3, 4, 5, 6),
    )


def _still(amount: float) -> float:
    """An amount without the rounding of binary numbers around nothing."""
    return amount if abs(amount) > STILL else 0.0


def _additionality(found: tuple[Additionality, ...], outcome: Outcome) -> Iterator[Table]:
    if not found:
        return
    currency = outcome.case.finance.currency
    names = tuple(Column(one.programme, "number") for one in found)
    rows: list[tuple[Cell, ...]] = [
        ("grant of the programme", currency, *(one.grant for one in found)),
        ("accelerators ordered with it", "accelerators", *(one.accelerators[0] for one in found)),
        ("accelerators ordered without it", "accelerators", *(one.accelerators[1] for one in found)),
        ("accelerators because of it", "accelerators", *(one.extra_accelerators for one in found)),
        ("dense-BF16 PFLOPS because of it", "PFLOPS", *(one.extra_pflops for one in found)),
        (
            "grant for each further accelerator",
            f"{currency}/accelerator",
            *(one.grant_per_accelerator for one in found),
        ),
        ("grant for each further dense-BF16 PFLOPS", f"{currency}/PFLOPS", *(one.grant_per_pflops for one in found)),
        ("share of the grant for what is bought anyway, at least", "share", *(one.share_anyway for one in found)),
        ("other grants with it", currency, *(one.other_grants[0] for one in found)),
        ("other grants without it", currency, *(one.other_grants[1] for one in found)),
        ("net present value with it", currency, *(one.npv[0] for one in found)),
        ("net present value without it", currency, *(one.npv[1] for one in found)),
    ]
    words = "; ".join(f"without {one.programme}: {one.message}" for one in found if one.message)
    columns = (Column("what the programme changes"), Column("unit", "unit"), *names)
    yield Table("Additionality", columns, tuple(rows), words, whole=True)
    for one in found:
        if one.bought:
            yield Table(
                f"Bought with and without {one.programme}",
                (
                    Column("system or block"),
                    Column("with it", "count"),
                    Column("without it", "count"),
                    Column("anyway", "count"),
                    Column("because of it", "count"),
                    Column("only without it", "count"),
                    Column("grant", "money"),
                    Column("grant for what is bought anyway", "money"),
                ),
                tuple(
                    (
                        item.name,
                        item.with_it,
                        item.without,
                        item.anyway,
                        item.because,
                        item.instead,
                        item.grant,
                        item.grant_anyway,
                    )
                    for item in one.bought
                ),
                totals=(6, 7),
                whole=True,
            )
