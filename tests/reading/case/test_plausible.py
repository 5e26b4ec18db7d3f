"""Figures of a size that does not exist are refused, and let through where the case says why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from planner.case.case import Case
from planner.case.consistency.bounds import BOUNDS
from planner.case.consistency.hardware import draws_a_plausible_power
from planner.case.consistency.plausible import USD_PER_ACCELERATOR
from planner.case.quantities import Duration, Money, Rate
from planner.case.system import System
from planner.reading.case.fields import bare, fields_of, is_timeline, origin_of
from planner.reading.case.file import input_hash
from planner.reading.case.text import case_text
from planner.reading.packaged import packaged
from planner.reading.tree.nodes import plain
from planner.reading.tree.parse import parse_tree
from tests.reading.helpers import faults_of, line_of, read_text, said, tiny_with

RATE = "discount_rate: 5 %"


def bank(limit: str, rate: str, term: str) -> str:
    return f"{RATE}\n  loans:\n    bank: {{limit: {limit}, rate: {rate}, term: {term}}}"


def tax(rate: str, opening_loss: str, payment_lag: str) -> str:
    return f"{RATE}\n  tax: {{rate: {rate}, opening_loss: {opening_loss}, payment_lag: {payment_lag}}}"


OUTSIDE = [
    # what stands in the file, what is put there, field, words of the message
    (RATE, "discount_rate: 31 %", "finance.discount_rate", ["31 % is implausibly high", "0.05 % to 30 %"]),
    (RATE, "discount_rate: 0.05 %\n  public_money_ceiling: 0.5 %", "finance.public_money_ceiling", ["mean 50 %?"]),
    ("opening_cash: 3 bn JPY", "opening_cash: 3 JPY", "finance.opening_cash", ["3 JPY", "low", "scale"]),
    ("opening_cash: 3 bn JPY", "opening_cash: 3000 tn JPY", "finance.opening_cash", ["high", "50 tn JPY"]),
    ("FY2024: 2 bn JPY", "FY2024: 2_000 JPY", "finance.capex_limits.FY2024", ["2,000 JPY is implausibly low"]),
    ("2024-07: 500 m JPY", "2024-07: -500 JPY", "finance.funding.2024-07", ["500 JPY is implausibly low"]),
    (RATE, bank("1_000 JPY", "2 %", "5 years"), "finance.loans.bank.limit", ["1,000 JPY is implausibly low"]),
    (RATE, bank("1 bn JPY", "0.02 %", "5 years"), "finance.loans.bank.rate", ["did you mean 2 %?"]),
    (RATE, bank("1 bn JPY", "200/300", "5 years"), "finance.loans.bank.rate", ["66.67 % is implausibly high"]),
    (RATE, bank("1 bn JPY", "2 %", "600 months"), "finance.loans.bank.term", ["600 months", "long", "40 years"]),
    (RATE, bank("1 bn JPY", "2 %", "0 months"), "finance.loans.bank.term", ["short", "1 month to"]),
    (RATE, tax("0.3 %", "1 bn JPY", "2 months"), "finance.tax.rate", ["did you mean 30 %?"]),
    (RATE, tax("30 %", "1 JPY", "2 months"), "finance.tax.opening_loss", ["low"]),
    (RATE, tax("30 %", "1 bn JPY", "30 months"), "finance.tax.payment_lag", ["long"]),
    (RATE, RATE + "\n  depreciation: {systems: 5 weeks}", "finance.depreciation.systems", ["5 weeks", "short"]),
    (RATE, RATE + "\n  depreciation: {facility: 150 years}", "finance.depreciation.facility", ["150 years", "long"]),
    ("power: 10 kW", "power: 0.01 kW", "systems.cube.installation.power", ["implausible", "is it 0.01 MW?"]),
    ("useful_life: 5 years", "useful_life: 50 years", "systems.cube.useful_life", ["50 years is implausibly long"]),
    ("bf16_tflops_dense: 1000", "bf16_tflops_dense: 1", "systems.cube.performance.bf16_tflops_dense", ["TFLOPS"]),
    ("maintenance_per_year: 2 %", "maintenance_per_year: 50 %", "systems.cube.maintenance_per_year", ["high"]),
    ("maintenance_per_year: 2 %", "availability: 0.9 %", "systems.cube.availability", ["did you mean 90 %?"]),
    ("2025-04: 290_000 USD", "2025-04: 290 k USD\n    lead_time: 90 months", "offers.maker.lead_time", ["long"]),
    ("at_order: 30 %", "at_order: 0.3 %", "offers.maker.payment.at_order", ["did you mean 30 %?"]),
    ("2025-04: 200 kW", "2025-04: 200 GW", "sites.north.capacity.power.2025-04", ["200,000,000 kW", "kW or MW"]),
    ("2025-04: 200 kW", "2025-04: 200 W", "sites.north.capacity.power.2025-04", ["0.2 kW is implausibly low"]),
    ("rack_power: 40 kW", "rack_power: 40 MW", "sites.north.rack_power", ["one rack"]),
    ("pue: 1.2", "pue: 2.6", "sites.north.pue", ["2.6 is implausibly high"]),
    ("20 JPY/kWh", "20 USD/kWh", "sites.north.energy_price", ["20 USD/kWh is implausibly high", "per kWh"]),
    ("20 JPY/kWh", "20 JPY/kWh\n    rent: 20 JPY/kW-month", "sites.north.rent", ["low"]),
    ("400 JPY/acc", "400 USD/acc", "workloads.rental.price", ["high", "one hour"]),
    ("rate: 50 %", "rate: 0.5 %", "programmes.grant.rate", ["did you mean 50 %?"]),
    ("rate: 50 %", "rate: 1", "programmes.grant.rate", ["100 % is implausibly high"]),
    ("operator_cap: 1 bn JPY", "operator_cap: 1 JPY", "programmes.grant.operator_cap", ["low"]),
    ("USD: 150 JPY", "USD: 15 JPY", "finance.exchange_rates.USD", ["15 JPY for one USD is implausible", "30 and 7"]),
    ("capex: 200 m JPY", "capex: 20 tn JPY", "expansions.hall.capex", ["per kW is implausibly high"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "field", "words"), OUTSIDE, ids=[f"{row[2]}-{row[3][0]}" for row in OUTSIDE])
def test_what_is_implausible_is_refused_and_let_through_with_a_reason(tmp_path, old, new, field, words):
    faults = faults_of(tmp_path, tiny_with((old, new)))
    told = [fault for fault in faults if fault.field == field and all(word in said(fault) for word in words)]
    assert len(told) == 1, [said(fault) for fault in faults]
    assert [fault.field for fault in faults].count(field) == 1
    way_out = f"unusual: {{{field}: the reason}}"
    assert way_out in told[0].remedy
    with_reason = tiny_with((old, new), ("workloads:\n", f"{way_out}\nworkloads:\n"))
    case = read_text(tmp_path, with_reason).case
    assert case.unusual == {field: "the reason"}


def test_a_reason_covers_all_months_of_its_figure_and_no_other_figure(tmp_path: Path):
    cheap = ("2024-04: 310_000 USD", "2024-04: 1_000 USD")
    wrong = ("pue: 1.2", "pue: 2.6")
    reason = ("workloads:\n", "unusual: {offers.maker.price: used, sites.north.fleet.0.quantity: many}\nworkloads:\n")
    assert [fault.field for fault in faults_of(tmp_path, tiny_with(cheap, wrong, reason))] == ["sites.north.pue"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("sites.nord.pue", ["has no 'nord'", "did you mean 'north'?"]),
        ("sites.north.pew", ["no field 'pew'", "did you mean 'pue'?"]),
        ("sites.north.rent", ["not stated"]),
        ("sites.north", ["a group of figures", "sites.north.region"]),
        ("finance.resale", ["a group of figures"]),
        ("offers.maker.price.2026-04", ["has no '2026-04'", "2024-04 or 2025-04"]),
        ("nowhere", ["no field 'nowhere'"]),
    ],
)
def test_a_reason_for_nothing_is_refused(tmp_path, path, words):
    text = tiny_with(("workloads:\n", f"unusual:\n  {path}: because\nworkloads:\n"))
    (fault,) = faults_of(tmp_path, text)
    assert fault.field == f"unusual.{path}"
    assert all(word in said(fault) for word in words), said(fault)
    assert fault.place.line == line_of(text, f"  {path}: because")


def test_a_reason_does_not_change_the_hash_and_goes_out_and_in(tmp_path: Path):
    reading = read_text(tmp_path, tiny_with(("workloads:\n", "unusual: {sites.north.pue: draughty}\nworkloads:\n")))
    assert reading.case.unusual == {"sites.north.pue": "draughty"}
    assert reading.input_hash == read_text(tmp_path, tiny_with()).input_hash
    again = read_text(tmp_path, case_text(reading.case, reading.provenance))
    assert again.case == reading.case
    assert input_hash(again.case) == reading.input_hash


def test_a_scenario_may_remove_what_a_reason_is_for_and_give_reasons_of_its_own(tmp_path: Path):
    reason = ("workloads:\n", "unusual: {programmes.grant.rate: pilot}\nworkloads:\n")
    case = read_text(tmp_path, tiny_with(reason), scenario="no-grant").case
    assert case.unusual == {}
    hot = ("  no-grant:\n", "  hot:\n    set:\n      sites.north.pue: 2.6\n"
           "      unusual.sites.north.pue: a tent\n  no-grant:\n")  # fmt: skip
    assert read_text(tmp_path, tiny_with(hot), scenario="hot").case.unusual == {"sites.north.pue": "a tent"}


def test_a_faulty_budget_does_not_hide_a_missing_rate(tmp_path: Path):
    faults = faults_of(
        tmp_path,
        tiny_with(
            ("opening_cash: 3 bn JPY", "opening_cash: 3 bn"),
            (RATE, bank("1 bn JPY", "high", "5 years")),
            ("capex: 200 m JPY", "capex: 2 m EUR"),
        ),
    )
    fields = {fault.field for fault in faults}
    assert fields == {"finance.opening_cash", "finance.loans.bank.rate", "expansions.hall.capex"}


def test_every_system_of_the_catalogue_is_plausible():
    root, _ = parse_tree(packaged("hardware.yaml").read_text(encoding="utf-8"), "hardware.yaml")
    for name, raw in plain(root)["systems"].items():
        system = System.model_validate(raw, by_alias=True, by_name=False)
        price = system.price.typical
        assert draws_a_plausible_power(system), name
        assert price is None or USD_PER_ACCELERATOR[0] <= price.amount / system.accelerators <= USD_PER_ACCELERATOR[1]


BOUNDED_ELSEWHERE = {
    "finance.exchange_rates.*",  # against what the two currencies usually are worth
    "finance.resale.*.share", "systems.*.resale.*.share",  # falls with age
    "systems.*.price.low", "systems.*.price.typical", "systems.*.price.high", "offers.*.price",  # per accelerator
    "systems.*.installation.power",  # per accelerator
    "frozen.draws.*.money", "frozen.repayments.*.money",  # as they are; the limit of the loan bounds them
}  # fmt: skip


def test_every_figure_with_a_unit_has_a_bound():
    """A new field of money, time, power or a share needs a thought about which sizes of it exist."""
    known = dict(_patterns(Case, ""))
    measured = {pattern for pattern, annotation in known.items() if annotation in (Money, Rate, Duration)}
    measured |= {pattern for pattern in known if pattern.endswith(("rate", "share", "_limit", "power"))}
    measured -= {"objective", "catalogue"}
    assert measured - BOUNDED_ELSEWHERE <= set(BOUNDS)
    assert set(BOUNDS) <= set(known)


def _patterns(annotation: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every figure that a case may hold, as the bounds name it, with the type of its value."""
    here = bare(annotation)
    if fields := fields_of(here):
        if here in (Money, Rate, Duration):
            yield path, here
            return
        for name, field in fields.items():
            yield from _patterns(field.annotation, f"{path}.{name}" if path else name)
    elif is_timeline(here):
        yield path, bare(get_args(here)[0])
    elif origin_of(here) in (dict, tuple):
        yield from _patterns(get_args(here)[1 if origin_of(here) is dict else 0], f"{path}.*")
    else:
        yield path, here
