"""Plans that are made anew after a year, by hand; money in millions of yen.

A cube costs 100, on delivery, and earns 60 a year. There is work for two over three years: two are bought at once, and
are worth 2 * (180 - 100) = 160.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.case.quantities import Month
from planner.errors import InputError, NoPlanError
from planner.outcome import Outcome
from planner.outcome.variance import Variance
from planner.report.replanned import replanned_lines
from planner.report.summary_file import summary
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.keys import Key
from planner.verification.finished import verify_workbook
from tests.cases.toy import MILLION, mn, programme, yearly
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.whole.replanned import anew, budget, planned

TWO: dict[str, Any] = {"workloads__training__amount": 2}
LATE = {("Orders", "G5"): "2026-01"}


def way_of(outcome: Outcome) -> Variance:
    assert outcome.variance is not None
    return outcome.variance


def millions(amount: float) -> float:
    return amount / MILLION


def moved(way: Variance) -> dict[str, float]:
    """What moved, in millions, by line."""
    found = {one.line: round(millions(one.now - one.planned), 6) for one in way.lines}
    return {line: amount for line, amount in found.items() if amount}


def adds_up(way: Variance) -> None:
    assert sum(one.planned for one in way.lines) == pytest.approx(way.planned, abs=1.0)
    assert sum(one.planned + one.happened.total for one in way.lines) == pytest.approx(way.after_what_happened, abs=1.0)
    assert sum(one.now for one in way.lines) == pytest.approx(way.now, abs=1.0)


def test_where_all_came_as_planned_the_earlier_plan_stands(tmp_path: Path) -> None:
    earlier = planned(tmp_path, **TWO)
    outcome = anew(tmp_path, {})
    way = way_of(outcome)
    assert outcome.decisions == earlier.decisions
    assert (way.is_kept, way.told, way.differences) == (True, (), ())
    assert all(not any((*one.happened.parts, *one.changed.parts)) for one in way.lines)
    assert millions(way.planned) == millions(way.now) == pytest.approx(160)
    assert outcome.doing_nothing is not None and outcome.doing_nothing.audit.accounts.npv == 0


def test_loans_tax_and_grants_go_on_as_they_were_begun(tmp_path: Path) -> None:
    """Half of the price is borrowed and half comes as a grant; profit is taxed after each year. All came as planned."""
    terms: dict[str, Any] = {
        **TWO,
        "finance__opening_cash": mn(110),
        "finance__loans": {"bank": {"limit": mn(100), "rate": "4 %", "term": "2 years"}},
        "finance__tax": {"rate": "30 %", "payment_lag": "2 months"},
        "finance__depreciation": {"systems": "4 years"},
        "finance__discount_rate": "5 %",
        "programmes__state": programme(0.5, payment_lag="14 months"),
    }
    earlier = planned(tmp_path, **terms)
    assert sum(earlier.decisions.draw.values()) == pytest.approx(90 * MILLION)
    outcome = anew(tmp_path, {})
    way = way_of(outcome)
    assert outcome.decisions == earlier.decisions
    assert way.is_kept and way.now == way.planned
    # One cube less in 2026: what was drawn and claimed stands, the loan is repaid and the grant comes all the same.
    said = zip("ABC", ("workloads.training.amount", "2026-01", "1"), strict=True)
    late = anew(tmp_path, {("Changes", f"{column}5"): value for column, value in said})
    assert late.audit.accounts.lines["loans_drawn"][0] == pytest.approx(90 * MILLION)
    assert sum(late.audit.accounts.lines["loans_repaid"]) == pytest.approx(90 * MILLION)
    assert sum(late.audit.accounts.lines["grants"]) == pytest.approx(100 * MILLION)
    assert sum(late.audit.accounts.lines["tax"]) < sum(outcome.audit.accounts.lines["tax"])
    adds_up(way_of(late))


def test_a_late_delivery_is_paid_later_and_earns_less(tmp_path: Path) -> None:
    planned(tmp_path, **TWO)
    outcome = anew(tmp_path, LATE)
    way = way_of(outcome)
    assert [str(words) for words in way.told] == ["2 of maker, ordered 2025-01: 2026-01 instead of 2025-01"]
    assert millions(way.now) == pytest.approx(2 * (120 - 100))
    assert moved(way) == {"revenue": -120}
    adds_up(way)
    assert {order.name for order in outcome.decisions.order} == {"maker-of-2025-01-for-east"}
    assert outcome.audit.accounts.lines["system_price"] == (0, 200 * MILLION, 0)


def test_a_customer_who_leaves_takes_the_work_of_what_is_ordered_and_nothing_is_unordered(tmp_path: Path) -> None:
    planned(tmp_path, **TWO)
    change = dict(
        zip([("Changes", f"{c}5") for c in "ABCD"], ("workloads.training.amount", "2026-01", "1", "left"), strict=True)
    )
    way = way_of(anew(tmp_path, change))
    assert millions(way.now) == pytest.approx(360 - 120 - 200)
    assert moved(way) == {"revenue": -120}
    assert [str(words) for words in way.told] == ["workloads.training.amount: 1 (left), from 2026-01 on"]
    adds_up(way)


def test_what_is_not_decided_yet_is_planned_with_the_figures_as_they_now_are(tmp_path: Path) -> None:
    """In 2026 a cube costs 100 and would earn 120; the plan bought it only when there was work: there is more now."""
    planned(tmp_path, **TWO)
    budget(tmp_path, "now.yaml", workloads__training__amount={"2025-01": 2, "2026-01": 3})
    outcome = anew(tmp_path, {}, "now.yaml")
    way = way_of(outcome)
    assert sorted((key.period, count) for key, count in outcome.decisions.order.items()) == [(0, 2), (1, 1)]
    assert millions(way.after_what_happened) == pytest.approx(160)
    assert millions(way.now) == pytest.approx(160 + 120 - 100)
    assert all(not any(one.happened.parts) for one in way.lines)
    adds_up(way)


def test_an_order_that_nobody_planned_is_there_and_one_that_was_not_placed_is_not(tmp_path: Path) -> None:
    planned(tmp_path, **TWO, offers__second={"system": "cube", "supplier": "second", "lead_time": "12 months"})
    row = {("Orders", f"{c}6"): v for c, v in (("A", "second"), ("B", "east"), ("C", "2025-01"), ("E", 1))}
    way = way_of(anew(tmp_path, row))
    assert [str(words) for words in way.told] == ["1 of second, ordered 2025-01: 0 were planned"]
    assert millions(way.now) == pytest.approx(160 - 100)
    # Of the two that were planned none was ordered: two come in 2026.
    none = anew(tmp_path, {("Orders", "E5"): 0})
    assert sorted((key.period, count) for key, count in none.decisions.order.items()) == [(1, 2)]
    assert millions(way_of(none).now) == pytest.approx(2 * (120 - 100))
    assert [(one.kind, one.name, one.planned, one.now) for one in way_of(none).changes] == [
        ("order", "maker at east", 2, 0),
        ("order", "maker at east", 0, 2),
    ]
    adds_up(way_of(none))


@pytest.mark.parametrize(("share", "third"), [(0.112, False), (0.111, True)])
def test_what_is_worth_little_is_left_as_planned(tmp_path: Path, share: float, third: bool) -> None:
    """A third cube would bring 20 to a plan of 160, a ninth of what there would be: who asks for more buys it."""
    planned(tmp_path, **TWO)
    budget(tmp_path, "now.yaml", workloads__training__amount={"2025-01": 2, "2026-01": 3})
    outcome = anew(tmp_path, {}, "now.yaml", stay_close=share)
    way = way_of(outcome)
    assert sum(outcome.decisions.order.values()) == (3 if third else 2)
    assert millions(way.now) == pytest.approx(180 if third else 160)
    assert way.is_kept is not third
    cost, spend = ("0", "100,000,000") if third else ("20,000,000", "0")
    told = "kept close: {} JPY of spending is otherwise than planned, not 100,000,000; it costs {}"
    assert [str(words) for words in way.told] == [told.format(spend, cost)]
    assert outcome.proof.within_gap
    adds_up(way)
    write_workbook(outcome, tmp_path / "anew.xlsx")
    assert verify_workbook(tmp_path / "anew.xlsx").holds


def test_a_signed_order_keeps_its_price(tmp_path: Path) -> None:
    """Cubes cost 150 now: the two that are ordered were 100 each, and stay so."""
    planned(tmp_path, **TWO)
    dearer = {"typical": mn(150)}
    budget(tmp_path, "now.yaml", **TWO, systems__cube__price=dearer)
    way = way_of(anew(tmp_path, {}, "now.yaml"))
    assert millions(way.now) == pytest.approx(160)


def test_a_signed_order_keeps_its_claim_and_what_is_paid_late_is_missing_until_then(tmp_path: Path) -> None:
    """Half of the price comes with the delivery; it has not come by 2026, and is expected in its July."""
    earlier = planned(tmp_path, **TWO, programmes__state=programme(0.5, payment_lag="6 months"))
    assert [round(units) for units in earlier.decisions.claim.values()] == [2]
    late = {("Grants", "E5"): "2026-07"}
    way = way_of(anew(tmp_path, late))
    assert way.is_kept
    assert millions(way.now) == pytest.approx(260)
    assert [(str(one.words), str(one.month), millions(one.amount)) for one in way.differences] == [
        ("grant of state, due in 2025-01", "2026-01", -100),
        ("grant of state, due in 2025-01, expected in 2026-07", "2026-07", 100),
    ]
    assert millions(way.with_differences) == pytest.approx(260)
    # Half of it only: the other half is lost.
    less = way_of(anew(tmp_path, {("Grants", "D5"): 50 * MILLION}))
    assert millions(less.with_differences) == pytest.approx(210)
    # The programme is gone for whoever orders now; what was claimed stays.
    budget(
        tmp_path,
        "now.yaml",
        **TWO,
        programmes__state=programme(0.5, payment_lag="6 months", order_window={"to": "2025-12"}),
    )
    assert millions(way_of(anew(tmp_path, {}, "now.yaml")).now) == pytest.approx(260)


def test_cash_that_no_sheet_explains_is_told(tmp_path: Path) -> None:
    planned(tmp_path, **TWO)
    # 1000 - 200 + 120 should be there; 913 are, of which 5 of revenue are known to be missing.
    cells = {("Actuals", "B7"): 913 * MILLION, ("Cash flow", "D5"): 115 * MILLION}
    outcome = anew(tmp_path, cells)
    way = way_of(outcome)
    assert [(str(one.words), millions(one.amount)) for one in way.differences] == [
        ("revenue of 2025-01", pytest.approx(-5)),
        ("cash that no sheet explains", pytest.approx(-2)),
    ]
    assert millions(way.with_differences) == pytest.approx(153)
    assert outcome.audit.accounts.cash[0] == pytest.approx(920 * MILLION)
    assert sum(outcome.audit.accounts.funding) == pytest.approx(-7 * MILLION)
    assert any("cash that no sheet explains: −2.00 mn JPY" in line for line in replanned_lines(outcome))


def test_a_past_that_fell_below_the_floor_is_no_reason_not_to_plan(tmp_path: Path) -> None:
    """All cash is paid with the order; what the cubes should have earned by December goes to the owners then.

    They came late, so it was not there, and the owners waited: 30 are in the bank. At least nothing was asked before.
    """
    terms: dict[str, Any] = {
        **TWO,
        "finance__opening_cash": mn(200),
        "finance__funding": {"2025-12": mn(-100)},
        "offers__maker__payment": {"at_order": "100 %"},
    }
    planned(tmp_path, **terms)
    with pytest.raises(NoPlanError, match=r"finance\.funding\.2025-12"):
        anew(tmp_path, LATE)
    outcome = anew(tmp_path, {**LATE, ("Actuals", "B7"): 30 * MILLION})
    way = way_of(outcome)
    assert millions(way.now) == pytest.approx(2 * (120 - 100))
    assert [millions(one.amount) for one in way.differences] == [pytest.approx(130)]
    assert outcome.audit.accounts.cash_after_payments[12] == pytest.approx(30 * MILLION, abs=2)
    assert sum(outcome.audit.accounts.funding) == pytest.approx(30 * MILLION)


def test_what_breaks_a_promise_that_is_still_to_come_is_named(tmp_path: Path) -> None:
    """Two cubes come two years late; two more, by which the work could be done, cannot be paid beside them."""
    planned(tmp_path, **TWO, workloads__training__must_serve=1, finance__opening_cash=mn(250))
    with pytest.raises(NoPlanError, match="must be served"):
        anew(tmp_path, {("Orders", "G5"): "2027-01"})


def test_workbook_file_and_screen_tell_the_way(tmp_path: Path) -> None:
    planned(tmp_path, **TWO, programmes__state=programme(0.5))
    budget(tmp_path, "now.yaml", **TWO, programmes__state=programme(0.5), workloads__training__price=yearly(70))
    outcome = anew(tmp_path, {**LATE, ("Actuals", "B7"): 900 * MILLION}, "now.yaml")
    write_workbook(outcome, tmp_path / "anew.xlsx")
    assert_another_engine_agrees(tmp_path / "anew.xlsx")
    assert verify_workbook(tmp_path / "anew.xlsx").holds
    for language in ("en", "ja"):
        grid = lay_book(outcome, language).grid
        assert grid.speaker.missing == set()
        assert grid.value_of("master") == "OK"
        assert grid.value_of(Key("variance", "difference")) == pytest.approx(0, abs=1.0)
        assert grid.value_of(Key("variance", "with cash")) == pytest.approx(way_of(outcome).with_differences, abs=1.0)
    adds_up(way_of(outcome))
    told = summary(outcome)["variance"]
    assert (told["as_of"], told["kept"]) == ("2026-01", False)
    assert sum(one["planned"] for one in told["lines"]) == pytest.approx(told["planned"])


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({("Orders", "A5"): "makr"}, ("Orders!A5", "'makr' is no offer of the plan")),
        ({("Orders", "B5"): "est"}, ("Orders!B5", "'est' is no site of the plan")),
        ({("Claims", "A5"): "stat"}, ("Claims!A5", "'stat' is no programme of the plan")),
        ({("Orders", "C5"): "2026-01"}, ("Orders!C5", "2026-01 is not before 2026-01")),
        ({("Orders", "G5"): "2024-12"}, ("Orders!G5", "2024-12 is before the order of 2025-01")),
        ({("Orders", "E5"): "two"}, ("Orders!E5", "'two' stands there")),
        ({("Orders", "E5"): 2.5}, ("Orders!E5", "2.5 stands there")),
        ({("Orders", "C5"): "May"}, ("Orders!C5", "is not a month")),
        ({("Orders", "E4"): "number"}, ("Orders!A4", "there is no column 'systems'")),
        ({("Claims", "F5"): 3}, ("Claims!F5", "3 are claimed, and 2 are ordered there")),
        ({("Grants", "A5"): "stat"}, ("Grants!A5", "'stat' is no programme of the plan")),
        ({("Cash flow", "A5"): "sales"}, ("Cash flow!A5", "'sales' is no line of the plan")),
        ({("Actuals", "B6"): "0"}, ("", "")),
        ({("Grants", "E5"): "2031-01"}, ("Grants!E5", "2031-01 is after the horizon")),
        (
            {("Cash flow", "A5"): "grants", ("Cash flow", "D5"): 5},
            ("Cash flow!D5", "grants are told on the sheet Grants"),
        ),
        ({("Actuals", "B5"): "another"}, ("Actuals!B5", "they were written for another plan")),
        ({("Actuals", "B4"): "2027-01"}, ("Actuals!B4", "2027-01 stands there, and 2026-01 was asked for")),
        (
            {("Changes", "A5"): "workloads.trainin.amount", ("Changes", "C5"): "1"},
            ("Changes!C5", "trainin"),
        ),
    ],
)
def test_what_cannot_be_is_refused_by_its_cell(tmp_path: Path, cells: Any, fault: tuple[str, str]) -> None:
    planned(tmp_path, **TWO, programmes__state=programme(0.5))
    if not fault[0]:  # what was planned is not read
        assert way_of(anew(tmp_path, cells)).is_kept
        return
    with pytest.raises(InputError) as refused:
        anew(tmp_path, cells)
    told = [(one.place.file, str(one)) for one in refused.value.faults]
    assert any(place.endswith(fault[0]) and fault[1] in words for place, words in told), told


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    planned(tmp_path, **TWO, programmes__state=programme(0.5))
    with pytest.raises(InputError) as refused:
        anew(tmp_path, {("Orders", "E5"): "two", ("Claims", "F5"): "none", ("Grants", "E5"): "soon"})
    assert len(refused.value.faults) == 3
    with pytest.raises(InputError) as refused:  # a name, and a date
        anew(tmp_path, {("Orders", "A5"): "makr", ("Grants", "E5"): "2031-01"})
    assert [one.place.file.rpartition("!")[2] for one in refused.value.faults] == ["E5", "A5"]


def test_the_date_is_the_start_of_a_period_of_the_same_calendar(tmp_path: Path) -> None:
    planned(tmp_path, **TWO)
    with pytest.raises(InputError, match="no period of the plan starts in 2026-05"):
        anew(tmp_path, {("Actuals", "B4"): None}, as_of=Month.of(2026, 5))
    budget(tmp_path, "now.yaml", **TWO, calendar__periods=4)
    with pytest.raises(InputError, match=r"the calendar is not that of plan\.xlsx"):
        anew(tmp_path, {}, "now.yaml")
