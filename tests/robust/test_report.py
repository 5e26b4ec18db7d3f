"""What the command writes and says about a robust plan."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.futures import Future
from planner.outcome import Risk
from planner.report.compare.workbook import write_sections
from planner.report.robust.robust_file import robust_text
from planner.report.robust.sections import sections_of
from planner.report.robust.words import change_words
from planner.report.voice import Voice
from planner.studies.robust.differences import changes
from planner.studies.robust.outcome import RobustOutcome
from planner.vocabulary.keys import Investment
from tests.cases.toy import mn, programme, yearly
from tests.report.page.read import require_page
from tests.robust.futures import future, reading, robust, written
from tests.studies.budgets import command

NONE: dict[str, Any] = {"title": "No work comes", "weight": 0.4, "set": {"workloads.training.amount": 0}}
MUCH: dict[str, Any] = {"weight": 0.2, "set": {"workloads.training.amount": 3}}
DUTY = {"metric": "bf16_pflops", "floor": 1, "from": "2026-01"}
HALL = {"site": "east", "adds": {"power": "1 kW"}, "capex": mn(15), "lead_time": "0 months", "blocks": 1}


@pytest.fixture
def budget(tmp_path: Path) -> Path:
    return written(tmp_path, {"none": NONE, "much": MUCH})


def test_the_command_writes_and_tells_in_one_look(budget: Path) -> None:
    ran = command(budget.parent, "robust", "toy.yaml", "--decide-by", "2025-01", "--output", "out", "--workers", "1")
    assert ran.returncode == 0, ran.stderr
    assert "✓ Checked first stage, the best possible: no first stage can be better" in ran.stdout
    # now 80 with work, -100 without: 0.6 * 80 - 0.4 * 100 + 0.2 * 40 = 16; later 0.4 * 20 + 0.2 * 60 = 20
    assert "It comes to 20.00 mn JPY, 4.00 mn JPY better than with the first stage of the plain plan" in ran.stdout
    assert "By 2025-01 it takes 1 fewer of cube through maker for east" in ran.stdout
    assert "It is worth it in none" in ran.stdout
    said = json.loads((budget.parent / "out" / "robust.json").read_text())
    require_page((budget.parent / "out" / "robust.html").read_text(encoding="utf-8"))
    assert said["value_of_the_stochastic_solution"] == pytest.approx(4e6)
    assert said["value_of_perfect_information"] == pytest.approx((0.4 * 80 + 0.2 * 240 - 20) * 1e6)
    assert [(one["name"], one["weight"]) for one in said["futures"]] == [
        ("base", pytest.approx(0.4)), ("none", 0.4), ("much", 0.2)
    ]  # fmt: skip
    assert said["first_stage"]["order"] == []
    assert [one["systems"] for one in said["first_stage_of_the_plain_plan"]["order"]] == [1]
    again = command(budget.parent, "robust", "toy.yaml", "--decide-by", "2025-01", "--output", "out", "--json")
    assert json.loads(again.stdout) == said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--decide-by", "2024-12"], "2024-12 is before the horizon of the plan"),
        (["--decide-by", "2028-01"], "2028-01 is after the horizon of the plan"),
        (["--decide-by", "soon"], "'soon' is no month"),
        (["--decide-by", "2025-01", "--cvar", "1.1"], "1.1 is more than the whole"),
        (["--decide-by", "2025-01", "--cvar", "-0.1"], "-0.1 lies outside 0 to 100 %"),
        (["--decide-by", "2025-01", "--cvar-share", "2"], "2 is more than the whole"),
        (["--decide-by", "2025-01", "--futures", "4"], "the case says nothing of what may turn out otherwise"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(budget: Path, options: list[str], words: str) -> None:
    ran = command(budget.parent, "robust", "toy.yaml", *options)
    assert ran.returncode == 2
    assert words in ran.stderr
    assert [path.name for path in budget.parent.iterdir()] == ["toy.yaml"]


def test_a_case_without_futures_is_refused(tmp_path: Path) -> None:
    written(tmp_path, {"none": {"set": {"workloads.training.amount": 0}}})
    ran = command(tmp_path, "robust", "toy.yaml", "--decide-by", "2025-01")
    assert ran.returncode == 2
    assert "the file has no futures: no scenario has a weight" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["toy.yaml"]


def test_futures_that_contradict_each_other_are_an_answer(tmp_path: Path) -> None:
    must = {"weight": 0.5, "set": {"workloads.training.must_serve": 1}}
    written(tmp_path, {"must": must, "poor": {"weight": 0.5, "set": {"finance.opening_cash": mn(90)}}})
    ran = command(tmp_path, "robust", "toy.yaml", "--decide-by", "2025-01", "--output", "out")
    assert ran.returncode == 1
    assert "no first stage leaves a plan in every future" in ran.stderr
    assert not (tmp_path / "out" / "robust.json").exists()


def outcomes(folder: Path) -> list[RobustOutcome]:
    """Robust plans that say everything there is to say."""
    none, work = future("none", 0.4, workloads__training__amount=0), future("work", 0.6)
    poor = future("poor", 0.3, finance__opening_cash=mn(90))
    plain = reading(folder)
    found = [
        robust(plain, none, work),
        robust(plain, none, work, risk=Risk(0.5, 0.5)),
        robust(plain, none, work, risk=Risk(1.0, 1.0)),
        robust(plain, poor, work),
        robust(plain, work),
        robust(reading(folder, objective={"kind": "compute"}, finance__opening_cash=mn(300)), none, work),
        robust(reading(folder, objective={"kind": "cost"}, workloads__training__must_serve=1), work),
    ]
    later = {"2025-01": yearly(0), "2026-01": yearly(60)}
    early = future("at-once", 0.6, workloads__training__price=yearly(60))
    waiting = reading(folder, workloads__training__price=later, finance__discount_rate="5 %")
    found.append(robust(waiting, early, work))
    built = {"sites__east__capacity": {"power": "1 kW"}, "expansions": {"hall": HALL}}
    aided = {"programmes": {"aid": programme(0.5, obligations=[DUTY])}}
    more = Future("more", 0.8, {"workloads.training.amount": 3})
    found.append(robust(reading(folder, **built, **aided), none, more))
    found.append(robust(reading(folder, **aided, workloads__training__price=yearly(20)), more, work))
    return found


def test_all_of_it_has_its_japanese(tmp_path: Path) -> None:
    voice = Voice("ja", "JPY")
    for outcome in outcomes(tmp_path):
        sections_of(outcome, voice)
        json.loads(robust_text(outcome))
    for template in TEMPLATES:
        voice(template)
    assert voice.speaker.missing == set()


def test_a_japanese_workbook_says_its_units_in_japanese(tmp_path: Path) -> None:
    path = tmp_path / "robust.xlsx"
    sections = sections_of(outcomes(tmp_path)[0], Voice("ja", "JPY"))
    write_sections(sections, path, title="toy", currency="JPY", run_id="0", language="ja")
    book = openpyxl.load_workbook(path)
    assert {sheet["A2"].value for sheet in book} == {"金額は百万円単位で表示しています（セルの値は1円単位）。"}
    assert "合計" in [cell.value for cell in book["将来シナリオ"]["A"]]


TEMPLATES = sorted(
    {
        text
        for name in ("report/robust/words.py", "report/robust/sections.py", "studies/robust/differences.py")
        for text in re.findall(
            r'say\(\s*"([^"{}]+)"\s*\)', (Path(__file__).parents[2] / "planner" / name).read_text(encoding="utf-8")
        )
    }
)
"""Texts without parts in the source."""


def test_expected_values_are_live_formulas(tmp_path: Path) -> None:
    found = outcomes(tmp_path)[0]
    path = tmp_path / "robust.xlsx"
    write_sections(sections_of(found, Voice("en", "JPY")), path, title="toy", currency="JPY", run_id="0")
    book, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    sheet, shown = book["Futures"], values["Futures"]
    cells = {cell.coordinate: cell.value for row in sheet for cell in row if isinstance(cell.value, str)}
    formulas = [text for text in cells.values() if text.startswith("=")]
    assert any("*" in text for text in formulas) and any(text.startswith("=SUM(") for text in formulas)
    sums = [at for at, text in cells.items() if text.startswith("=SUM(")]
    assert found.value in [pytest.approx(shown[at].value) for at in sums]
    assert any("-" in str(cell.value) for row in book["Robust plan"] for cell in row if str(cell.value).startswith("="))


def test_what_costs_less_is_better(tmp_path: Path) -> None:
    # All work must be served, so one cube now costs 100 in both, and waiting until 2026 is no way out in either.
    case = reading(tmp_path, objective={"kind": "cost"}, workloads__training__must_serve=1)
    idle = future("idle", 0.5, workloads__training__amount={"2025-01": 0, "2026-01": 1})
    found = robust(case, idle, future("work", 0.5))
    summary = sections_of(found, Voice("en", "JPY"))[0]
    for row in summary.tables[1].rows:
        assert float(str(row[4])) >= -1e-6  # regret
    assert found.value_of_perfect_information >= 0
    column = summary.tables[1].columns[4]
    assert column.difference == (3, 2)


def test_a_programme_is_left_open_only_where_some_future_joins_it_later(
    tmp_path: Path,
) -> None:
    found = robust(reading(tmp_path), future("work", 0.5), future("none", 0.5, workloads__training__amount=0))
    key = Investment("maker", "east", 0)
    plain = replace(found.plain_first, join={"aid": True}, order={key: 3})
    bare = replace(found, plain_first=plain, first=replace(found.first, join={}, order={}))

    def said(later: int) -> list[str]:
        futures = tuple(
            replace(one, robust=replace(one.robust, decisions=replace(one.robust.decisions, join=joins, order=orders)))
            for number, one in enumerate(bare.futures)
            for joins, orders in [({"aid": True}, {key._replace(period=1): 3}) if number < later else ({}, {})]
        )
        return [str(change_words(bare, one)) for one in changes(replace(bare, futures=futures))]

    what = "By 2025-01 it takes 3 fewer of cube through maker for east, and comes to as many"
    assert said(1) == [
        f"{what} later in 1 of 2 futures.",
        "It leaves aid open until after 2025-01, and joins it later in 1 of 2 futures.",
    ]
    assert said(0) == [f"{what} in no future.", "It joins aid in no future, neither by 2025-01 nor later."]
