"""What loans cost, what interest saves in tax, what is left for owners, and rates of return: live, and the audit's."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.outcome import Outcome
from planner.report.headline import headline
from planner.report.value import to_owners, unborrowed
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import FIRST, VALUE, Grid
from planner.report.workbook.engine.keys import Key, OfYear
from planner.report.workbook.engine.terms import Place, Term
from planner.report.workbook.front.summary import NOTE
from planner.vocabulary.keys import FiscalYear
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.decided import decided
from tests.report.example import outcome_of
from tests.report.workbook.mutation import Mutable
from tests.report.workbook.test_accounts import amount
from tests.report.workbook.test_edges import LONGEST
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees

BOUGHT: dict[str, Any] = {
    "order": {("maker", "east", 0): 1},
    "serve": {("training", "cube", "east", t): 1.0 for t in range(3)},
}
LENT = {"draw": {("bank", 0): 40 * MILLION}, "repay": {("bank", 1): 10 * MILLION}}
TAX = {"rate": {"2025-01": "30 %", "2026-01": "35 %"}, "payment_lag": "2 months"}
LEFT = [{"age": "0 months", "share": 0.5}]
OWNERS = {"finance__cost_of_equity": 0.15}


def case(rate: float = 0.2, cash: float = 150, **changes: Any) -> Case:
    """A cube of 100 that earns 60 a year in three years, at 10 %, and a loan of which 30 are left to repay."""
    bank = {"limit": mn(100), "rate": rate, "term": "5 years"}
    terms = {"finance__discount_rate": 0.1, "finance__loans": {"bank": bank}, "finance__opening_cash": mn(cash)}
    return toy(**{**terms, **changes})


def with_a_late_bill(bill: float) -> Outcome:
    """230 earned by the day in 2025 and nothing later; in 2027 a contract is paid for that brings nothing."""
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2027-01", "unpaid": mn(bill)}]
    work = {"metric": "accelerators", "amount": {"2025-01": 1, "2026-01": 0}, "price": yearly(230)}
    once = {**BOUGHT, "serve": {("training", "cube", "east", 0): 1.0}}
    return outcome_of(case(sites__east__fleet=fleet, workloads__training=work), decided(**once))


def earned_back(millions: float) -> Outcome:
    """A cube that earns in 2025 what it costs, to the yen, and nothing later."""
    work = {"metric": "accelerators", "amount": {"2025-01": 1, "2026-01": 0}, "price": yearly(millions)}
    once = {**BOUGHT, "serve": {("training", "cube", "east", 0): 1.0}}
    return outcome_of(case(workloads__training=work, systems__cube__price__typical=mn(millions)), decided(**once))


def offers(**window: str) -> dict[str, Any]:
    """The usual offer, and a cheap one that takes orders in a window; it asks for more at first."""
    price = {"2026-01": mn(60), "2027-01": mn(30)}
    cheap = {"system": "cube", "supplier": "cheap", "price": price, "order_window": window}
    return {"maker": {"system": "cube", "supplier": "maker"}, "cheap": cheap}


def sold(period: int = 3, **window: str) -> Outcome:
    """A cube of 100 beside the cheap offer, sold in a period, or standing at the end of the horizon."""
    leaves = {} if period == 3 else {"exit": {("cube", "east", "2025-01 maker", period): 1}}
    work = {("training", "cube", "east", t): 1.0 for t in range(min(period, 3))}
    terms = {"finance__resale": LEFT, "finance__terminal_value": True, "offers": offers(**window)}
    return outcome_of(case(**terms), decided(**{**BOUGHT, "serve": work, **leaves}))


def taxed_at_the_end(**changes: Any) -> Outcome:
    terms = {"finance__resale": LEFT, "finance__terminal_value": True, "finance__tax": TAX, **changes}
    return outcome_of(case(**terms), decided(**BOUGHT))


SHAPES: dict[str, Outcome] = {
    "a dear loan": outcome_of(case(), decided(**BOUGHT, **LENT)),
    "a dear loan and tax": outcome_of(case(finance__tax=TAX), decided(**BOUGHT, **LENT)),
    "tax within the year": outcome_of(
        case(finance__tax={**TAX, "payment_lag": "0 months"}), decided(**BOUGHT, **LENT)
    ),
    "a cheap loan": outcome_of(case(rate=0.02), decided(**BOUGHT, **LENT)),
    "owed before": outcome_of(
        case(finance__loans={"bank": {"limit": mn(50), "rate": 0.3, "term": "9 years", "outstanding": mn(20)}}),
        decided(**BOUGHT),
    ),
    "no loan is used": outcome_of(case(finance__tax=TAX), decided(**BOUGHT)),
    "owners": outcome_of(case(**OWNERS, finance__tax=TAX), decided(**BOUGHT, **LENT)),
    "owners without loans": outcome_of(case(**OWNERS, finance__loans={}), decided(**BOUGHT)),
    "owners who pay nothing in": outcome_of(
        case(rate=0.02, **OWNERS), decided(**BOUGHT, draw={("bank", 0): 100 * MILLION})
    ),
    "the most for owners": outcome_of(case(**OWNERS, objective={"kind": "equity"}), decided(**BOUGHT, **LENT)),
    "several rates": with_a_late_bill(132),
    "two turns and one rate": with_a_late_bill(0.1),
    "earned back to the yen": earned_back(97),
    "a gain at the end": taxed_at_the_end(finance__depreciation={"systems": "3 years"}),
    "a loss at the end": taxed_at_the_end(finance__depreciation={"systems": "9 years"}),
    "a loss beyond the tax of the year": taxed_at_the_end(
        finance__depreciation={"systems": "60 years"}, finance__resale=[]
    ),
    "sold while a cheaper one is to be had": sold(2, **{"from": "2025-01"}),
    "sold before it is": sold(1, **{"from": "2027-01"}),
    "at the end, while it is": sold(),
    "at the end, when it is no longer": sold(to="2026-12"),
}  # fmt: skip


@cache
def laid(shape: str) -> Grid:
    return lay_book(SHAPES[shape]).grid


@pytest.mark.parametrize("shape", SHAPES)
def test_every_figure_of_value_is_the_audits(shape: str) -> None:
    result, grid = SHAPES[shape], laid(shape)
    accounts, facts = result.audit.accounts, headline(result)
    assert failed(grid) == []
    shield = [amount(grid, "month_shield", m) if "month_shield" in grid else 0.0 for m in range(36)]
    assert [0.0, *shield] == pytest.approx(accounts.shield, rel=1e-9, abs=0.01)
    by_day = [amount(grid, "irr_flow", m) for m in range(-1, 36)]
    assert by_day == pytest.approx(unborrowed(accounts), rel=1e-9, abs=0.01)
    for key, figure in (
        ("npv", accounts.npv), ("npv_before_financing", accounts.unlevered), ("xnpv", accounts.unlevered),
        (Key("here", "loan_costs"), facts.cost_of_loans), ("present_terminal_taxed", facts.terminal_value_present),
        ("end_value", accounts.end_value), ("end_tax", accounts.books.end_tax),
        ("terminal_value", accounts.terminal_value), (Key("line", "resale"), sum(accounts.lines["resale"])),
        ("irr", facts.internal_rate_of_return), ("turn", facts.sign_changes), ("payback", facts.payback_years),
        ("irr_rates", facts.rates_of_return),
    ):  # fmt: skip
        expected = "none" if figure is None else pytest.approx(figure, rel=1e-9, abs=1e-3)
        assert grid.value_of(key) == expected, key
    if accounts.equity is not None:
        for key, figure in (
            ("owners_value", accounts.equity), ("owners_xnpv", accounts.equity),
            (Key("owners", "irr"), facts.equity_rate_of_return),
        ):  # fmt: skip
            assert grid.value_of(key) == ("none" if figure is None else pytest.approx(figure, rel=1e-9)), key
        by_day = [amount(grid, "owners_flow", m) for m in range(-1, 36)]
        assert by_day == pytest.approx(to_owners(result.case, accounts), rel=1e-9, abs=0.01)
    assert ("owners_value" in grid) == (accounts.equity is not None)
    assert ("mirr" in grid) == (facts.modified_internal_rate_of_return is not None)
    if facts.modified_internal_rate_of_return is not None:
        assert grid.value_of("mirr") == pytest.approx(facts.modified_internal_rate_of_return, rel=1e-9)


def test_the_shapes_hold_what_they_are_called() -> None:
    """Or the test above would prove little."""

    def audited(shape: str) -> Any:
        return SHAPES[shape].audit.accounts

    assert audited("a dear loan").loan_costs["bank"] > 0 == audited("a cheap loan").loan_costs["bank"]
    assert audited("a dear loan and tax").shield[-1] > 0 and audited("owed before").loan_costs["bank"] > 0
    assert headline(SHAPES["owners who pay nothing in"]).equity_rate_of_return is None
    hair = sum(unborrowed(audited("earned back to the yen")))
    assert -1e-6 < hair < 0 and headline(SHAPES["earned back to the yen"]).payback_years == pytest.approx(1)
    gain, loss, capped = (
        audited(f"a {shape}").books
        for shape in ("gain at the end", "loss at the end", "loss beyond the tax of the year")
    )
    assert gain.end_tax > 0 > loss.end_tax > -loss.years[FiscalYear(2027)].tax
    assert capped.end_tax == -capped.years[FiscalYear(2027)].tax < 0
    resale = [
        sum(audited(f"sold {shape}").lines["resale"]) for shape in ("while a cheaper one is to be had", "before it is")
    ]
    assert resale == [0.5 * 30 * MILLION, 0.5 * 100 * MILLION]
    left = [audited(f"at the end, {shape}").terminal_value for shape in ("while it is", "when it is no longer")]
    assert left == [0.5 * 30 * MILLION, 0.5 * 100 * MILLION]


def test_interest_is_worked_out_by_fiscal_year_at_the_rate_of_the_year_and_dated_with_its_tax() -> None:
    """40 are owed, of which 10 go back at the end of 2026: 8, 8 and 6 of interest; tax is due in February."""
    grid = laid("a dear loan and tax")
    years = [amount(grid, OfYear("shield", FiscalYear(year))) for year in (2025, 2026, 2027)]
    assert years == pytest.approx([0.3 * 8 * MILLION, 0.35 * 8 * MILLION, 0.35 * 6 * MILLION])
    months = {m + 1: amount(grid, "month_shield", m) for m in range(36) if amount(grid, "month_shield", m)}
    assert months == pytest.approx({14: years[0], 26: years[1], 36: years[2]})


def test_summary_tells_the_terminal_value_after_its_tax_and_what_loans_cost() -> None:
    sheet = lay_book(SHAPES["owners"]).grid.sheets["Summary"]
    said = {sheet.text(row, 0): sheet.text(row, NOTE) for row in range(sheet.next_row)}
    assert said["of that, terminal value"].endswith("after its tax")
    assert {"what loans cost", "value to the owners", "rate of return of the owners"} <= set(said)
    without = lay_book(SHAPES["no loan is used"]).grid.sheets["Summary"]
    labels = {without.text(row, 0) for row in range(without.next_row)}
    assert not {"what loans cost", "value to the owners", "rate of return of the owners", "value added"} & labels


LIVE: dict[str, tuple[str, str, dict[str, Any], float]] = {
    "rate of a loan": (
        "a dear loan and tax", "finance.loans.bank.rate", {"rate": 0.05, "finance__tax": TAX}, 0.05,
    ),
    "payment of tax": (
        "a dear loan and tax", "finance.tax.payment_lag", {"finance__tax": {**TAX, "payment_lag": "7 months"}}, 7.0,
    ),
    "cost of equity": (
        "owners", "finance.cost_of_equity", {"finance__cost_of_equity": 0.3, "finance__tax": TAX}, 0.3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LIVE)
def test_a_changed_cell_gives_what_the_audit_of_the_changed_case_gives(name: str) -> None:
    shape, path, changes, value = LIVE[name]
    before = SHAPES[shape]
    expected = audit(case(**changes), before.decisions).accounts
    grid = lay_book(before).grid
    moved = Mutable(grid).moved_by({Place("Inputs", grid.line_of(path).row, VALUE): value})
    watched = {
        "npv": (before.npv, expected.npv),
        "npv_before_financing": (before.audit.accounts.unlevered, expected.unlevered),
    }
    if expected.equity is not None:
        watched["owners_value"] = (before.audit.accounts.equity or 0.0, expected.equity)
    changed = [key for key, (was, now) in watched.items() if was != pytest.approx(now, rel=1e-9)]
    assert changed
    for key in changed:
        assert moved[grid.line_of(key)] == pytest.approx(watched[key][1], rel=1e-9), key


def test_the_price_of_an_offer_that_nobody_uses_moves_what_a_used_system_fetches() -> None:
    grid = lay_book(SHAPES["at the end, while it is"]).grid
    row = grid.line_of("offers.cheap.price").row
    moved = Mutable(grid).moved_by({Place("Inputs", row, FIRST + 2): 20 * MILLION})
    assert moved[grid.line_of("terminal_value")] == pytest.approx(0.5 * 20 * MILLION)
    moved = Mutable(grid).moved_by({Place("Inputs", row, FIRST + 2): 500 * MILLION})
    assert moved[grid.line_of("terminal_value")] == pytest.approx(0.5 * 100 * MILLION), "never more than is typical"


WRITTEN = (
    "a dear loan and tax",
    "owners",
    "owners who pay nothing in",
    "several rates",
    "at the end, when it is no longer",
)


@pytest.mark.parametrize("shape", WRITTEN)
def test_another_engine_comes_to_the_same(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(SHAPES[shape], path)
    assert_another_engine_agrees(path)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_text_is_translated_and_formulas_stay_short(shape: str) -> None:
    grid = lay_book(SHAPES[shape], "ja").grid
    assert grid.speaker.missing == set()
    assert_formulas_are_short(grid)


def assert_formulas_are_short(grid: Grid) -> None:
    texts = [
        cell.content.text(grid, Place(sheet.name, *place))
        for sheet in grid.sheets.values()
        for place, cell in sheet.cells.items()
        if isinstance(cell.content, Term)
    ]
    assert [text for text in texts if len(text) > LONGEST] == []
