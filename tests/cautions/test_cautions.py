"""Warnings: each row says something that is allowed and most likely not meant; the same case without it is silent."""

from __future__ import annotations

import copy
import itertools
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from planner.cautions import CHECKS, Subject, cautions_of
from planner.cautions.rates import MARKET
from planner.errors import Caution, InputError
from planner.reading.budget import budget_to_ask, read_case
from tests import loaded
from tests.places import INPUTS, ROOT

CASES = ROOT / "tests" / "cases"
FAULTS = CASES / "faults"
BASE: dict[str, Any] = {
    "name": "warned",
    "calendar": {"start": "2026-07", "periods": 8, "fiscal_year_start_month": 1},
    "finance": {
        "currency": "EUR", "exchange_rates": {"USD": "0.86 EUR"}, "opening_cash": "50 mn EUR",
        "minimum_cash": "1 mn EUR", "discount_rate": "10 %",
        "resale": [{"age": "1 year", "share": "60 %"}, {"age": "3 years", "share": "20 %"}],
    },
    "systems": {},
    "offers": {
        "b200": {"system": "b200-hgx8", "supplier": "A"},
        "gb300": {"system": "gb300-nvl72", "supplier": "B"},
    },
    "sites": {
        "hall": {
            "region": "de", "opens": "2026-01", "cooling": ["air"], "capacity": {"power": "6 MW"}, "pue": 1.3,
            "energy_price": "0.2 EUR/kWh", "fleet": [{"system": "h200-hgx8", "quantity": 20, "arrives": "2026-01"}],
        },
        "wet": {
            "region": "de", "opens": "2026-01", "cooling": ["liquid"], "rack_power": "150 kW",
            "capacity": {"power": "3 MW", "liquid_cooling": "3 MW", "racks": 22}, "pue": 1.2,
            "energy_price": "0.2 EUR/kWh",
        },
    },
    "workloads": {"od": {"metric": "accelerators", "amount": 400, "price": "3 EUR/accelerator-hour"}},
    "programmes": {"grant": {"rate": "30 %", "categories": ["systems"]}},
}  # fmt: skip
ROWS: list[tuple[str, dict[str, Any], str, list[str]]] = [
    ("no-site", {"sites.wet.cooling": ["air"], "sites.wet.capacity": {"power": "3 MW"}}, "offers.gb300.system",
     ["'gb300-nvl72' fits no site", "hall: it needs liquid cooling, the site has air", "name a system that"]),
    ("kilowatts-for-a-rack", {"sites.wet.capacity": {"power": "3 kW", "liquid_cooling": "3 kW"}},
     "offers.gb300.system", ["wet: it has at most 3 kW of power, and one needs 140 kW", "wet: did you mean 3 MW?"]),
    ("late", {"offers.b200.lead_time": "30 months"}, "offers.b200.lead_time",
     ["no order can be delivered", "ordered in 2026-07, it comes 30 months later; the last period starts in 2028-04"]),
    ("closed", {"sites.wet.opens": "2028-04", "offers.gb300.order_window": {"to": "2026-10"}},
     "offers.gb300.system", ["before a site is open", "none opens before 2028-04"]),
    ("resale", {"offers.b200.price": "200_000 USD", "offers.b200.order_window": {"to": "2026-09"}},
     "offers.b200.price", ["fetches", "buying to sell"]),
    ("thin-racks", {"sites.thin": {"like": "wet", "rack_power": "50 kW", "cooling": ["air", "liquid"],
     "capacity": {"power": "3 MW", "liquid_cooling": "3 MW"}}}, "sites.thin.rack_power",
     ["3 MW of liquid cooling, and a rack here cannot carry", "gb300-nvl72: it draws 140 kW per rack, a rack here"]),
    ("unsuited", {"sites.low": {"like": "hall", "fleet": [], "rack_height_units": 6}}, "sites.low.cooling",
     ["nothing that is on offer can stand here", "it is 10 units high, a rack here 6"]),
    ("few-racks", {"sites.wet.capacity.racks": 3}, "sites.wet.rack_power",
     ["3 racks of 150 kW carry 450 kW", "the site has 3 MW of power"]),
    ("kilowatts-for-a-fleet", {"sites.hall.capacity.power": "6 kW"}, "sites.hall.capacity.power",
     ["hall has 6 kW of power, and its standing systems need 204 kW", "did you mean 6 MW?"]),
    ("fleet-in-steps", {"sites.hall.capacity.power": {"2026-01": "6 MW", "2027-01": "90 kW"}},
     "sites.hall.capacity.power.2027-01", ["hall has 90 kW", "204 kW", "check the kW of the site"]),
    ("racks-of-a-fleet", {"sites.hall.capacity.racks": 3}, "sites.hall.capacity.racks",
     ["hall has 3 racks, and its standing systems need", "check the racks"]),
    ("past-window", {"programmes.grant.order_window": {"to": "2026-06"}}, "programmes.grant.order_window.to",
     ["orders count until 2026-06", "never pays: the horizon is 2026-07 to 2028-06"]),
    ("soon-over", {"programmes.grant.in_service_by": "2026-09"}, "programmes.grant.in_service_by",
     ["deliveries count until 2026-09", "the first one comes in"]),
    ("no-block", {"programmes.grant.categories": ["facility"]}, "programmes.grant.categories",
     ["pays for facility", "nothing of that kind"]),
    ("not-for-sale", {"programmes.grant.systems": ["h200-hgx8"]}, "programmes.grant.systems", ["no offer brings"]),
    ("elsewhere", {"programmes.grant.systems": ["gb300-nvl72"], "programmes.grant.sites": ["hall"]},
     "programmes.grant.sites", ["nothing of it comes"]),
    ("no-figure", {"workloads.od.metric": "fp64_pflops", "workloads.od.price": "3 EUR/PFLOPS-hour",
     "offers": {}, "programmes": {}, "systems.own": "own",
     "sites.hall.fleet": [{"system": "own", "quantity": 1, "arrives": "2026-01"}]},
     "workloads.od.metric", ["nothing can serve", "no system that stands or is on offer has a figure for fp64"]),
    ("too-small", {"workloads.od.memory_gb": 900_000}, "workloads.od.memory_gb", ["have not the memory"]),
    ("no-money", {"finance.opening_cash": "1 mn EUR", "sites.hall.fleet": [], "calendar.start": "2026-01",
     "calendar.period": "year",
     "offers.b200.lead_time": "0 months"}, "finance.opening_cash",
     ["1 mn EUR at the start, and no owner or lender brings any", "before its income"]),
    ("upside-down", {"finance.exchange_rates.USD": "1.16 EUR"}, "finance.exchange_rates.USD",
     ["1.16 EUR for one USD is most likely what one EUR costs in USD",
      "0.835 to 1.046 EUR from 2022-01-03 to 2026-10-30",
      "did you mean 0.862 EUR?"]),
    ("upside-down-later", {"finance.exchange_rates.USD": {"2026-07": "0.86 EUR", "2027-07": "1.17 EUR"}},
     "finance.exchange_rates.USD.2027-07", ["1.17 EUR for one USD"]),
    ("owners-last", {"finance.cost_of_equity": "9 %"}, "finance.cost_of_equity",
     ["owners expect 9 %, and capital as a whole costs 10 %", "lenders, who are paid first, ask for less"]),
    ("locked-late", {"finance.loans.bank": {"limit": "1 bn EUR", "rate": "4 %", "term": "3 years"},
     "finance.covenants": {"least_debt_service_cover": 1.3}, "finance.dividends": {"lock_up_cover": 1.3}},
     "finance.dividends.lock_up_cover",
     ["owners are paid from a cover of 1.3 on, and every year has to have 1.3", "locks nothing up"]),
    ("sparse-override", {"systems.b200-hgx8": {"performance": {"bf16_tflops_dense": 4500}}},
     "systems.b200-hgx8.performance.bf16_tflops_dense", ["2 times the 2250 of 'b200-hgx8'", "did you mean 2250"]),
    ("sparse-own", {"systems.my-h100": "own", "systems.my-h100.performance": {"bf16_tflops_dense": 1979}, "offers.own":
     {"system": "my-h100", "supplier": "C", "price": "300_000 USD", "lead_time": "1 month"}},
     "systems.my-h100.performance.bf16_tflops_dense", ["2 times the 989 of 'h100-hgx8'", "twice the dense one"]),
    ("per-kilowatt", {"systems.fast": "own", "systems.fast.performance": {"bf16_tflops_dense": 9000}, "offers.own":
     {"system": "fast", "supplier": "C", "price": "300_000 USD", "lead_time": "1 month"}},
     "systems.fast.performance.bf16_tflops_dense", ["per kW", "did you mean 4500, if that is the dense figure?"]),
]  # fmt: skip
TOLD_BY = {
    "offers_fit_a_site": ["no-site", "kilowatts-for-a-rack"],
    "offers_come_in_time": ["late", "closed"],
    "systems_are_not_bought_to_be_sold": ["resale"],
    "racks_bear_what_the_cooling_is_for": ["thin-racks"],
    "sites_suit_what_is_offered": ["unsuited"],
    "racks_can_take_the_power": ["few-racks"],
    "standing_systems_have_what_they_need": ["kilowatts-for-a-fleet", "fleet-in-steps", "racks-of-a-fleet"],
    "programmes_can_pay_for_something": ["past-window", "soon-over", "no-block", "not-for-sale", "elsewhere"],
    "workloads_can_be_served": ["no-figure", "too-small"],
    "orders_can_be_paid": ["no-money"],
    "rates_are_the_right_way_round": ["upside-down", "upside-down-later"],
    "owners_expect_more_than_capital_costs": ["owners-last"],
    "a_lock_up_asks_for_more_than_the_covenant": ["locked-late"],
    "throughput_is_dense": ["sparse-override", "sparse-own", "per-kilowatt"],
}
OWN = {
    "vendor": "x", "accelerators": 8, "performance": {"memory_gb": 48}, "price": {"typical": "290_000 USD"},
    "installation": {"power": "10 kW", "rack_units": 8, "cooling": ["air"]}, "useful_life": "5 years",
}  # fmt: skip


def with_changes(changes: dict[str, Any]) -> dict[str, Any]:
    case = copy.deepcopy(BASE)
    for path, value in changes.items():
        *above, last = path.split(".")
        place = case
        for key in above:
            place = place.setdefault(key, {})
        if value == "own":
            place[last] = copy.deepcopy(OWN)
        elif isinstance(value, dict) and "like" in value:
            place[last] = copy.deepcopy(place[value["like"]]) | {k: v for k, v in value.items() if k != "like"}
        elif isinstance(value, dict) and last == "performance":
            place[last] = place.get(last, {}) | value
        else:
            place[last] = value
    return case


def written(folder: Path, case: dict[str, Any]) -> Path:
    path = folder / "case.yaml"
    path.write_text(yaml.safe_dump(case, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def warned(folder: Path, case: dict[str, Any]) -> tuple[Caution, ...]:
    path = written(folder, case)
    return cautions_of(read_case(path), path)


def test_the_case_without_a_slip_is_silent(tmp_path: Path) -> None:
    assert warned(tmp_path, BASE) == ()


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_slip_is_told_once_with_its_line_and_reason(
    row: tuple[str, dict[str, Any], str, list[str]], tmp_path: Path
) -> None:
    name, changes, field, words = row
    path = written(tmp_path, with_changes(changes))
    reading = read_case(path)
    found = cautions_of(reading, path)
    assert [caution.field for caution in found] == [field]
    subject = Subject(reading.case, reading.provenance)
    (told,) = (check.__name__ for check in CHECKS if any(check(subject)))
    assert name in TOLD_BY[told]
    text = str(found[0])
    assert all(word in text for word in words), text
    lines = (tmp_path / "case.yaml").read_text(encoding="utf-8").splitlines()
    key = next(key for key in reversed(field.split(".")))
    assert key in lines[found[0].place.line - 1] or field.endswith("cooling")
    assert found[0].place.file == str(tmp_path / "case.yaml")


@pytest.mark.parametrize("row", [ROWS[0], ROWS[8], ROWS[19]], ids=lambda row: row[0])
def test_a_reason_lets_it_pass(row: tuple[str, dict[str, Any], str, list[str]], tmp_path: Path) -> None:
    case = with_changes(row[1]) | {"unusual": {row[2]: "meant so"}}
    assert warned(tmp_path, case) == ()


def test_every_check_has_a_row_and_every_row_its_check() -> None:
    assert set(TOLD_BY) == {check.__name__ for check in CHECKS}
    assert sorted(itertools.chain(*TOLD_BY.values())) == sorted(row[0] for row in ROWS)


REFERENCES = sorted(path for path in INPUTS.glob("*.yaml") if path.name not in ("hardware.yaml", "meti-pool.yaml"))


@pytest.mark.parametrize("path", [*REFERENCES, CASES / "tiny.yaml", CASES / "programmes.yaml"], ids=lambda p: p.stem)
def test_reference_cases_and_their_scenarios_are_silent(path: Path) -> None:
    ask = budget_to_ask(path)
    for scenario in (None, *ask().case.scenarios):
        assert cautions_of(ask(scenario), path) == (), scenario


def test_the_market_is_told_apart_from_itself_turned_round() -> None:
    for least, most in MARKET.values():
        assert 0 < least <= most < 2.5  # further apart, a rate that is turned round is refused already
        assert most / least < 1.5


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return loaded.run(*arguments, cwd=Path.cwd(), COLUMNS="200")


INPUTS = [
    ("min-fleet", 14, "did you mean 1.2 MW?"),
    ("min-nohost", 10, "'gb300-nvl72' fits no site"),
    ("x-no-money", 5, "no owner or lender brings any"),
]


@pytest.mark.parametrize(("name", "line", "words"), INPUTS)
def test_an_input_is_warned_about(name: str, line: int, words: str) -> None:
    path = FAULTS / f"{name}.yaml"
    (caution,) = cautions_of(read_case(path), path)
    assert caution.place.line == line
    assert words in str(caution)


def test_check_tells_and_counts_warnings_and_refuses_them_where_asked() -> None:
    path = str(FAULTS / "min-fleet.yaml")
    told, strict = command("check", path), command("check", path, "--strict")
    assert told.returncode == 0
    assert f"{path}: no mistakes found, 1 warning. min-fleet" in told.stdout
    assert told.stderr.startswith(f"1 warning about the input:\n{path}:14: sites.hall.capacity.power: hall has 1.2 kW")
    assert "    why: in 2026-10 b200-hgx8 stand there" in told.stderr
    assert (strict.returncode, strict.stdout) == (2, "")
    assert strict.stderr == f"{told.stderr}refused, since --strict makes warnings errors\n"


def test_a_plan_is_made_with_warnings_and_nothing_is_written_with_strict(tmp_path: Path) -> None:
    path, out = str(FAULTS / "min-nohost.yaml"), tmp_path / "out"
    strict = command(path, "--strict", "--output", str(out))
    assert (strict.returncode, strict.stdout, out.exists()) == (2, "", False)
    told = command(path, "--output", str(out))
    assert told.returncode == 0, told.stderr
    assert told.stderr.startswith("1 warning about the input:\n")
    assert (out / "plan.xlsx").exists()
    assert "Nothing is bought" in told.stdout


def test_a_delivery_date_before_the_horizon_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_case(FAULTS / "in-service-before-horizon" / "case.yaml")
    (fault,) = caught.value.faults
    assert (fault.field, fault.place.line) == ("programmes.grant.in_service_by", 112)
    assert "2020-01 is before the horizon, which starts in 2026-04" in fault.found
    assert fault.allowed == "2026-04 or later"
