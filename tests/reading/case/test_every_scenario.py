"""`plan check` reads every scenario whole: its values, and what they do to the rest of the case."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import Fault, InputError
from planner.reading.budget import read_case
from planner.report.template.book import write_template
from tests.places import TINY
from tests.reading.case.test_scenarios import with_scenario
from tests.reading.helpers import line_of, tiny_with
from tests.reading.test_bad_inputs import Command, command, messages_of  # noqa: F401 - a fixture


def checked(folder: Path, text: str) -> tuple[Fault, ...]:
    """The faults of a file with all its scenarios."""
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_case(path, whole=True)
    return caught.value.faults


VALUES = [
    ("finance.exchange_rates.USD: 175 mW", "finance.exchange_rates.USD", "has no currency"),
    ("finance.discount_rate: 60", "finance.discount_rate", "60 is more than the whole"),
    ("calendar: null", "scenarios.more.set.calendar", "value missing"),
    ("sites.north.pue: 9", "sites.north.pue", "9 is more than 3"),
    ("objective.kind: npw", "objective.kind", "'npw'"),
    ("offers.maker.system: cubes", "offers.maker.system", "'cubes' is not defined as a system"),
    ("offers.new: {system: cube}", "offers.new.supplier", "value missing"),
    ("calendar.start: 2024-05", "calendar.start", "lies inside a period"),
    ("calendar.periods: 1", "scenarios.more.set.calendar.periods", "with it, finance.funding.2024-07 at line"),
    ("systems.cube: null", "scenarios.more.set.systems.cube", "no system is defined, and 'cube' is named in 2 places"),
]


@pytest.mark.parametrize(("line", "field", "words"), VALUES)
def test_every_value_of_every_scenario_is_judged_on_its_line(line: str, field: str, words: str, tmp_path: Path) -> None:
    text = with_scenario(line)
    faults = checked(tmp_path, text)
    assert any(fault.field == field and words in fault.found for fault in faults), faults
    assert {fault.place.line for fault in faults} == {line_of(text, f"      {line}")}


def test_the_change_that_makes_a_mistake_is_found_among_others(tmp_path: Path) -> None:
    text = with_scenario("title: Later", "calendar.start: 2024-10", "sites.north.pue: 1.3")
    faults = checked(tmp_path, text)
    assert {fault.place.line for fault in faults} == {line_of(text, "calendar.start: 2024-10")}
    assert all(fault.remedy.startswith("set ") for fault in faults)


def test_a_mistake_of_several_changes_is_told_of_the_scenario(tmp_path: Path) -> None:
    text = with_scenario("finance.minimum_cash: 1 EUR", "finance.opening_cash: 1 EUR").replace("1 EUR", "3 bn EUR")
    faults = checked(tmp_path, text)
    assert {fault.place.line for fault in faults} <= {
        line_of(text, "minimum_cash: 3 bn EUR"),
        line_of(text, "opening_cash: 3 bn EUR"),
    }


def test_mistakes_of_the_base_are_told_once(tmp_path: Path) -> None:
    text = (
        with_scenario("title: x")
        .replace("opening_cash: 3 bn JPY", "opening_cash: 3 bn")
        .replace("site: north", "site: nord")
    )
    assert sorted(fault.field for fault in checked(tmp_path, text)) == ["expansions.hall.site", "finance.opening_cash"]


def test_the_command_checks_them_and_a_run_of_the_base_does_not_mind(command: Command) -> None:  # noqa: F811
    text = with_scenario("finance.exchange_rates.USD: 175 mW", "finance.discount_rate: 60")
    (command.folder / "case.yaml").write_text(text, encoding="utf-8")
    assert len(messages_of(command.refuses("case.yaml", "check"))) == 2
    status, out, err = command("check", "case.yaml", "--scenario", "no-grant")
    assert (status, err) == (0, "")
    assert "no mistakes found" in out
    assert read_case(command.folder / "case.yaml").case.name == "tiny"


def test_a_template_is_checked_with_its_scenarios(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(with_scenario("sites.north.pue: 9"), encoding="utf-8")
    book = tmp_path / "budget.xlsx"
    write_template(book, read_case(tmp_path / "case.yaml"))
    with pytest.raises(InputError) as caught:
        read_case(book, whole=True)
    (fault,) = caught.value.faults
    assert "Scenario changes!" in str(fault.place)
    read_case(book)
    write_template(tmp_path / "good.xlsx", read_case(TINY))
    assert read_case(tmp_path / "good.xlsx", whole=True).case.name == "tiny"


def test_many_scenarios_take_their_time_and_no_more(tmp_path: Path) -> None:
    lines = "".join(f"  s{n}:\n    set:\n      sites.north.pue: 1.{n}\n" for n in range(10, 60))
    path = tmp_path / "case.yaml"
    path.write_text(tiny_with(("scenarios:\n", f"scenarios:\n{lines}")), encoding="utf-8")
    assert len(read_case(path, whole=True).case.scenarios) == 52


def test_more_scenarios_than_anybody_plans_are_refused_at_once(tmp_path: Path) -> None:
    lines = "".join(f"  s{n}:\n    set:\n      sites.north.pue: 9\n" for n in range(1_001))
    (fault,) = checked(tmp_path, tiny_with(("scenarios:\n", f"scenarios:\n{lines}")))
    assert (fault.field, fault.found) == ("scenarios", "1,003 scenarios")
