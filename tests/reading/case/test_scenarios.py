"""Scenarios and overrides: new values by path, before anything is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case.quantities import Month
from planner.errors import InputError
from planner.reading.budget import budget_to_ask, read_case
from planner.reading.case import file
from tests.places import TINY
from tests.reading.helpers import faults_of, line_of, read_text, said, tiny_with


def with_scenario(*lines: str) -> str:
    """The tiny case with one more scenario, called more."""
    return tiny_with(("scenarios:", "scenarios:\n  more:\n    set:\n" + "".join(f"      {line}\n" for line in lines)))


def test_a_scenario_replaces_a_figure_and_adds_a_month():
    reading = read_case(TINY, "weak-yen")
    rates = reading.case.finance.exchange_rates["USD"]
    price = reading.case.offers["maker"].price
    assert rates.is_constant
    assert rates.values()[0].amount == 180
    assert price is not None
    assert [str(month) for month, _ in price.steps] == ["2024-04", "2025-04", "2025-10"]
    assert reading.scenario == "weak-yen"
    assert reading.case.scenarios == {}


def test_nothing_removes_an_entry():
    assert list(read_case(TINY).case.programmes) == ["grant"]
    assert read_case(TINY, "no-grant").case.programmes == {}


def test_without_a_scenario_the_case_keeps_them_all():
    for reading in (read_case(TINY), read_case(TINY, "base")):
        assert reading.scenario == "base"
        assert list(reading.case.scenarios) == ["no-grant", "weak-yen"]


def test_overrides_come_after_the_scenario():
    reading = read_case(TINY, "weak-yen", {"finance.exchange_rates.USD": "{2024-01: 140 JPY, 2025-01: 130 JPY}"})
    rate = reading.case.finance.exchange_rates["USD"].at(Month.of(2025, 2))
    assert rate is not None
    assert rate.amount == 130


def test_a_timeline_is_replaced_as_a_whole_by_one_value():
    case = read_case(TINY, None, {"sites.north.capacity.power": "1 MW"}).case
    assert case.sites["north"].capacity.power_kw.steps == ((Month(0), 1000.0),)


def test_groups_that_were_left_out_are_added():
    case = read_case(TINY, None, {"expansions.hall.payment.at_order": "20 %"}).case
    assert case.expansions["hall"].payment.at_order == 0.2


def test_an_item_of_a_list_is_changed_or_removed(tmp_path: Path):
    case = read_case(TINY, None, {"sites.north.fleet.0.quantity": "3", "finance.resale.0": "null"}).case
    assert case.sites["north"].fleet[0].quantity == 3
    assert [point.age.months for point in case.finance.resale] == [48]


def test_a_whole_entry_is_added(tmp_path: Path):
    offer = "{system: cube, supplier: Other, price: 300_000 USD}"
    assert list(read_case(TINY, None, {"offers.other": offer}).case.offers) == ["maker", "other"]


def test_names_with_dots_are_found(tmp_path: Path):
    text = tiny_with(
        ("  maker:\n    system", "  maker.v2:\n    system"), ("offers.maker.price", "offers.maker.v2.price")
    )
    price = read_text(tmp_path, text, "weak-yen").case.offers["maker.v2"].price
    assert price is not None
    assert len(price.steps) == 3


WRONG_PATHS = [
    ("finance.discount: 5 %", ["has no field 'discount'", "did you mean 'discount_rate'?"]),
    ("programmes.grand.rate: 30 %", ["'programmes' has no 'grand'", "did you mean 'grant'?"]),
    ("programmes.grand: null", ["'programmes' has no 'grand'"]),
    ("finance.exchange_rates.USD.2025-01: 140 JPY", ["not given by month", "as a whole"]),
    ("sites.north.capacity.racks.2025-01: 5", ["not given by month"]),
    ("offers.maker.price.later: 5 USD", ["nothing named 'later'", "month"]),
    ("sites.north.fleet.1.quantity: 5", ["has no '1'"]),
    ("sites.north.pue.high: 5", ["nothing named 'high'"]),
    ("scenarios.no-grant.title: x", ["cannot be changed"]),
    ("financ.opening_cash: 5 JPY", ["did you mean 'finance'?"]),
]


@pytest.mark.parametrize(("line", "words"), WRONG_PATHS)
def test_a_path_that_leads_nowhere_is_refused_even_if_the_scenario_is_not_run(
    tmp_path: Path, line: str, words: list[str]
):
    text = with_scenario(line)
    (fault,) = faults_of(tmp_path, text)
    assert all(word in said(fault) for word in words), said(fault)
    assert fault.place.line == line_of(text, line)
    assert fault.field == f"scenarios.more.set.{line.partition(':')[0]}"


def test_a_wrong_value_is_named_where_the_scenario_says_it(tmp_path: Path):
    text = with_scenario("sites.north.pue: 9")
    (fault,) = faults_of(tmp_path, text, "more")
    assert (fault.field, fault.place.line) == ("sites.north.pue", line_of(text, "sites.north.pue"))
    read_text(tmp_path, text)  # a value is judged when its scenario is run


def test_an_unknown_scenario_is_named_with_its_likely_spelling(tmp_path: Path):
    (fault,) = faults_of(tmp_path, tiny_with(), "weak-jen")
    assert "no scenario 'weak-jen'" in fault.found
    assert fault.remedy == "did you mean 'weak-yen'?"
    assert fault.allowed == "base, no-grant or weak-yen"


def test_a_scenario_cannot_be_called_base(tmp_path: Path):
    (fault,) = faults_of(tmp_path, tiny_with(("  no-grant:", "  base:")))
    assert fault.field == "scenarios.base"


def test_overrides_of_the_command_are_checked_like_the_file():
    with pytest.raises(InputError) as caught:
        read_case(TINY, None, {"finance.cash": "1 JPY", "sites.north.pue": "&x 1", "objective.kind": "npw", "name": ""})
    told = {fault.field: said(fault) for fault in caught.value.faults}
    assert set(told) == {"finance.cash", "sites.north.pue", "objective.kind", "name"}
    assert "did you mean 'npv'?" in told["objective.kind"]


def test_a_scenario_of_a_file_with_a_list_in_place_of_a_group_is_told_in_words(tmp_path: Path):
    head, _, rest = TINY.read_text(encoding="utf-8").partition("finance:\n")
    listed = f"{head}finance:\n  - currency: JPY\n{rest[rest.index('systems:') :]}"
    told = [said(fault) for fault in faults_of(tmp_path, listed, "weak-yen")]
    assert any("'finance' is a list in the file" in words for words in told), told


def test_many_readings_open_the_file_once_and_are_those_of_many_openings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "case.yaml"
    path.write_text(tiny_with(), encoding="utf-8")
    asked: list[tuple[str | None, dict[str, str]]] = [
        (None, {}), ("no-grant", {}), ("weak-yen", {}), ("weak-yen", {"sites.north.pue": "1.3"}), (None, {}),
    ]  # fmt: skip
    apart = [read_case(path, scenario, overrides) for scenario, overrides in asked]
    opened: list[str] = []
    real = file.parse_tree
    monkeypatch.setattr(file, "parse_tree", lambda text, file: (opened.append(file), real(text, file))[1])
    ask = budget_to_ask(path)
    assert [ask(scenario, overrides) for scenario, overrides in asked] == apart
    assert opened == [str(path)]
    with pytest.raises(InputError, match="no scenario 'strong-yen'"):
        ask("strong-yen")
