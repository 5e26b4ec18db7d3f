"""What stands side by side in compare.xlsx: bridges, annual figures, what is broken or nearly so; in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from planner.report.compare.comparison import sections
from planner.report.compare.figures import TITLES, figure_names
from planner.report.compare.tables import Flag, Section
from planner.report.compare.workbook import write_sections
from planner.report.page.compare_page import compare_page
from planner.report.steps import Step, edges
from planner.report.voice import Voice
from planner.report.workbook.book import lay_book
from planner.report.workbook.engine.keys import OfYear
from planner.studies.compare import Comparison, compare_tasks
from tests.cases.books import books_case
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.studies.changed import engine, task

ENGLISH = Voice("en", "JPY")


@pytest.fixture(scope="module")
def found() -> Comparison:
    """The case with books: with dearer cubes, without its programme, by quarters, and in a way that is no plan."""
    base = books_case(finance__opening_cash=mn(60), finance__interest_on_cash="1 %")
    dear = base.model_copy(update={"systems": toy(systems__cube__price__typical=mn(110)).systems})
    alone = base.model_copy(update={"programmes": {}})
    finer = toy(calendar={"start": "2025-04", "period": "quarter", "periods": 8, "fiscal_year_start_month": 4})
    must = {"workloads__training__must_serve": 1, "workloads__training__amount": 99}
    others = {"dear": dear, "alone": alone, "finer": finer, "must": toy(**must)}
    tasks = [task(base), *(task(case, name) for name, case in others.items())]
    return compare_tasks(tasks, engine(gap=0.0), titles={"dear": "値上がり"}, with_additionality=True)


def named(found: Comparison, name: str, voice: Voice = ENGLISH) -> Section:
    return next(section for section in sections(found, voice) if section.name == name)


def test_every_text_of_book_and_page_is_japanese(found: Comparison, tmp_path: Path) -> None:
    voice = Voice("ja", "JPY")
    told = sections(found, voice)
    voice.speaker.missing.discard("No plan exists")
    assert voice.speaker.missing == set()
    assert [one.name for one in told][:3] == ["概要", "増減の内訳", "年度別の数値"]
    assert "値上がり" in named(found, "dear", voice).words
    path = tmp_path / "compare.xlsx"
    write_sections(told, path, title="toy", currency="JPY", run_id="0", language="ja")
    assert_another_engine_agrees(path)
    assert "基本ケースから各シナリオまで" in compare_page(found, told, "ja")


def test_every_figure_has_a_title_in_words() -> None:
    assert [*TITLES] == figure_names()


def test_annual_figures_are_those_of_each_plan_by_the_workbook(found: Comparison) -> None:
    tables = {table.title: table for table in named(found, "Annual figures").tables}
    plans = dict(found.plans)
    rows = {"Profit after tax": "net_profit", "Cash at the end of the fiscal year": "cash"}
    rows |= {"Debt at the end of the fiscal year": "debt", "Capital expenditure": "capex"}
    for name in ("base", "dear", "alone"):
        grid = lay_book(plans[name]).grid
        for title, key in rows.items():
            (row,) = (row for row in tables[title].rows if row[0] == name)
            told = [grid.value_of(OfYear(key, year)) for year in grid.years]
            assert [*row[1 : 1 + len(told)]] == pytest.approx(told, abs=1.0), (name, title)
    revenue = [row for row in tables["Revenue"].rows if row[0] == "finer"]
    assert revenue[0][1] == pytest.approx(45 * MILLION, rel=0.02)  # of 2025 it has the three quarters from April on


def test_a_bridge_hangs_from_where_the_step_before_ended(found: Comparison, tmp_path: Path) -> None:
    ways = named(found, "Bridges").ways
    assert [way.steps[-1].name for way in ways] == ["dear", "alone", "finer"]
    for way in ways:
        first, *parts, last = edges(way.steps)
        assert (first[0], last[0]) == (0.0, 0.0)
        assert parts[-1][1] == pytest.approx(last[1], abs=10)
        assert all(before == after for (_, before), (after, _) in zip([first, *parts], parts, strict=False))
    path = tmp_path / "compare.xlsx"
    write_sections(sections(found, ENGLISH), path, title="toy", currency="JPY", run_id="0")
    with ZipFile(path) as book:
        drawn = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
    bridges = [text for text in drawn if 'grouping val="stacked"' in text]
    assert len(bridges) == len(ways)
    for text in bridges:
        unseen = text.partition('<c:idx val="2"/>')[0]
        assert unseen.count("<c:ser>") - 1 == unseen.count("<a:noFill/>") // 2 == 2


def test_what_breaks_or_nearly_does_is_said_in_a_word_that_is_coloured(found: Comparison) -> None:
    """The base pays 100 out of 60 of its own and 40 that it owes; dearer by 10, its cash falls below nothing."""
    (table,) = named(found, "Covenants and floors").tables
    kept: dict[tuple[Any, ...], Any] = {row[:2]: row for row in table.rows}
    cover = "cash from operations covers debt service as lenders ask"
    base = kept["base", cover]
    assert base[3:5] == ("times", 1.2)
    assert base[7] == pytest.approx(base[5] - 1.2)
    assert all(isinstance(row[-1], Flag) for row in table.rows)
    broken = [row for row in table.rows if row[-1] == "broken"]
    assert ("dear, if the base is kept to", "cash stays above its floor") in {row[:2] for row in broken}
    assert {row[0] for row in broken} <= {"dear, if the base is kept to", "alone, if the base is kept to"}
    assert {row[-1].colour for row in broken if isinstance(row[-1], Flag)} == {"red"}
    (overview, *_) = sections(found, ENGLISH)
    told = "cash stays above its floor: broken if the base is kept to in dear (2025-01)"
    assert any(words.startswith(told) for words in overview.words)


def test_a_scenario_whose_limits_have_room_is_green() -> None:
    base, other = toy(), toy(workloads__training__price=yearly(90))
    (table,) = named(compare_tasks([task(base), task(other, "dear")], engine(gap=0.0)), "Covenants and floors").tables
    assert {(str(row[-1]), row[-1].colour) for row in table.rows if isinstance(row[-1], Flag)} == {("kept", "green")}


def test_every_figure_that_a_scenario_changes_stands_there_before_and_after() -> None:
    curve = [{"age": "1 year", "share": "50 %"}, {"age": "3 years", "share": "20 %"}]
    stands = [{"system": "cube", "quantity": 2, "arrives": "2024-01"}]
    base = toy(finance__resale=curve, sites__east__fleet=stands)
    lower = [{"age": "1 year", "share": "40 %"}, {"age": "3 years", "share": "20 %"}]
    more = [{**stands[0], "quantity": 3}, {"system": "cube", "quantity": 1, "arrives": "2024-06"}]
    other = toy(finance__resale=lower, sites__east__fleet=more, systems__cube__price__typical=mn(1200))
    comparison = compare_tasks([task(base), task(other, "other")], engine(gap=0.0))
    rows = {row[3]: row[:3] for row in named(comparison, "other").tables[0].rows}
    assert rows == {
        "finance.resale.0.share": ("finance: resale, number 1, share", "50 %", "40 %"),
        "systems.cube.price.typical": ("system cube: price, typical", "100,000,000 JPY", "1,200,000,000 JPY"),
        "sites.east.fleet.0.quantity": ("site east: fleet, number 1, quantity", "2", "3"),
        "sites.east.fleet.1.system": ("site east: fleet, number 2, system", "–", "cube"),
        "sites.east.fleet.1.quantity": ("site east: fleet, number 2, quantity", "–", "1"),
        "sites.east.fleet.1.arrives": ("site east: fleet, number 2, arrives", "–", "2024-06"),
    }
    told = {row[3]: row[0] for row in named(comparison, "other", Voice("ja", "JPY")).tables[0].rows}
    assert told["finance.resale.0.share"] == "財務：売却価格曲線、1番目、比率"


def test_steps_of_a_bridge_are_found_by_hand() -> None:
    assert edges([Step("a", 3.0, True), Step("b", -5.0), Step("c", -2.0, True)]) == [(0, 3), (3, -2), (0, -2)]
