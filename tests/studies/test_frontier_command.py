"""``plan frontier`` as a user runs it: table, chart, file, refusals and statuses."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cases.toy import programme, yearly
from tests.report.page.read import named, require_page
from tests.studies.budgets import budget, command

WORK = {"metric": "accelerators", "amount": 1, "price": yearly(20)}
RATE = ("--vary", "programmes.grant.rate", "--from", "0 %", "--to", "100 %")
PRICE = ("--vary", "systems.cube.price.typical", "--from", "80 mn JPY", "--to", "120 mn JPY")
WHERE = Path("outputs/toy/frontier")


def written(folder: Path) -> Path:
    return budget(folder, workloads__training=WORK, programmes={"grant": programme(0.1)})


def test_the_turn_stands_on_the_screen_in_a_chart_and_in_a_file(tmp_path: Path) -> None:
    written(tmp_path)
    result = command(tmp_path, "frontier", "toy.yaml", *RATE, "--gap", "0", "--workers", "1", "--points", "3")
    assert (result.returncode, result.stderr) == (0, "")
    assert "40 %" in result.stdout
    assert "confirmed on both sides" in result.stdout
    text = (tmp_path / WHERE / "frontier.json").read_text(encoding="utf-8")
    (turn,) = json.loads(text)["lines"][0]["breakpoints"]
    assert turn["value"] == pytest.approx(40)
    assert (turn["at"], turn["before"], turn["after"]) == ("40 %", "nothing bought", "maker 1")
    book = openpyxl.load_workbook(tmp_path / WHERE / "frontier.xlsx")
    assert book.sheetnames == ["Frontier", "Plans"]
    assert len(book["Plans"]._charts) == 1
    page = require_page((tmp_path / WHERE / "frontier.html").read_text(encoding="utf-8"))
    points = [one for one in json.loads(text)["lines"][0]["points"] if one["npv"] is not None]
    panels = named(page, "div", **{"class": "stored"})
    assert [one.attributes["data-words"] for one in panels] == [f"{one['value']:,.6g} %" for one in points]
    assert ["hidden" in one.attributes for one in panels] == [False, *[True] * (len(points) - 1)]
    (slider,) = named(page, "input")
    assert (slider.attributes["min"], slider.attributes["max"]) == ("0", str(len(points) - 1))
    marks = [one for one in named(page, "circle") if "data-n" in one.attributes]
    assert [int(one.attributes["data-n"]) for one in marks] == [*range(len(points))] * 2
    # Again, side by side, from the journal and without it: the same bytes.
    again = command(tmp_path, "frontier", "toy.yaml", *RATE, "--gap", "0", "--points", "3", "--json")
    assert again.stdout == text
    other = ("--workers", "2", "--output", "other", "--quiet")
    assert command(tmp_path, "frontier", "toy.yaml", *RATE, "--gap", "0", "--points", "3", *other).stdout == ""
    for name in ("frontier.json", "frontier.xlsx", "frontier.html"):
        assert (tmp_path / "other" / name).read_bytes() == (tmp_path / WHERE / name).read_bytes()


def test_two_inputs_give_a_map_with_a_chart(tmp_path: Path) -> None:
    written(tmp_path)
    options = ("--lines", "2", "--points", "2", "--gap", "0", "--event", "maker bought", "--markdown")
    result = command(tmp_path, "frontier", "toy.yaml", *RATE, *PRICE, *options)
    assert result.returncode == 0, result.stderr
    assert "| 80 mn JPY | 25 % | not: maker bought | maker bought |" in result.stdout
    book = openpyxl.load_workbook(tmp_path / WHERE / "frontier.xlsx")
    assert len(book["Frontier"]._charts) == 1
    page = require_page((tmp_path / WHERE / "frontier.html").read_text(encoding="utf-8"))
    assert len(named(page, "input")) == 2


def test_a_search_that_is_stopped_has_the_status_of_no_proof(tmp_path: Path) -> None:
    written(tmp_path)
    result = command(tmp_path, "frontier", "toy.yaml", *RATE, "--points", "2", "--most-runs", "2")
    assert result.returncode == 3
    assert "not narrowed down" in result.stdout
    assert (tmp_path / WHERE / "frontier.json").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--vary", "programmes.grant.raet", "--from", "0 %", "--to", "50 %"), "did you mean 'rate'?"),
        (("--vary", "programmes.grant.rate", "--from", "0 %"), "--to"),
        ((*RATE, *PRICE, *PRICE), "one or two different inputs"),
        ((*RATE, "--event", "esat opens"), "did you mean 'east'?"),
        ((*RATE, "--scenario", "nobody"), "there is no scenario 'nobody'"),
    ],
)
def test_what_cannot_be_searched_is_refused_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    written(tmp_path)
    result = command(tmp_path, "frontier", "toy.yaml", *arguments)
    assert result.returncode == 2
    assert words in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["toy.yaml"]
