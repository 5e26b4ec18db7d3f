"""What a row of the sheet Decisions says, by the kind of its decisions and the names that tell it from others."""

from __future__ import annotations

from typing import NamedTuple

from planner.case.case import Case
from planner.reading.workbook.keys import Names
from planner.report.workbook.engine.ledger import at_site
from planner.vocabulary.decisions import STORED
from planner.vocabulary.keys import Arrival
from planner.vocabulary.message import Message, say, verbatim

SYSTEMS, BLOCKS, UNITS, MONEY = "systems", "blocks", "systems or blocks", "money"


class RowWords(NamedTuple):
    """The first columns of a row: what is decided, about what, and in which unit."""

    label: Message
    subject: Message
    unit: str


class _Row(NamedTuple):
    """The label of a kind of decision, the field that is its subject, if it has one, and its unit."""

    template: str
    subject: str
    unit: str


_ROWS = {
    "order": _Row("order through {offer}", "offer", SYSTEMS),
    "expand": _Row("start blocks of {expansion}", "expansion", BLOCKS),
    "exit": _Row("exit of {system} that arrived {vintage}", "system", SYSTEMS),
    "serve": _Row("serve {workload}", "system", SYSTEMS),
    "failover": _Row("serve {workload} without {lost_site}", "system", SYSTEMS),
    "claim": _Row("claim under {programme}", "investment", UNITS),
    "overlap": _Row("claim under {programme} and before it under {earlier}", "investment", UNITS),
    "claimed_exit": _Row("leave with the grant of {programme}, ordered in period {period}", "offer", SYSTEMS),
    "overlap_exit": _Row(
        "leave with the grants of {programme} and before it of {earlier}, ordered in period {period}", "offer", SYSTEMS
    ),
    "draw": _Row("draw on {loan}", "loan", MONEY),
    "repay": _Row("repay {loan}", "loan", MONEY),
    "credit": _Row("use the tax credit of {programme}", "programme", MONEY),
    "dividend": _Row("dividend for the fiscal year", "", MONEY),
    "join": _Row("enter {programme}", "programme", "yes = 1"),
}


class Section(NamedTuple):
    """Rows of the sheet below one heading: of each name all kinds of decisions, one below the other."""

    heading: str
    kinds: tuple[str, ...]
    is_shown_empty: bool = False
    adds_up: bool = True
    """Whether its rows have a sum over time."""
    without_clawback: str = ""
    """The heading where nothing goes back to programmes, if that is another one."""


SECTIONS = (
    Section("Orders", ("order",), is_shown_empty=True),
    Section("Expansions", ("expand",), is_shown_empty=True),
    Section(
        "Exits: systems retired or sold at the start of a period, by lot: what arrived with one order",
        ("exit",),
        is_shown_empty=True,
    ),
    Section("Serving: systems at work, average over a period", ("serve",), is_shown_empty=True, adds_up=False),
    Section(
        "If a site is lost: systems that would work elsewhere, average over a period", ("failover",), adds_up=False
    ),
    Section(
        "Claims: what of an investment is claimed under a programme, by period of its order or start",
        ("claim",),
        is_shown_empty=True,
    ),
    Section("Claims on units that a programme which comes first pays for as well, among those above", ("overlap",)),
    Section(
        "Claimed systems among those that leave: with them go grants whose retention has not ended",
        ("claimed_exit",),
        without_clawback="Claimed systems among those that leave: what is left of their reduced book value leaves too",
    ),
    Section("Of those, systems that two programmes paid for, one after the other", ("overlap_exit",)),
    Section("Loans: drawn at the start of a period, repaid at its end", ("draw", "repay")),
    Section("Tax credits: what is taken off the tax of a fiscal year, in its last period", ("credit",)),
    Section("Dividends: what owners are paid for a fiscal year, in its last period", ("dividend",)),
)
"""All decisions over time, from top to bottom."""


def row_words(kind: str, names: Names, case: Case) -> RowWords:
    """What the row of some decisions says."""
    row, parts = _ROWS[kind], dict(zip(STORED[kind].names, names, strict=True))
    said = {field: str(name) for field, name in parts.items()}
    if "period" in parts:
        said["period"] = str(int(said["period"]) + 1)  # people count periods from 1
    name = said.get(row.subject, "")
    site = case.expansions[name].site if kind == "expand" else said.get("site")
    units = {MONEY: case.finance.currency, UNITS: SYSTEMS if name in case.offers else BLOCKS}
    subject = verbatim(name) if site is None else at_site(name, site)
    if not row.subject:
        subject = say("owners")
    arrival = parts.get("cohort")
    label = _exit(said["system"], arrival) if isinstance(arrival, Arrival) else say(row.template, **said)
    return RowWords(label, subject, units.get(row.unit, row.unit))


def _exit(system: str, arrival: Arrival) -> Message:
    """What leaves, named by when it came and, if it came through one, by the offer."""
    if not arrival.offer:
        return say(_ROWS["exit"].template, system=system, vintage=str(arrival.month))
    template = "exit of {system} that arrived {month} through {offer}"
    return say(template, system=system, month=str(arrival.month), offer=arrival.offer)
