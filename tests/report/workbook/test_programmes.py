"""Programmes in full in the workbook: period by period the audit's, live in every assumption, read back, translated."""

import io
import json
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from rich.console import Console

from planner.audit import audit
from planner.case.case import Case
from planner.outcome import Outcome
from planner.reading.workbook.decisions import decisions_of_book
from planner.reading.workbook.layout import DECISIONS
from planner.reading.xlsx.book import open_book
from planner.report.headline import headline
from planner.report.summary_file import summary_text
from planner.report.terminal import show
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import LABEL, NOTE, Grid
from planner.report.workbook.engine.keys import Key, OfYear
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.front.chart_data import capacity_title
from planner.verification.finished import verify_workbook
from tests.decided import decided
from tests.report.programmes import CASE, decisions, outcome
from tests.report.workbook.changed import changed, failing, moves_as_audited
from tests.report.workbook.test_accounts import amount, assert_months_are_the_audits, assert_rows_come_to, rows_of
from tests.report.workbook.test_edges import LONGEST
from tests.report.workbook.test_language import written
from tests.report.workbook.test_live import Reader, figures
from tests.report.workbook.test_recalculation import differences, formulas_of, in_formualizer

CHOSEN = vars(decisions())
PROGRAMMES: dict[str, Any] = CASE["programmes"]
FINANCE: dict[str, Any] = CASE["finance"]


def programmes(**changes: dict[str, Any]) -> dict[str, Any]:
    """The programmes, with some of their fields changed; a dash in a name is an underscore here."""
    found = dict(PROGRAMMES)
    for name, fields in changes.items():
        found[name.replace("_", "-")] = {**found[name.replace("_", "-")], **fields}
    return found


def income() -> Outcome:
    """Grants as income, the first part with the order; no book value that they lower."""
    parts = [{"share": "25 %", "event": "order", "lag": "7 months"}, {"share": "75 %", "lag": "5 years"}]
    return outcome(finance={**FINANCE, "asset_grants": "income"}, programmes=programmes(ministry={"milestones": parts}))


def retained() -> Outcome:
    """Retentions that outlast the horizon, for systems that left and for those that still stand.

    Of what the prefecture is owed at the end, systems fetch more; of what the ministry is owed, less.
    """
    return outcome(
        programmes=programmes(
            ministry={"retention": "6 years", "early_exit": "repay_all"},
            prefecture={"retention": "6 years", "early_exit": "repay_remaining"},
        )
    )


def kept_for_years() -> Outcome:
    """Tax credits that are kept for two years, of which some lapse, beside a loss to start with."""
    used = {("credit", 2027): 1.2e7, ("credit", 2028): 1e7}
    return outcome(
        decided(**{**CHOSEN, "credit": used}),
        finance={**FINANCE, "tax": {**FINANCE["tax"], "opening_loss": "600_000_000 JPY"}},
        programmes=programmes(credit={"carry_forward": "2 years", "tax_limit": "10 %"}),
    )


SHAPES = {"full": outcome, "income": income, "retained": retained, "kept for years": kept_for_years}


@cache
def result(shape: str) -> Outcome:
    return SHAPES[shape]()


WITH_OTHER_ROWS = ("full", "income", "retained")
"""Shapes whose sheets have other rows or formulas than those of the first."""


@cache
def laid(shape: str) -> Ledger:
    """The workbook in memory, in Japanese: its figures are those of the English one."""
    return lay_book(result(shape), "ja")


@pytest.fixture(scope="module", params=WITH_OTHER_ROWS)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Ledger, Path]:
    """A plan, its workbook in Japanese as it was written, and the file."""
    path = tmp_path_factory.mktemp("book") / "plan.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        return result(request.param), written(result(request.param), path, patch), path


def test_the_case_has_all_that_it_is_about() -> None:
    """Or the shapes above would prove little."""
    audited = result("full").audit
    lines, books = audited.accounts.lines, audited.accounts.books
    assert sum(lines["grants_repaid"]) > 0
    assert all(sum(charge) > 0 for charge in books.charges.values())
    assert [year.credit for year in books.years.values()].count(0.0) == 3
    assert len(CHOSEN["overlap"]) > 5 and len(CHOSEN["overlap_exit"]) > 5
    assert sum(audited.quantities.grant.values()) > sum(lines["grants"]), "a part is paid after the horizon"


@pytest.mark.parametrize("shape", SHAPES)
def test_every_period_is_the_audits_and_all_checks_hold(shape: str) -> None:
    plan, grid = result(shape), laid(shape).grid
    accounts, quantities = plan.audit.accounts, plan.audit.quantities
    assert_rows_come_to(grid, rows_of(plan))
    assert_months_are_the_audits(plan, grid)
    for key, value in (("npv", accounts.npv), ("end_value", accounts.end_value)):
        assert amount(grid, key) == pytest.approx(value, rel=1e-9, abs=0.01), key
    for key in ("imbalance", "sources_less_uses"):
        assert max(abs(amount(grid, key, t)) for t in range(10)) < 0.01, key
    for programme in plan.case.programmes:
        for line, paid in (("granted", quantities.grant_paid), ("clawback", quantities.clawback)):
            key = Key(line, programme)
            if key in grid:
                found = [amount(grid, key, t) for t in range(10)]
                assert found == pytest.approx([paid.get((programme, t), 0.0) for t in range(10)], abs=0.01), key
    for year, tax in accounts.books.years.items():
        for key, value in (("tax_charge", tax.tax), ("credit_used", tax.credit), ("loss_carried", tax.loss_carried)):
            assert amount(grid, OfYear(key, year)) == pytest.approx(value, abs=0.01), (year, key)
    assert failed(grid) == []


def failed(grid: Grid) -> list[Key]:
    return [key for key in (Key("check", n) for n in range(int(amount(grid, "checks")))) if grid.value_of(key) != 0]


@pytest.mark.parametrize("shape", SHAPES)
def test_key_figures_are_those_of_the_headline(shape: str) -> None:
    facts, grid = headline(result(shape)), laid(shape).grid
    for key, figure in (
        ("irr", facts.internal_rate_of_return), ("cost_per_hour", facts.cost_per_accelerator_hour),
        ("public_money", facts.public_money), ("grant_per_accelerator", facts.grants_per_accelerator),
        (Key("line", "grants_repaid"), facts.grants_repaid), ("credit_used", facts.tax_credits),
    ):  # fmt: skip
        assert grid.value_of(key) == pytest.approx(figure, rel=1e-9, abs=1e-3), key


def test_all_of_it_is_translated(file: tuple[Outcome, Ledger, Path]) -> None:
    assert file[1].grid.speaker.missing == set()


def test_whichever_limit_is_the_tightest_is_told_in_japanese() -> None:
    everyone = {"total_cap": "9 bn JPY", "operator_cap": "9 bn JPY", "fiscal_year_caps": {"FY2026": "9 bn JPY"}}
    plan = outcome(programmes=programmes(**{name.replace("-", "_"): everyone for name in PROGRAMMES}))
    speaker = lay_book(plan, "ja").grid.speaker
    for limit in plan.audit.limits:
        if limit.rule in ("programme_cap", "aid_intensity"):
            speaker.say(limit.about.words)
    assert speaker.missing == set()


@pytest.mark.parametrize(("total", "operator", "most"), [(2, 3, 2), (3, 2, 2), (3, None, 3), (None, 3, 3)])
def test_the_room_below_the_cap_is_that_below_the_smaller_one(
    total: float | None, operator: float | None, most: float
) -> None:
    caps = {"total_cap": total and f"{total} bn JPY", "operator_cap": operator and f"{operator} bn JPY"}
    grid = lay_book(outcome(programmes=programmes(ministry=caps))).grid
    given = amount(grid, Key("awarded", "ministry"))
    assert given > 0
    assert amount(grid, Key("room", "ministry")) == pytest.approx(most * 1e9 - given)


def test_stored_values_are_what_formualizer_computes_and_formulas_are_short(
    file: tuple[Outcome, Ledger, Path],
) -> None:
    formulas = formulas_of(file[2])
    assert max(len(formula) for formula, _ in formulas.values()) <= LONGEST + 1
    book = in_formualizer(load_workbook(file[2]))
    places = [(sheet, *coordinate_to_tuple(cell)) for sheet, cell in formulas]
    computed = dict(zip(formulas, book.evaluate_cells(places), strict=True))
    assert differences({place: value for place, (_, value) in formulas.items()}, computed) == []


def test_the_decisions_are_read_back_and_the_plan_holds(file: tuple[Outcome, Ledger, Path]) -> None:
    plan, _, path = file
    assert decisions_of_book(open_book(path, (DECISIONS,)), plan.case) == plan.decisions
    verdict = verify_workbook(path)
    assert verdict.holds, verdict.words


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("book") / "full.xlsx"
    write_workbook(result("full"), path)
    return load_workbook(path)


@pytest.fixture(scope="module")
def reader(source: Workbook) -> Reader:
    return Reader(source, in_formualizer(source))


def milestones(number: int, **changes: str) -> dict[str, Any]:
    parts = PROGRAMMES["ministry"]["milestones"]
    return {"milestones": [{**part, **changes} if n == number else part for n, part in enumerate(parts)]}


CHANGES: dict[str, tuple[dict[str, Any], str, float]] = {
    "share of a part": (
        {"programmes": programmes(ministry=milestones(1, share="40 %"))}, "programmes.ministry.milestones.1.share", 0.4,
    ),
    "lag of a part": (
        {"programmes": programmes(ministry=milestones(1, lag="26 months"))}, "programmes.ministry.milestones.1.lag", 26,
    ),
    "rate of the first": ({"programmes": programmes(ministry={"rate": "20 %"})}, "programmes.ministry.rate", 0.2),
    "rate of one that leaves less": ({"programmes": programmes(town={"rate": "90 %"})}, "programmes.town.rate", 0.9),
    "rate of the last": ({"programmes": programmes(prefecture={"rate": "25 %"})}, "programmes.prefecture.rate", 0.25),
    "eligible share": (
        {"programmes": programmes(prefecture={"eligible_share": "50 %"})}, "programmes.prefecture.eligible_share", 0.5,
    ),
    "shorter retention": (
        {"programmes": programmes(ministry={"retention": "17 months"})}, "programmes.ministry.retention", 17,
    ),
    "longer retention": (
        {"programmes": programmes(ministry={"retention": "41 months"})}, "programmes.ministry.retention", 41,
    ),
    "retention of all or nothing": (
        {"programmes": programmes(prefecture={"retention": "9 months"})}, "programmes.prefecture.retention", 9,
    ),
    "later payment of a grant that goes back": (
        {"programmes": programmes(prefecture={"payment_lag": "20 months"})}, "programmes.prefecture.payment_lag", 20,
    ),
    "special depreciation": ({"programmes": programmes(write_off={"rate": "50 %"})}, "programmes.write-off.rate", 0.5),
    "life of systems": (
        {"finance": {**FINANCE, "depreciation": {"systems": "31 months"}}}, "finance.depreciation.systems", 31,
    ),
    "tax rate": ({"finance": {**FINANCE, "tax": {**FINANCE["tax"], "rate": "20 %"}}}, "finance.tax.rate", 0.2),
    "exchange rate": (
        {"finance": {**FINANCE, "exchange_rates": {"USD": "170 JPY"}}}, "finance.exchange_rates.USD", 170,
    ),
}  # fmt: skip
"""A change of the case, and the cell of Inputs that makes the same change with its value."""


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_cell_gives_what_the_audit_of_the_changed_case_gives(name: str, reader: Reader) -> None:
    changes, path, value = CHANGES[name]
    expected = audit(Case.model_validate({**CASE, **changes}), decisions()).accounts
    moves_as_audited(reader, path, value, expected, result("full").audit.accounts)


@pytest.mark.parametrize(
    ("path", "value", "check"),
    [
        ("programmes.credit.carry_forward", 0, "tax credit earned and not used"),
        ("programmes.credit.tax_limit", 0.05, "tax that the credit may still take off"),
        ("programmes.credit.fiscal_year_caps.FY2025", 2e7, "tax credits within the cap of FY2025"),
        ("programmes.write-off.total_cap", 1e8, "special depreciation within the total cap"),
        ("programmes.ministry.total_cap", 5e8, "grants within the total cap"),
        ("programmes.prefecture.minimum_investment", 1e9, "eligible cost claimed"),
    ],
)
def test_a_limit_that_is_lowered_fails_its_check(
    path: str, value: float, check: str, source: Workbook, reader: Reader
) -> None:
    row = next(row for own, _, row, _ in figures(source) if own == path)
    with changed(reader, "Inputs", row, {4: value}):
        assert check in failing(reader)


@pytest.mark.parametrize(
    ("label", "subject", "change", "check"),
    [
        ("claim under prefecture and before it under ministry", "maker at north", 2.0, "units: only under"),
        ("claim under prefecture and before it under ministry", "maker at north", -2.0, "units: claimed under none"),
        ("leave with the grant of ministry, ordered in period 1", "maker at south", 1.0, "leave: not claimed under"),
        (
            "leave with the grants of prefecture and before it of town, ordered in period 2", "abroad at north", 1.0,
            "leave: only under",
        ),
        ("use the tax credit of credit", "credit", 9e8, "tax after credits"),
    ],
)  # fmt: skip
def test_a_changed_decision_fails_checks(
    label: str, subject: str, change: float, check: str, source: Workbook, reader: Reader
) -> None:
    sheet = source["Decisions"]
    row = next(cell.row for cell in sheet["A"] if cell.value == label and sheet.cell(cell.row, 2).value == subject)
    column = next(column for column in range(9, 19) if sheet.cell(row, column).value)
    with changed(reader, "Decisions", row, {column: sheet.cell(row, column).value + change}):
        broken = failing(reader)
    assert [name for name in broken if name.startswith(check)], broken


def test_the_summary_file_and_the_screen_say_what_goes_back_and_which_credits_are_used() -> None:
    plan, said = result("full"), json.loads(summary_text(result("full")))
    assert len(said["decisions"]["both"]) == len(plan.decisions.overlap)
    assert said["decisions"]["leave_both"][0]["leaves_in"] == "2026-10"
    assert said["decisions"]["credit"][0] == {"programme": "credit", "fiscal_year": "FY2026", "money": 1.2e7}
    by_name = {one["programme"]: one for one in said["programmes"]}
    assert by_name["credit"]["credit_used"] == said["headline"]["tax_credits"] == 1.7e7
    repaid = sum(plan.audit.accounts.lines["grants_repaid"])
    assert sum(one["repaid"] for one in said["programmes"]) == pytest.approx(repaid)
    assert by_name["ministry"]["paid"] < by_name["ministry"]["given"], "a part is paid after the horizon"
    console = Console(width=100, record=True, file=io.StringIO())
    show(plan, [], console)
    lines = console.export_text().splitlines()
    assert any(line.startswith("grants repaid") and f"{repaid / 1e6:.2f} mn JPY" in line for line in lines)
    assert any(line.startswith("tax credits") and "17.00 mn JPY" in line for line in lines)


def test_less_is_owed_at_the_end_for_what_two_programmes_pay_for() -> None:
    # Cubes of 100 mn came in October 2025, 54 months before the end: 18 of 72 months are left. Prefecture pays half of
    # 100, or of the 56 that the 44 of ministry leave: owed are 12.5 or 7. A cube fetches 17 % of the 98 that one costs
    # abroad then. 1 of 4 under both left.
    grid, place = laid("retained").grid, Key("prefecture", "maker", "north")
    keys = [
        Key("owed_one", place),
        Key("owed_one", place, "ministry"),
        Key("owed_fetches", place),
        Key("spared_one", place, "ministry"),
    ]
    assert [amount(grid, key, 0) for key in keys] == pytest.approx([12.5e6, 7e6, 16.66e6, 5.5e6])
    assert amount(grid, Key("terminal", "spared", place, "ministry")) == pytest.approx(4 * 5.5e6)
    assert amount(grid, Key("terminal", "left", "prefecture", "ministry", "maker", "north", 0)) == pytest.approx(-5.5e6)


def label_of(ledger: Ledger, key: str) -> str:
    """What a row is called."""
    place = ledger.grid.line_of(key)
    return ledger.grid.sheets[place.sheet].text(place.row, LABEL)


def test_what_stands_after_another_is_applied_for_after_it() -> None:
    plan, ledger = result("full"), lay_book(result("full"))
    grid, key = ledger.grid, partial(Key, "form")
    before, left, asked, lost, most = (
        amount(grid, key("prefecture", row, "all")) for row in ("before", "left", "asked", "lost", "most")
    )
    decided = sum(money for (name, *_), money in plan.audit.quantities.grant.items() if name == "prefecture")
    assert asked + lost == pytest.approx(decided, abs=1)
    assert asked + lost == pytest.approx(left / 2, abs=1) and before > asked > 0
    assert 0 <= lost < most and most == 1000 * len(grid.years)
    assert label_of(ledger, key("prefecture", "before", "systems")) == "systems: grant before what comes first"
    named = {one[3] for one in grid.keys_under("form", "prefecture") if "applied for" in label_of(ledger, one)}
    assert named == {"all"}, "what people copy is the grant that is decided"
    assert key("ministry", "asked", "systems") in grid, "what stands after nothing is rounded for each category"


def test_public_money_is_named_with_its_tax_credits() -> None:
    ledger = lay_book(result("full"))
    rows = ledger.grid.keys_under("public")
    assert rows and {label_of(ledger, key) for key in rows} == {"grants and tax credits"}
    place = ledger.grid.line_of(Key("ceiling", "maker", "north"))
    assert ledger.grid.sheets[place.sheet].text(place.row, NOTE) == "the whole cost"


def test_the_rounding_of_a_difference_is_shown_as_a_dash(source: Workbook) -> None:
    sheet = source["Balance sheet"]
    rows = {str(cell.value): cell.row for (cell,) in sheet.iter_rows(max_col=1)}
    expected = {rows["assets less debt and equity"], rows["sources less uses"], rows["cash at the end"]}
    found = {
        row
        for area in sheet.conditional_formatting
        for cells in area.cells.ranges
        for row in range(cells.min_row, cells.max_row + 1)
        if all(rule.dxf.numFmt.formatCode == '"–";"–";"–"' for rule in area.rules)
    }
    assert found >= expected


def test_the_chart_of_capacity_says_whose_demand_it_shows() -> None:
    ledger = lay_book(result("full"))
    assert label_of(ledger, Key("asked", "accelerators")) == "demand counted in accelerators"
    title = capacity_title("accelerators")
    assert str(title) == "Work done and demand, counted in accelerators"
    assert laid("full").grid.say(title).startswith("稼働量と需要")
