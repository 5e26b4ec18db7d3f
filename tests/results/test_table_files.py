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
from planner.studies.stress import Pull, Stress
from planner.vocabulary.message import say
from planner.writing import write_files
from tests.cases.toy import mn, yearly
from tests.places import CASES
from tests.report import example, programmes
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


@pytest.fixture(scope="module", params=["tiny", "example", "programmes", "compared", "stressed", "varied"])
def result(request: pytest.FixtureRequest) -> Result:
    if request.param in ("compared", "stressed", "varied"):
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
