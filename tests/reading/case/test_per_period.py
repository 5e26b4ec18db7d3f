"""Counts per period say for which time they count, and mean the same whatever the length of a period."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.case.quantities import PerPeriod
from planner.case.timeline import Timeline
from planner.reading.case.per_period import COUNTED_PER_PERIOD
from planner.reading.case.text import case_text
from planner.reading.cells.kinds import kind_of
from planner.reading.template.tables import tables
from tests.reading.helpers import faults_of, line_of, read_text, said, tiny_with

COUNT = "available: 10"
MONTHLY = "{calendar.period: month, calendar.periods: 24%s}"


def with_scenario(set_: str, count: str = "10") -> str:
    return tiny_with((COUNT, f"available: {count}"), ("  weak-yen:\n", f"  monthly: {{set: {set_}}}\n  weak-yen:\n"))


@pytest.mark.parametrize(
    ("period", "periods", "written", "each"),
    [
        ("month", 24, "60 per quarter", 20),
        ("quarter", 8, "60 per quarter", 60),
        ("quarter", 8, "20 per month", 60),
        ("half", 4, "60 per quarter", 120),
        ("year", 2, "60 per half-year", 120),
        ("year", 2, "1_000 per month", 12_000),
        ("quarter", 8, "60 per year", 15),
        ("half", 4, "６０ per half", 60),
        ("year", 2, "60", 60),
    ],
)
def test_a_count_with_its_time_is_the_same_supply_in_every_calendar(period, periods, written, each, tmp_path):
    text = tiny_with(
        (COUNT, f"available: {written}"), ("period: quarter\n  periods: 8", f"period: {period}\n  periods: {periods}")
    )
    case = read_text(tmp_path, text).case
    assert case.offers["maker"].available == Timeline.constant(each)


def test_steps_carry_their_time_each(tmp_path):
    text = tiny_with((COUNT, "available: {2024-04: 10 per month, 2025-04: 60 per half-year}"))
    assert read_text(tmp_path, text).case.offers["maker"].available.values() == [30, 30]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("10 per year", ["2.5 in a period of one quarter", "a multiple of 4 per year", "8 per year or 12 per year"]),
        ("1 per half-year", ["0.5 in a period", "write 2 per half-year"]),
        ("60/quarter", ["not a whole number", "write 60 per quarter, if that is meant"]),
        ("60 quarterly", ["write 60 per quarter"]),
        ("60 per week", ["not a whole number", "such as 60 per quarter"]),
        ("10台", ["not a whole number", "write 10: no unit is written here"]),
        ("-5 per quarter", ["not a whole number"]),
        ("4_000_000 per month", ["out of range"]),
    ],
)  # fmt: skip
def test_what_does_not_divide_or_cannot_be_read_is_refused(written, words, tmp_path):
    text = tiny_with((COUNT, f"available: {written}"))
    (fault,) = faults_of(tmp_path, text)
    assert (fault.field, fault.place.line) == ("offers.maker.available", line_of(text, "available:"))
    assert all(word in said(fault) for word in words), said(fault)


def test_a_bare_count_is_refused_where_a_scenario_changes_the_length_of_a_period(tmp_path):
    text = with_scenario(MONTHLY % "")
    (fault,) = faults_of(tmp_path, text, "monthly")
    assert (fault.field, fault.place.line) == ("offers.maker.available", line_of(text, "available:"))
    assert "10 was written for periods of one quarter, and a period is now one month" in fault.found
    assert "write 10 per quarter" in fault.remedy
    assert read_text(tmp_path, text).case.offers["maker"].available == Timeline.constant(10)


def test_a_count_that_the_same_scenario_states_is_meant_for_its_periods(tmp_path):
    text = with_scenario(MONTHLY % ", offers.maker.available: 3")
    assert read_text(tmp_path, text, "monthly").case.offers["maker"].available == Timeline.constant(3)
    timed = with_scenario(MONTHLY % "", "9 per quarter")
    assert read_text(tmp_path, timed, "monthly").case.offers["maker"].available == Timeline.constant(3)


def test_more_periods_of_the_same_length_change_no_count(tmp_path):
    text = with_scenario("{calendar.periods: 12}")
    assert read_text(tmp_path, text, "monthly").case.offers["maker"].available == Timeline.constant(10)


def test_a_wrong_length_of_a_period_is_told_alone(tmp_path):
    text = tiny_with((COUNT, "available: 10 per year"), ("period: quarter", "period: quarters"))
    assert [fault.field for fault in faults_of(tmp_path, text)] == ["calendar.period"]


def test_every_count_per_period_is_known_here():
    fields = {
        (table.path[0], *column.path)
        for table in tables()
        for column in table.columns
        if column.kind == replace(kind_of(PerPeriod), by_month=column.kind.by_month)
    }
    assert fields == set(COUNTED_PER_PERIOD)


def test_the_text_of_a_case_states_the_time(tmp_path):
    reading = read_text(tmp_path, tiny_with((COUNT, "available: {2024-04: 10, 2025-04: 20 per month}")))
    text = case_text(reading.case, reading.provenance)
    assert "2024-04: 10 per quarter" in text
    assert "2025-04: 60 per quarter" in text
    again = read_text(tmp_path, text)
    assert again.input_hash == reading.input_hash
