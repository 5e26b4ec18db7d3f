"""Sheet Chart data: every figure behind the charts of Summary, as formulas; cash alone stands on Liquidity by month.

A bar that hangs in the air, in a bridge or a plan of deliveries, stands on an invisible one; both are rows here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.case.programme import Programme
from planner.case.workload import Metric
from planner.outcome import FINANCING, INFLOWS, INVESTMENTS, OPERATING_COSTS
from planner.report.lines import cash_lines, pays_in_instalments
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.grid import SUBJECT, VALUE
from planner.report.workbook.engine.keys import Key, OfYear
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, Stack, Whole, more, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.front.bridges import Step, lay_bridge
from planner.report.workbook.front.value_bridge import lay_value_bridge
from planner.report.workbook.physical.placements import bought_row, metric_label, systems_placed
from planner.report.workbook.programmes.aid import counted_key, whole_cap, whole_key
from planner.vocabulary.cash_lines import CASH_LINES, COST_PARTS
from planner.vocabulary.message import Message, Text, about, fiscal_year, price_unit, say, verbatim

CHART_DATA = Entry(
    "Chart data",
    "the figures behind the charts",
    "Figures behind the charts; those of cash stand on Liquidity by month, of results on Profit and tax.",
)
MOST_DELIVERIES = 30
"""Deliveries that a chart can show; the sheet Decisions holds all."""


def lay_chart_data(ledger: Ledger) -> None:
    """Lays the figures of all charts."""
    sheet = ledger.time_sheet(CHART_DATA)
    for metric in metrics_asked(ledger):
        _capacity(ledger, sheet, metric)
    lay_bridge(ledger, sheet, "cash", "Cash over the whole horizon", ledger.currency, _cash_steps(ledger))
    _deliveries(ledger, sheet)
    _grants(ledger, sheet)
    _power(ledger, sheet)
    _costs(ledger, sheet)
    lay_value_bridge(ledger, sheet)


def metrics_asked(ledger: Ledger) -> list[Metric]:
    """Metrics in which workloads state their demand."""
    return list(dict.fromkeys(workload.metric for workload in ledger.case.workloads.values()))


def _capacity(ledger: Ledger, sheet: Sheet, metric: Metric) -> None:
    """What systems do for the workloads that state their demand in a metric, against that demand: like with like."""
    unit = metric_label(metric)
    names = [name for name, workload in ledger.case.workloads.items() if workload.metric == metric]
    pairs = sorted({(system, name) for name, system, _ in ledger.choices.serving if name in names})
    sheet.heading(capacity_title(metric))
    for system in systems_serving(ledger, metric):
        done = more([Key("served", name, other) for other, name in pairs if other == system])
        note = "systems at work x what one serves"
        sheet.line(Key("could", metric, system), verbatim(system), unit, note, series=done * 1)
    asked = [
        sheet.line(
            Key("asked", name), say("demand: {name}", name=name), unit, series=1 * Now(f"workloads.{name}.amount")
        )
        for name in names
    ]
    label, note = say("demand counted in {metric}", metric=say(unit)), "workloads in other units are not in it"
    sheet.line(Key("asked", metric), label, unit, note, kind="total", series=total(asked))


def systems_serving(ledger: Ledger, metric: Metric) -> list[str]:
    """Systems that work on demand in a metric, in the order of the sheets."""
    names = {name for name, workload in ledger.case.workloads.items() if workload.metric == metric}
    found = {system for name, system, _ in ledger.choices.serving if name in names}
    return [system for system in systems_placed(ledger) if system in found]


def capacity_title(metric: Metric) -> Message:
    """What the chart of a metric shows."""
    return say("Work done and demand, counted in {metric}", metric=say(metric_label(metric)))


def _cash_steps(ledger: Ledger) -> list[Step]:
    """From the first balance to the last: what came in, what went out by group."""
    grouped = (*INFLOWS, *OPERATING_COSTS, *INVESTMENTS)
    case = ledger.case
    absent = {line for line, there in (("grants", case.programmes), ("tax", case.finance.tax)) if not there}
    if not case.finance.loans:
        absent |= set(FINANCING) - {"interest_on_cash", "dividends"}
    others = [line for line in cash_lines(case) if line not in grouped]
    steps = [Step("opening", "cash at the start", Spot("opening", 0), is_level=True)]
    if ledger.case.finance.funding:
        steps.append(Step("funding", "funding", Spot("funding")))
    inflows = [line for line in cash_lines(case) if line in INFLOWS]
    steps += [Step(line, CASH_LINES[line].bar, Spot(Key("line", line))) for line in inflows if line not in absent]
    steps += [Step(key, words, 0 - Spot(key)) for key, words in GROUPS.items()]
    steps += [Step(line, CASH_LINES[line].bar, 0 - Spot(Key("line", line))) for line in others if line not in absent]
    return [*steps, Step("closing", "cash at the end", Spot("cash", -1), is_level=True)]


GROUPS = {"running": "running costs", "capex": "capital expenditure"}
"""Bars of the cash bridge that stand for several lines, by the row of their sum."""


def _deliveries(ledger: Ledger, sheet: Sheet) -> None:
    """Each order and each start of blocks: when, and how long until it arrives."""
    delivered = deliveries(ledger)
    sheet.heading("Deliveries: ordered in; the subject is what the chart shows")
    for name, site, t in delivered:
        chosen = Spot(bought_row(ledger, name, site)[0], t)
        text = at_site(name, site or ledger.case.expansions[name].site)
        row = sheet.next_row
        sheet.line(Key("ordered_in", name, site, t), text, "date", value=Spot("time.start", t))
        sheet.put(row, SUBJECT, chosen.joined(verbatim(f" × {name}{f', {site}' if site else ''}")), "label")
    sheet.heading("Deliveries: days from order to arrival")
    for name, site, t in delivered:
        arrives = call("INDEX", Whole("time.start"), Spot(Key("arrival", name), t))
        text = at_site(name, site or ledger.case.expansions[name].site)
        waits = arrives - Spot(Key("ordered_in", name, site, t))
        sheet.line(Key("waits", name, site, t), text, "days", "first month of arrival - of order", value=waits)


def deliveries(ledger: Ledger) -> list[tuple[str, str, int]]:
    """(offer or expansion, site or nothing, period) of the first orders and starts of blocks, in their order."""
    return [(name, site, t) for t, name, site in ledger.choices.by_date[:MOST_DELIVERIES]]


def paying(ledger: Ledger) -> dict[str, Programme]:
    """Programmes that pay grants."""
    return {name: rules for name, rules in ledger.case.programmes.items() if rules.aid.is_paid_out}


def _grants(ledger: Ledger, sheet: Sheet) -> None:
    """What each programme pays, against what it may pay; less tax and earlier depreciation are no payments."""
    programmes = paying(ledger)
    if not programmes:
        return
    caps = [cap for name, rules in programmes.items() for cap in _caps(ledger, name, rules)]
    sheet.heading("Grants within the horizon, and by fiscal year where a programme has a cap for it")
    for cap in caps:
        sheet.money(Key("shown", "granted", cap.key), cap.label, value=cap.granted)
    sheet.heading("Most that a programme may pay; nothing where it states no cap")
    for cap in caps:
        sheet.money(Key("shown", "cap", cap.key), cap.label, value=cap.most)


@dataclass(frozen=True)
class Cap:
    """What a programme pays, in all or in a fiscal year, and the most that it may pay; None where it states no cap."""

    key: Key
    label: Text
    granted: Term
    most: Term | None


def _caps(ledger: Ledger, programme: str, rules: Programme) -> Iterator[Cap]:
    path, paid = f"programmes.{programme}", counted_key(ledger, programme)
    is_alone = len(paying(ledger)) == 1
    for year, cap_of_year in rules.fiscal_year_caps.items():
        if year in ledger.grid.years:
            first = ledger.case.calendar.fiscal_years[year][0]
            most = ledger.home(cap_of_year, f"{path}.fiscal_year_caps.{year}", first)
            words = fiscal_year(year.number)
            label = words if is_alone else say("{programme}, {what}", programme=programme, what=words)
            yield Cap(Key(programme, year), label, Spot(OfYear(paid, year)), most)
    cap, _ = whole_cap(ledger, programme) or (None, "")
    yield Cap(
        Key(programme),
        "total" if is_alone else say("{programme}, {what}", programme=programme, what=say("total")),
        Spot(whole_key(ledger, programme)),
        cap,
    )


def _power(ledger: Ledger, sheet: Sheet) -> None:
    sheet.heading("Power by site")
    for site in ledger.case.sites:
        for word, label in (("used", "used"), ("capacity", "limit of the site")):
            sheet.line(Key("shown", word, site), about(site, label), "kW", series=Now(Key(word, site, "power")))


def _costs(ledger: Ledger, sheet: Sheet) -> None:
    """What an hour of an accelerator at work costs, from the price of systems to what is left after the end value."""
    sheet.heading("Present value of each line of the cash flow")
    there = cash_lines(ledger.case)
    parts = {part: tuple(line for line in lines if line in there) for part, lines in COST_PARTS.items()}
    costs = {part: lines for part, lines in parts.items() if lines}
    for lines in costs.values():
        for line in lines:
            label = say("present value: {line}", line=say(CASH_LINES[line].label))
            sheet.money(
                Key("shown", "present", line), label, "see Liquidity by month", value=Spot(Key("present", line))
            )
    unit = price_unit(ledger.currency, "accelerator-hour")
    steps = []
    for part, lines in costs.items():
        keys = tuple(Key("shown", "present", line) for line in lines)
        value = call("SUM", Stack(keys, VALUE)) if len(keys) > 1 else Spot(keys[0])
        steps.append(Step(part, part, _per_hour(0 - value if part in ("grants", "resale") else value)))
    if pays_in_instalments(ledger.case):
        steps.append(Step("unpaid", "still to be paid for investments", _per_hour(Spot("present_unpaid"))))
    steps.append(Step("end", "terminal value", _per_hour(0 - Spot("present_terminal"))))
    whole = Step("total", "cost of an hour", _per_hour(Spot("own_cost")), is_level=True)
    lay_bridge(ledger, sheet, "hour", "Cost of one accelerator-hour at work", unit, [*steps, whole])


def _per_hour(value: Term) -> Term:
    hours = Spot("present_hours")
    return call("IF", hours.compare("=", 0), 0, value / hours)
