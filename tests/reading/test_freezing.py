"""What an earlier plan had decided becomes what is frozen, from plan.xlsx as from plan.json, or is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from planner import cli
from planner.case.frozen import Frozen
from planner.case.quantities import Month
from planner.errors import InputError
from planner.planning import plan, read_for_plan
from planner.reading.budget import read_case
from planner.reading.freezing import with_frozen
from planner.report.summary_file import write_summary
from planner.report.workbook.book import write_workbook
from tests.reading.helpers import tiny_with

MARCH = Month.of(2025, 3)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny case and its plan, as a case file, a workbook and a plan.json."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "case.yaml").write_text(tiny_with(), encoding="utf-8")
    outcome = plan(read_case(folder / "case.yaml"), gap=0.0)
    write_workbook(outcome, folder / "plan.xlsx")
    write_summary(outcome, folder / "plan.json")
    return folder


def frozen(folder: Path, name: str, until: Month = MARCH) -> Frozen:
    found = with_frozen(read_case(folder / "case.yaml"), folder / name, until).case.frozen
    assert found is not None
    return found


def test_workbook_and_summary_freeze_the_same(planned: Path) -> None:
    said = frozen(planned, "plan.json")
    decided = json.loads((planned / "plan.json").read_text())["decisions"]
    assert said.model_dump(exclude={"source"}) | {} == frozen(planned, "plan.xlsx").model_dump(exclude={"source"})
    listed = [(order.offer, order.site, str(order.month), order.systems) for order in said.orders]
    made = [(one["offer"], one["site"], one["period"], one["systems"]) for one in decided["order"]]
    assert listed == [one for one in made if one[2] <= "2025-03"] != []
    assert said.programmes == {"grant": True}


def test_exits_at_the_end_of_their_life_are_not_frozen(planned: Path) -> None:
    content = json.loads((planned / "plan.json").read_text())
    content["decisions"]["exit"] = [
        {"system": "cube", "site": "north", "cohort": "2024-01", "period": month, "systems": 1}
        for month in ("2024-07", "2025-10")
    ]
    (planned / "other.json").write_text(json.dumps(content))
    assert [str(one.month) for one in frozen(planned, "other.json", Month.of(2025, 9)).exits] == ["2024-07"]
    changes = ("useful_life: 5 years", "useful_life: 21 months"), ("retention: 3 years", "retention: 1 year")
    text = tiny_with(*changes)
    (planned / "short.yaml").write_text(text, encoding="utf-8")
    short = with_frozen(read_case(planned / "short.yaml"), planned / "other.json", Month.of(2025, 12)).case
    assert short.frozen is not None
    assert [str(one.month) for one in short.frozen.exits] == ["2024-07"]


@pytest.mark.parametrize(
    ("name", "where"), [("plan.xlsx", "plan.xlsx: Decisions!"), ("plan.json", "decisions.order.0")]
)
def test_names_that_the_case_does_not_have_are_refused_where_the_plan_says_them(
    planned: Path, name: str, where: str
) -> None:
    text = (planned / "case.yaml").read_text().replace("  maker:\n    system", "  producer:\n    system")
    text = text.replace("offers.maker.price", "offers.producer.price")
    (planned / "renamed.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        with_frozen(read_case(planned / "renamed.yaml"), planned / name, MARCH)
    fault = next(one for one in refused.value.faults if one.field == "frozen.orders.0.offer")
    assert where in fault.place.file
    assert "'maker' is not defined as an offer" in fault.found


def test_a_case_that_freezes_itself_takes_no_second_list(planned: Path) -> None:
    (planned / "own.yaml").write_text(tiny_with() + "\nfrozen: {until: 2024-04}\n", encoding="utf-8")
    with pytest.raises(InputError, match="the case says itself what is frozen"):
        with_frozen(read_case(planned / "own.yaml"), planned / "plan.json", MARCH)


def test_the_workbook_of_such_a_run_holds_what_is_frozen(planned: Path) -> None:
    reading = with_frozen(read_case(planned / "case.yaml"), planned / "plan.xlsx", MARCH)
    before = json.loads((planned / "plan.json").read_text())
    outcome = plan(reading, gap=0.0)
    assert outcome.npv == pytest.approx(before["headline"]["npv"], abs=1.0)
    write_workbook(outcome, planned / "again.xlsx")
    assert read_case(planned / "again.xlsx").case.frozen == reading.case.frozen
    assert reading.provenance["frozen.orders.0.systems"].source == "as planned in plan.xlsx"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--freeze", "plan.json"], "--until: is missing"),
        (["--until", "2025-03"], "--until: up to which month what is frozen?"),
        (["--freeze", "plan.json", "--until", "March"], "--until: 'March' is no month"),
        (["--freeze", "case.yaml", "--until", "2025-03"], "case.yaml"),
        (["--freeze", "none.xlsx", "--until", "2025-03"], "none.xlsx"),
    ],
)
def test_wrong_options_write_nothing(
    planned: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    options: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(planned)
    monkeypatch.setattr(sys, "argv", ["plan", "case.yaml", "--output", "none", *options])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert words in capfd.readouterr().err
    assert not (planned / "none").exists()


def test_the_command_reads_the_case_as_frozen(planned: Path) -> None:
    asked = read_for_plan(planned / "case.yaml", freeze=planned / "plan.json", until="2025-03")
    assert asked.case.frozen == frozen(planned, "plan.json")
