"""Sheet Subsidies: by programme the eligible cost, the grant decided and paid, its caps, and what it demands."""

from __future__ import annotations

from planner.case.programme import CostCategory, Programme
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.over import over
from planner.report.workbook.engine.references import Header, Now, Spot, holds_month, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, times
from planner.report.workbook.physical.placements import additions_key, metric_label
from planner.report.workbook.programmes.aid import claims_of
from planner.report.workbook.programmes.application import CATEGORIES, lay_application
from planner.report.workbook.programmes.claim_limits import lay_claim_limits
from planner.report.workbook.programmes.claimed_exits import lay_claimed_exits
from planner.report.workbook.programmes.clawback import lay_all_clawbacks, lay_clawback
from planner.report.workbook.programmes.overlaps import lay_overlaps
from planner.report.workbook.programmes.payments import lay_payment
from planner.report.workbook.programmes.stacking_order import lay_stacking_order
from planner.vocabulary.message import about, say, verbatim

SUBSIDIES = Entry(
    "Subsidies",
    "eligible cost, grants, caps and duties by programme",
    "Amounts exclude consumption tax. Fiscal years count by order or start; grants paid count by payment.",
    years=True,
)


def lay_subsidies(ledger: Ledger) -> None:
    """Lays the claims of all programmes, then one section for each programme."""
    sheet = ledger.time_sheet(SUBSIDIES)
    for programme, rules in ledger.case.programmes.items():
        _claims(ledger, sheet, programme, rules)
        lay_overlaps(ledger, sheet, programme)
        lay_payment(ledger, sheet, programme)
        lay_clawback(ledger, sheet, programme)
        if rules.aid.is_paid_out and claims_of(ledger, programme):
            lay_application(ledger, sheet, programme)
        _duties(ledger, sheet, programme, rules)
    _grants(ledger, sheet)
    lay_all_clawbacks(ledger, sheet)
    lay_claim_limits(ledger, sheet)
    lay_claimed_exits(ledger, sheet)
    lay_stacking_order(ledger, sheet)


def _eligible(ledger: Ledger, programme: str, category: CostCategory) -> list[tuple[str, str]]:
    """Claims that have cost in a category that counts."""
    if category not in ledger.case.programmes[programme].categories:
        return []
    facility = category == "facility"
    return [(name, site) for name, site in claims_of(ledger, programme) if (name in ledger.case.expansions) == facility]


def _claims(ledger: Ledger, sheet: Sheet, programme: str, rules: Programme) -> None:
    for category in CATEGORIES:
        claims = _eligible(ledger, programme, category)
        sheet.heading(about(programme, say("eligible cost, {category}", category=say(category))))
        for name, site in claims:
            _eligible_cost(ledger, sheet, programme, category, name, site)
        keys = [Key("eligible", programme, category, name, site) for name, site in claims]
        label, note = about(programme, category), "by period of the order or start"
        sheet.flow(Key("eligible", programme, category), label, note, kind="total", series=total(keys), by_year=True)
    word = say(rules.aid.label)
    sheet.heading(about(programme, f"{word} decided, by period of the order or start"))
    for name, site in claims_of(ledger, programme):
        parts: list[Term] = [
            Now(Key("eligible", programme, category, name, site))
            for category in CATEGORIES
            if (name, site) in _eligible(ledger, programme, category)
        ]
        label, note = say("{what} of {programme}", what=word, programme=programme), "rate x eligible cost"
        series = (parts[0] if len(parts) == 1 else parts[0] + parts[1]) * Spot(f"programmes.{programme}.rate")
        sheet.flow(Key("grant", programme, name, site), label, note, at_site(name, site), series=series)


def _eligible_cost(ledger: Ledger, sheet: Sheet, programme: str, category: CostCategory, name: str, site: str) -> None:
    share = additions_key(ledger, name) if category == "additions" else None
    cost = times(
        Now(Key("claim", programme, name, site)),
        Now(Key("unit_cost", name)),
        Spot(share) if share else None,
        0 if category == "additions" and share is None else None,
        Spot(f"programmes.{programme}.eligible_share"),
    )
    label, note = say("{category} claimed", category=say(category)), "claimed x cost as paid x eligible share"
    sheet.flow(Key("eligible", programme, category, name, site), label, note, at_site(name, site), series=cost)


def _duties(ledger: Ledger, sheet: Sheet, programme: str, rules: Programme) -> None:
    if not rules.obligations:
        return
    sheet.heading(about(programme, "what it demands in return"))
    for position, duty in enumerate(rules.obligations):
        path = f"programmes.{programme}.obligations.{position}"
        inside = Now("time.end").compare(">", Spot(f"{path}.from"))
        if duty.last is not None:
            inside = inside * Header("start").compare("<=", Spot(f"{path}.to"))
        label = say("obligation from {month}", month=str(duty.first))
        note = "from its first month to its last, where joined"
        series = times(inside, Spot(Key("join", programme)))
        sheet.line(Key("holds", path), about(label, "holds in the period"), "yes = 1", note, programme, series=series)
        words, note = about(label, "least installed"), "floor, where it holds"
        series = Now(Key("holds", path)) * Spot(f"{path}.floor")
        if (gone := over(ledger.case)) is not None:
            series = series * (1 - gone)
        sheet.line(Key("floor", path), words, metric_label(duty.metric), note, programme, series=series)
        words, note = about(label, "installed above it"), "installed - floor"
        series = Now(Key("metric", duty.metric)) - Now(Key("floor", path))
        sheet.line(Key("room", path), words, metric_label(duty.metric), note, programme, series=series)
        words, note = about(label, "begins in the period"), "the period holds its first month"
        sheet.line(Key("begins", path), words, "yes = 1", note, programme, series=holds_month(Spot(f"{path}.from")))
        words, note = about(label, "installed in that month"), "in the period that holds the month"
        series = Now(Key("begins", path)) * Now(Key("metric", duty.metric))
        sheet.line(Key("then", path), words, metric_label(duty.metric), note, programme, series=series, add_up=True)


def _grants(ledger: Ledger, sheet: Sheet) -> None:
    sheet.heading("Grants paid, all programmes")
    copies = [
        sheet.flow(Key("copy", programme), verbatim(programme), series=Now(Key("granted", programme)))
        for programme, rules in ledger.case.programmes.items()
        if rules.aid.is_paid_out
    ]
    sheet.flow("granted", "all programmes", kind="total", series=total(copies), by_year=True)
