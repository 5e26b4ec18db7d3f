"""The benchmarks run, and notice when two ways to solve a case do not find the same; their times are not tested."""

from __future__ import annotations

import json
import sys

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import measures, table
from tests.benchmarks.agreement import Answer, require_agreement
from tests.benchmarks.isolated import Measured, run_alone
from tests.benchmarks.table import COLUMNS, HEAD, MEASURES, Table, Terms


def cells(row: str) -> dict[str, str]:
    """The cells of a row by column."""
    found = [cell.strip() for cell in row.strip("|").split("|")]
    assert len(found) == len(COLUMNS)
    return dict(zip(COLUMNS, found, strict=True))


def test_a_small_case_fills_the_table_and_all_find_the_same(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))  # no CBC there
    output = tmp_path / "table.md"
    benchmarks.main(["--size", "S", "--fleet", "large", "--limit", "1", "--gap", "0.002", "--output", str(output)])
    printed = capsys.readouterr().out
    assert output.read_text() == printed
    head, rows = HEAD.splitlines(), printed.splitlines()
    assert rows[:2] == head
    size, *found = map(cells, rows[2:])
    assert size["what"] == "1,629 rows, 1,765 columns, 10,178 non-zeros"
    assert [row["what"] for row in found] == list(MEASURES.values())
    told = {row["what"]: row for row in found}
    assert told["CBC, one piece"]["build"] == "not installed"
    search, whole = told["ours: search"], told["ours: whole run"]
    assert float(search["build"]) > 0
    assert float(search["gap, %"]) <= 0.2
    assert whole["gap, %"] == search["gap, %"]
    assert float(whole["whole"]) > float(search["solve"]) > 0
    assert float(told["linear programme alone"]["solve to LP"]) == 1
    assert float(told["HiGHS, one piece"]["solve to ours"]) > 0


@pytest.mark.parametrize("measure", ["SCIP", "linopy"])
def test_what_is_not_installed_says_so(measure, capsys, monkeypatch, tmp_path):
    for name in ("pyscipopt", "linopy"):
        monkeypatch.setitem(sys.modules, name, None)  # as if it were not there
    monkeypatch.setattr(sys, "argv", ["measures", measure, str(tmp_path), "0.001", "1"])
    measures.main()
    assert json.loads(capsys.readouterr().out) == {"missing": True}


@pytest.mark.parametrize("maximise", [True, False])
def test_a_plan_that_passes_a_bound_is_refused(maximise):
    sign = 1 if maximise else -1
    linear = Answer("LP", sign * 110.0, sign * 110.0, is_plan=False)
    ours, peer = Answer("ours", sign * 100.0, sign * 100.1), Answer("peer", sign * 100.09, sign * 100.2)
    require_agreement([linear, ours, peer, Answer("none", None, None)], maximise=maximise)
    better = Answer("other", sign * 100.2, sign * 109.0)
    with pytest.raises(AssertionError, match=r"other found -?100.2, but ours says that no plan passes -?100.1"):
        require_agreement([linear, ours, peer, better], maximise=maximise)
    with pytest.raises(AssertionError, match=r"ours found -?100, but other says"):
        require_agreement([ours, Answer("other", None, measures.bound_of_none(maximise=maximise))], maximise=maximise)
    with pytest.raises(AssertionError, match="but LP says"):
        require_agreement([linear, Answer("other", sign * 111.0, None)], maximise=maximise)


def test_the_table_tells_growth_and_stops_and_holds_all_answers_together(monkeypatch):
    non_zeros = {"S": 1000, "M": 4000}
    spent = {"S": 1.0, "M": 8.0}
    value = {"HiGHS": 99.0}

    def pretended(_: str, measure: str, folder: str, *rest: str, seconds: float) -> Measured:
        if measure == "prepare":
            pretended.size = rest[0]
            facts = {"rows": 10, "columns": 20, "non_zeros": non_zeros[rest[0]], "maximise": True}
            return Measured(facts, 1, 1, 1)
        if measure == "SCIP":
            return Measured({}, 9.0, 90.0, 1.0, ended=False)
        build = spent[pretended.size]
        told = {"build": build, "hand_over": 0.0, "solve": 2.0, "value": value.get(measure, 99.5), "bound": 100.0}
        return Measured(told, build + 2.0, 5.0, 64.0)

    monkeypatch.setattr(table, "run_alone", pretended)
    one = Table(Terms(("linear", "search", "HiGHS", "SCIP"), gap=1e-3, limit=1.0, our_limit=1.0))
    small, large = ([cells(row) for row in one.rows(size, "large")] for size in ("S", "M"))
    assert [row["growth"] for row in small] == [""] * 5
    assert [row["growth"] for row in large] == ["", "2.00", "2.00", "2.00", ""]  # eight times for four times as much
    assert [row["gap, %"] for row in small] == ["", "", "0.503", "1.010", ""]
    assert small[-1]["build"] == "stopped"
    value["HiGHS"] = 101.0
    with pytest.raises(AssertionError, match="HiGHS, one piece found 101, but ours: search says"):
        list(one.rows("S", "large"))


def test_a_measure_that_fails_or_takes_too_long_is_no_row(tmp_path):
    with pytest.raises(RuntimeError, match=r"matrix\.npz"):
        run_alone("tests.benchmarks.measures", "linear", str(tmp_path), "0.001", "1", seconds=60)
    got = run_alone("timeit", "-s", "import time", "time.sleep(60)", seconds=0.3)
    assert (got.ended, got.told) == (False, {})
    assert got.elapsed_seconds < 30
