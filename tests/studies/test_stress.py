"""A plan held in many futures: what comes of it by hand, the same bytes however it is done, and the command."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.futures import Future, futures_of, named_futures
from planner.holding import hold_plan
from planner.language import Speaker
from planner.planning import plan_beside_nothing
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.report.stress.figures import future_figures
from planner.report.stress.sections import sections_of
from planner.report.stress.stress_file import stress_text
from planner.studies.stress import Stress, Terms, stress, together
from tests.cases.toy import MILLION, mn, programme, yearly
from tests.report.page.read import require_page, rows
from tests.studies.budgets import budget, command
from tests.studies.changed import engine

TERMS = Terms(hold=hold_plan, figures=future_figures, bridge_rate=0.2, seed=1)
RENTS = {"path": "workloads.training.price", "discrete": [{"value": 0.5, "weight": 0.5}, {"value": 1.5, "weight": 0.5}]}
FUTURES: dict[str, Any] = {"seed": 7, "drivers": {"rents": RENTS}}


def read(folder: Path, **changes: Any) -> Reading:
    return read_case(budget(folder, **changes))


def tried(reading: Reading, *futures: Future, **options: Any) -> Stress:
    return stress(reading, futures, (), replace(engine(gap=0.0, **options), plan=plan_beside_nothing), TERMS)


def test_each_future_is_worth_what_it_is_by_hand(tmp_path: Path) -> None:
    # The cube earns 3 * 60 less 100; at half the price 3 * 30 less 100, and a dearer one leaves 20 missing.
    reading = read(tmp_path, finance__opening_cash=mn(100))
    half = Future("half", 0.25, {"workloads.training.price": yearly(30)})
    dear = Future("dear", 0.25, {"systems.cube.price.typical": mn(120)})
    same = Future("same", 0.5, {})
    found = tried(reading, half, dear, same)
    assert [one.figure("value_added") for one in found.futures] == pytest.approx(
        [-10 * MILLION, 60 * MILLION, 80 * MILLION]
    )
    assert [len(one.record["broken"]) for one in found.futures] == [0, 1, 0]
    (missed,) = found.futures[1].record["broken"]
    assert (missed["rule"], missed["short"], missed["at"]) == ("cash_balance", pytest.approx(20 * MILLION), "2025-01")
    said = "\n".join(sections_of(found, Speaker())[0].words)
    assert "negative with 25 %" in said
    assert "Every promise is kept with a probability of 75 %." in said


def test_what_comes_as_planned_is_the_plan_to_the_yen(tmp_path: Path) -> None:
    reading = read(tmp_path, finance__discount_rate=0.07, finance__opening_cash=mn(100))
    stated = reading.case.model_dump(mode="json", by_alias=True)["systems"]["cube"]["price"]["typical"]
    found = tried(reading, Future("typical", 0.5, {}), Future("restated", 0.5, {"systems.cube.price.typical": stated}))
    assert found.base.audit.accounts.npv != 80 * MILLION
    for one in found.futures:
        assert one.record == found.planned
        assert one.figure("npv") == found.base.audit.accounts.npv


def test_drawn_futures_share_what_scenarios_leave() -> None:
    drawn = [Future("a", 0.5, {}), Future("b", 0.5, {})]
    named = [Future("base", 0.8, {}), Future("shock", 0.2, {})]
    assert [(one.name, one.weight) for one in together(drawn, named)] == [("a", 0.4), ("b", 0.4), ("shock", 0.2)]
    assert together((), named) == named
    assert together(drawn, ()) == drawn


def test_the_same_bytes_in_one_process_and_in_two_and_from_the_journal(tmp_path: Path) -> None:
    reading = read(tmp_path, futures=FUTURES)
    drawn = futures_of(reading, samples=4)
    (tmp_path / "journal").mkdir()
    kept = partial(tried, reading, *drawn, journal=tmp_path / "journal")
    texts = {stress_text(tried(reading, *drawn)), stress_text(kept(workers=2)), stress_text(kept())}
    assert len(texts) == 1


def test_order_and_names_of_futures_change_no_figure(tmp_path: Path) -> None:
    reading = read(tmp_path, futures=FUTURES)
    drawn = list(futures_of(reading, samples=4))
    one, other = tried(reading, *drawn), tried(reading, *reversed(drawn))
    assert [found.record for found in one.futures] == [found.record for found in reversed(other.futures)]
    assert sections_of(one, Speaker())[0].tables[0].rows == sections_of(other, Speaker())[0].tables[0].rows


def test_a_floor_that_is_missed_puts_the_grant_at_stake(tmp_path: Path) -> None:
    aid = programme(0.5, obligations=[{"metric": "bf16_pflops", "floor": 1, "from": "2026-01"}])
    work = {"metric": "accelerators", "amount": 1, "price": yearly(60)}
    reading = read(
        tmp_path,
        programmes={"grant": aid},
        workloads={"training": work},
        finance__resale=[{"age": "0 months", "share": "100 %"}],
        offers__maker__allocation=1,
    )
    never = Future("never", 1.0, {"offers.maker.allocation": 0})
    found = tried(reading, never)
    assert [(one["rule"], one["name"]) for one in found.futures[0].record["broken"]] == [("obligation", "grant")]
    (table,) = sections_of(found, Speaker())[1].tables
    assert table.rows[0][:2] == ("grant: what stands reaches its floor", 1.0)


def test_who_knows_the_future_plans_for_it(tmp_path: Path) -> None:
    # With work for three cubes the held plan still has one, and another plan has three: 2 * 80 more, in half of all.
    reading = read(tmp_path)
    crowd = Future("crowd", 0.5, {"workloads.training.amount": 3})
    terms = replace(TERMS, replan=True)
    engine_ = replace(engine(gap=0.0), plan=plan_beside_nothing)
    found = stress(reading, (Future("same", 0.5, {}), crowd), (), engine_, terms)
    assert [one.replanned for one in found.futures] == pytest.approx([80 * MILLION, 240 * MILLION])
    assert "worth 80.00 mn JPY on average over the 2 futures" in sections_of(found, Speaker())[0].words[-1]
    assert all(one.within_gap and one.gap == 0.0 for one in found.futures)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_best_plan_that_time_cut_short_is_told(tmp_path: Path, language: str) -> None:
    reading = read(tmp_path)
    crowd = Future("crowd", 0.5, {"workloads.training.amount": 3})
    engine_ = replace(engine(gap=0.0), plan=plan_beside_nothing)
    found = stress(reading, (Future("same", 0.5, {}), crowd), (), engine_, replace(TERMS, replan=True))
    same, late = found.futures
    speaker = Speaker(language)
    words = sections_of(replace(found, futures=(same, replace(late, gap=0.05, within_gap=False))), speaker)[0].words
    assert "5 %" in words[-1] or "5%" in words[-1]
    assert language == "ja" or words[-1].startswith("In 1 of 2 futures the search for the best plan ended at its time")
    none = replace(late, replanned=None, gap=None, within_gap=False)
    words = sections_of(replace(found, futures=(same, none)), speaker)[0].words
    assert language == "ja" or words[-1] == "In 1 of 2 futures no plan was found in time."
    assert speaker.missing == set()


def test_every_text_of_the_workbook_is_japanese(tmp_path: Path) -> None:
    reading = read(tmp_path, futures=FUTURES, finance__opening_cash=mn(100))
    drawn = [*futures_of(reading, samples=4), Future("dear", 0.1, {"systems.cube.price.typical": mn(120)})]
    speaker = Speaker("ja")
    first, *_, last = sections_of(tried(reading, *drawn), speaker)
    assert speaker.missing == set()
    assert (first.name, last.name) == ("ストレステスト", "将来シナリオ")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("stress")
    path = budget(folder, futures=FUTURES, finance__opening_cash=mn(100))
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["scenarios"] = {
        "dear": {"title": "Cubes are dear", "set": {"systems.cube.price.typical": mn(120)}, "weight": 0.2}
    }
    path.write_text(json.dumps(fields), encoding="utf-8")
    return folder, command(folder, "stress", "toy.yaml", "--samples", "8", "--workers", "1", "--gap", "0")


def test_the_command_tells_the_spread_what_breaks_the_worst_and_what_pulls(
    done: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, result = done
    assert (result.returncode, result.stderr) == (0, "")
    # 40 %: -10, 40 %: 170 and 20 %: the dear cube, 60.
    assert "value added: 80.00 mn JPY as planned; 76.00 mn JPY on average" in result.stdout
    assert "Every promise is kept with a probability of 80 %." in result.stdout
    assert "cash stays above its floor" in result.stdout
    content = json.loads((folder / "outputs/toy/stress/stress.json").read_text(encoding="utf-8"))
    assert content["seed"] == 7
    assert sum(one["weight"] for one in content["futures"]) == pytest.approx(1)
    (pull,) = content["one_at_a_time"]
    ends = [pull[side]["figures"]["value_added"] for side in ("low", "high")]
    assert ends == pytest.approx([-10 * MILLION, 170 * MILLION], rel=1e-5)


def test_the_workbook_has_a_row_for_every_future(done: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = done
    book = openpyxl.load_workbook(folder / "outputs/toy/stress/stress.xlsx")
    assert book.sheetnames == ["Stress", "Promises", "Worst futures", "What moves it", "Futures"]
    names = {row[0].value for row in book["Futures"].iter_rows()}
    assert {"dear", *(f"future-{number}" for number in range(1, 9))} <= names


def test_the_page_draws_what_the_workbook_tells(done: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = done
    page = require_page((folder / "outputs/toy/stress/stress.html").read_text(encoding="utf-8"))
    (pull,) = rows(page, "tornado")
    assert (pull[0], pull[2], pull[4]) == ("rents", "-10.00 mn JPY", "170.00 mn JPY")
    spread = {row[0]: row[1:] for row in rows(page, "spreads")}
    assert spread["value added"] == [
        "-10.00 mn JPY", "-10.00 mn JPY", "60.00 mn JPY", "170.00 mn JPY", "170.00 mn JPY", "80.00 mn JPY",
    ]  # fmt: skip
    assert ["P50", "60.00 mn JPY"] in rows(page, "chances")


def test_a_case_that_says_nothing_of_futures_is_refused(tmp_path: Path) -> None:
    budget(tmp_path)
    result = command(tmp_path, "stress", "toy.yaml")
    assert result.returncode == 2
    assert "futures" in result.stderr
    assert not (tmp_path / "outputs").exists()


def test_scenarios_with_a_weight_are_futures_by_themselves(tmp_path: Path) -> None:
    path = budget(tmp_path)
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["scenarios"] = {"crowd": {"set": {"workloads.training.amount": 3}, "weight": 0.3}}
    path.write_text(json.dumps(fields), encoding="utf-8")
    assert [(one.name, one.weight) for one in named_futures(read_case(path))] == [("base", 0.7), ("crowd", 0.3)]
    page = tmp_path / "outputs/toy/stress/stress.html"
    page.parent.mkdir(parents=True)
    page.write_text("of another run")
    result = command(tmp_path, "stress", "toy.yaml", "--workers", "1", "--json", "--no-html")
    assert result.returncode == 0
    assert "not of this run, but left from an earlier one: outputs/toy/stress/stress.html" in result.stderr
    assert page.read_text() == "of another run"
    assert [one["name"] for one in json.loads(result.stdout)["futures"]] == ["base", "crowd"]


@pytest.mark.parametrize(("samples", "is_rough"), [(4, True), (128, False)])
def test_percentiles_of_few_draws_are_called_rough(samples: int, is_rough: bool, tmp_path: Path) -> None:
    reading = read(tmp_path, futures=FUTURES)
    found = tried(reading, Future("half", 1.0, {"workloads.training.price": yearly(30)}))
    drawn = futures_of(reading, samples=samples)
    spread = replace(found, futures=tuple(replace(found.futures[0], future=one) for one in drawn))
    for code, rough in (("en", "are rough"), ("ja", "粗い目安")):
        speaker = Speaker(code)
        words = sections_of(spread, speaker)[0].words
        assert any(f"{samples}" in said and rough in said for said in words) is is_rough
        assert not any(rough in said for said in sections_of(found, speaker)[0].words)
        assert not any("rough" in text for text in speaker.missing)
