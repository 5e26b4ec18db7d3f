"""Tables as files: what is read back is what the tables hold, with units; nothing of another run is left among them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet
import pytest

from planner.errors import InputError, WriteError
from planner.futures import Drawn, Future
from planner.planning import plan
from planner.questions import compare
from planner.reading.budget import read_case
from planner.report.compare.figures import figures_of
from planner.results import files as table_files
from planner.results import form as table_form
from planner.results.every_table import Result, rows_of, tables
from planner.results.files import write_tables
from planner.studies.compare import Comparison
from planner.studies.frontier.events import event_of
from planner.studies.frontier.frontier import Map, frontier
from planner.studies.pool.outcome import PoolOutcome
from planner.studies.robust.outcome import RobustOutcome
from planner.studies.stress import Pull, Stress
from planner.vocabulary.message import say
from planner.writing import write_files
from tests.cases.toy import mn, yearly
from tests.places import CASES
from tests.pool.pools import grant, operator, planned, pool
from tests.report import example, programmes
from tests.robust.futures import reading, robust
from tests.studies.changed import engine
from tests.studies.test_frontier import varied_case
from tests.studies.test_stress import read, tried

UNITS = {"systems", "blocks", "JPY", "metric", "unit", "share", "times", "promises", None}
"""All that a unit, or the column that tells it, can be in these cases; what is varied or drawn has that of its path."""


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return compare(read_case(CASES / "tiny.yaml"))


@pytest.fixture(scope="module")
def stressed(tmp_path_factory: pytest.TempPathFactory) -> Stress:
    """A plan that earns less in one future, and in another breaks the floor of its cash."""
    reading = read(tmp_path_factory.mktemp("stressed"), finance__opening_cash=mn(100))
    half = Future("half", 0.5, {"workloads.training.price": yearly(30)}, (Drawn("rents", 0.5, say("rents: half")),))
    dear = Future("dear", 0.5, {"systems.cube.price.typical": mn(120)})
    return replace(tried(reading, half, dear), pulls=(Pull("rents", *tried(reading, half, dear).futures),))


@pytest.fixture(scope="module")
def varied() -> Map:
    reader, one = varied_case(1)
    return frontier(reader, [one], event_of("decisions", reader({}).case, [], figures_of), engine(gap=0.0), points=3)


@pytest.fixture(scope="module")
def hedged(tmp_path_factory: pytest.TempPathFactory) -> RobustOutcome:
    """A cube is worth 80 now where work comes, and costs 100 for nothing where none does: it waits."""
    none = Future("none", 0.5, {"workloads.training.amount": 0})
    return robust(reading(tmp_path_factory.mktemp("hedged")), Future("base", 0.5, {}), none)


@pytest.fixture(scope="module")
def pooled(tmp_path_factory: pytest.TempPathFactory) -> PoolOutcome:
    """An operator that buys without a grant, and one that does with half of it paid."""
    programmes = {"half": grant(0.5)}
    return planned(
        tmp_path_factory.mktemp("pooled"), pool({"a": operator(), "b": operator(earns=30)}, programmes=programmes)
    )


@pytest.fixture(
    scope="module",
    params=["tiny", "example", "programmes", "compared", "stressed", "varied", "hedged", "pooled"],
)
def result(request: pytest.FixtureRequest) -> Result:
    if request.param in ("compared", "stressed", "varied", "hedged", "pooled"):
        return request.getfixturevalue(request.param)
    made = {"tiny": lambda: plan(read_case(CASES / "tiny.yaml"))}
    return made.get(request.param, {"example": example.outcome, "programmes": programmes.outcome}.get(request.param))()


def rows(result: Result, name: str) -> list[tuple[object, ...]]:
    return [tuple(None if value != value else value for value in row) for row in rows_of(result)[name][1]]


def test_csv_files_read_by_their_description_are_the_tables(result: Result, tmp_path: Path) -> None:
    files = write_tables(result, tmp_path, "csv")
    described = json.loads((tmp_path / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["path"] for one in described["resources"]} == {path.name for path in files} - {"datapackage.json"}
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == sorted(path.name for path in files)
    for resource in described["resources"]:
        fields = resource["schema"]["fields"]
        with (tmp_path / "tables" / resource["path"]).open(encoding="utf-8", newline="") as file:
            heading, *lines = csv.reader(file)
        name = resource["path"].removesuffix(".csv")
        assert heading == [field["name"] for field in fields] == [*rows_of(result)[name][0]]
        read = [tuple(value(field, text) for field, text in zip(fields, line, strict=True)) for line in lines]
        assert read == [tuple(None if one == "" else one for one in row) for row in rows(result, name)]
        for field in fields:
            if field["type"] == "number":
                assert field.get("unit", field.get("unit_column")) in UNITS
                assert field.get("unit_column", heading[0]) in heading


def value(field: dict[str, Any], text: str) -> object:
    """A cell as the standard reads it."""
    if text == "":
        return None
    return {"number": float, "boolean": {"true": True, "false": False}.__getitem__, "string": str}[field["type"]](text)


def test_parquet_files_are_the_tables_with_units(result: Result, tmp_path: Path) -> None:
    write_tables(result, tmp_path, "parquet")
    for name, frame in tables(result).items():
        path = tmp_path / "tables" / f"{name}.parquet"
        assert [tuple(row.values()) for row in pyarrow.parquet.read_table(path).to_pylist()] == rows(result, name)
        assert [*pd.read_parquet(path).columns] == [*frame.columns]
        for field in pyarrow.parquet.read_schema(path):
            if field.name.endswith("_jpy"):
                assert field.metadata[b"unit"] == b"JPY"


def test_the_same_tables_are_the_same_bytes(compared: Comparison, tmp_path: Path) -> None:
    for form in ("csv", "parquet"):
        first, second = (write_tables(compared.base, tmp_path / name, form) for name in ("first", "second"))
        assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_nothing_of_another_run_is_left_among_them(compared: Comparison, tmp_path: Path) -> None:
    write_tables(compared, tmp_path, "csv")
    (tmp_path / "tables" / "notes.txt").write_text("mine")
    files = write_tables(compared.base, tmp_path, "parquet")
    assert {*(tmp_path / "tables").iterdir()} == {*files, tmp_path / "tables" / "notes.txt"}


def test_plan_and_tables_are_written_together_or_not_at_all(
    compared: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(compared.base, tmp_path, "en", tables="csv")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def fails(*_: object) -> str:
        raise WriteError("the disk is full")

    monkeypatch.setattr(table_files, "_description", fails)
    with pytest.raises(WriteError, match="the disk is full"):
        write_files(compared.scenarios[0].run.outcome, tmp_path, "en", tables="csv")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_parquet_without_its_package_is_refused_before_anything_is_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_form, "find_spec", lambda _: None)
    table_form.require_format("csv")
    with pytest.raises(InputError, match=r"not installed here\n.*\n    fix: install the extra: pip install"):
        table_form.require_format("parquet")


def test_every_future_and_every_turn_is_told(stressed: Stress, varied: Map) -> None:
    found = tables(stressed)
    assert list(found["futures"]["promises_broken"]) == [0, 1]
    assert list(found["broken"][["future", "rule", "unit"]].iloc[0]) == ["dear", "cash_balance", "JPY"]
    figures = found["figures"].set_index(["future", "figure"])["value"]
    assert figures["half", "value_added"] == pytest.approx(-10e6)
    assert figures["dear", "value_added"] == pytest.approx(60e6)
    assert figures["as planned", "value_added"] == pytest.approx(80e6)
    assert set(found["one_at_a_time"]["end"]) == {"low", "high"}
    turns, plans = tables(varied)["turns"], tables(varied)["plans"]
    assert len(turns) == len(varied.lines[0].breakpoints)
    assert plans["value_of_first"].nunique() == len(varied.lines[0].points)


def test_a_robust_plan_tells_what_each_first_stage_is_worth(hedged: RobustOutcome) -> None:
    found = tables(hedged)
    worth = found["worth"].set_index(["measure", "first_stage"])["value"]
    # waiting is worth 20 where work comes, and ordering now 80 there and -100 where none does
    assert worth["expected value", "robust"] == pytest.approx(10e6)
    assert worth["expected value", "plain first stage"] == pytest.approx(-10e6)
    assert worth["expected value", "all known before"] == pytest.approx(40e6)
    values = found["futures"].set_index(["future", "first_stage"])
    assert values.loc[("none", "plain first stage"), "value"] == pytest.approx(-100e6)
    assert values.loc[("base", "robust"), "regret"] == pytest.approx(60e6)
    assert [tuple(row) for row in found["first_stage"].itertuples(index=False)] == [
        ("plain first stage", "order", "maker", "east", "2025-01", "systems", 1)
    ]
    figures = found["figures"].set_index(["future", "figure"])["value"]
    assert figures["base", "npv"] == hedged.futures[0].robust.audit.accounts.npv
    assert list(found["inputs"]["path"]) == ["workloads.training.amount"]


def test_a_pool_tells_every_plan_of_every_operator_and_what_each_is_paid(pooled: PoolOutcome) -> None:
    found = tables(pooled)
    npv = found["operators"].query("figure == 'npv'").set_index(["operator", "plan"])["value"]
    assert npv["a", "unaided"] == pooled.members["a"].least_npv
    assert npv["b", "in the pool"] == pooled.members["b"].outcome.audit.accounts.npv > npv["b", "unaided"]
    awards = found["awards"].set_index(["programme", "operator"])["granted_jpy"]
    assert awards["half", "a"] == pytest.approx(50e6)
    headline = found["headline"].set_index("figure")["value"]
    assert headline["public_money"] == pytest.approx(awards.sum())
    assert len(found["limits"]) == len(pooled.audit.limits) > 0
