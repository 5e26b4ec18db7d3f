"""What the reader says about a wrong value: each row changes the tiny case and names the words of the message."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.helpers import faults_of, line_of, read_text, said, tiny_with

CASH = "opening_cash: 3 bn JPY"
BLOCKS = "blocks: 1"
RATE = "discount_rate: 5 %"
START = "start: 2024-04"
NAME = "name: tiny"

VALUES = [
    # id, what stands in the file, what is put there, words of the message
    ("nan", CASH, "opening_cash: .nan", ["finance.opening_cash", "nan is not a finite number"]),
    ("infinite", "pue: 1.2", "pue: .inf", ["sites.north.pue", "not a finite number"]),
    ("overflow", "pue: 1.2", "pue: 1.0e+400", ["not a finite number"]),
    ("overflow-money", CASH, "opening_cash: 1e400 JPY", ["not a finite number"]),
    ("negative", "minimum_cash: 100 m JPY", "minimum_cash: -100 m JPY", ["is negative", "zero or more"]),
    ("inexact", "amount: 64", "amount: 9007199254740993", ["too large to be held exactly"]),
    ("inexact-money", CASH, "opening_cash: 9007199254740993 JPY", ["too large to be held exactly", "larger unit"]),
    ("huge-count", BLOCKS, f"blocks: 1{'0' * 30}", ["out of range", "10,000,000"]),
    ("endless-count", BLOCKS, f"blocks: 1{'0' * 5000}", ["is a number of 5,001 digits", "10,000,000"]),
    ("fraction", BLOCKS, "blocks: 3.5", ["3.5 is not a whole number"]),
    ("yes-no-as-count", BLOCKS, "blocks: true", ["is yes/no", "whole number"]),
    ("yaml-1.1-yes", BLOCKS, "blocks: yes", ["is the text 'yes'"]),
    ("sexagesimal", BLOCKS, "blocks: 1:30", ["is the text '1:30'"]),
    ("octal", BLOCKS, "blocks: 0777", ["is the text '0777'", "write 777"]),
    ("quoted", BLOCKS, 'blocks: "100"', ["is the text '100'", "without quotes"]),
    ("commas", "amount: 64", "amount: 1,000", ["write 1000"]),
    ("commas-money", CASH, "opening_cash: 1,000 JPY", ["commas", "write 1000 JPY"]),
    ("full-width", "amount: 64", "amount: １００", ["write 100"]),
    ("superscript", CASH, "opening_cash: 10² JPY", ["not a scale of money"]),
    ("percent-number", RATE, "discount_rate: 5", ["5 is more than the whole", "did you mean 5 %?"]),
    ("triangle", CASH, "opening_cash: △100 JPY", ["write -100 JPY"]),
    ("yen-sign", CASH, "opening_cash: ¥100", ["write 100 JPY"]),
    ("empty", CASH, "opening_cash:", ["finance.opening_cash", "value missing"]),
    ("no-currency", CASH, "opening_cash: 3 bn", ["has no currency", "such as JPY"]),
    ("bare-number", CASH, "opening_cash: 3000000000", ["stands without a unit", "20 bn JPY", "write 3 bn JPY"]),
    ("braces", CASH, "opening_cash: '{allowed} JPY'", ["'{allowed} JPY' is not a number"]),
    ("bare-power", "power: 10 kW", "power: 10200", ["10200 stands without a unit", "kW"]),
    ("watts", "power: 10 kW", "power: 10200 kW", ["systems.cube.installation.power", "implausible", "10,200 W?"]),
    ("per-what", "20 JPY/kWh", "20 JPY/MWh", ["sites.north.energy_price", "per MWh, not per kWh"]),
    ("unknown-field", "pue: 1.2", "pue: 1.2\n    pew: 1.2", ["unknown field 'pew'", "did you mean 'pue'?"]),
    ("unknown-optional", "resale:", "resall:", ["unknown field 'resall'", "did you mean 'resale'?"]),
    ("internal-name", "rack_power: 40 kW", "rack_power_kw: 40 kW", ["unknown field", "did you mean 'rack_power'?"]),
    ("unknown-section", "expansions:", "expansion:", ["unknown field 'expansion'", "did you mean 'expansions'?"]),
    ("yaml-1.1-key", BLOCKS, "blocks: 1\n    on: 5", ["unknown field 'on'"]),
    ("unknown-by-far", BLOCKS, "blocks: 1\n    zzz: 5", ["unknown field 'zzz'", "terminal_life"]),
    ("number-as-text", "vendor: Maker", "vendor: 1.10", ["bare number 1.1", "quotes"]),
    ("missing", "    region: hokkaido\n", "", ["sites.north.region", "value missing", "add `region:`"]),
    ("choice", "period: quarter", "period: quarters", ["month, quarter, half or year", "did you mean 'quarter'?"]),
    ("list-of-choices", "[systems, additions]", "[systems, addition]", ["categories.1", "did you mean 'additions'?"]),
    ("below-least", "pue: 1.2", "pue: 0.9", ["0.9 is less than 1"]),
    ("above-most", "periods: 8", "periods: 300", ["300 is more than 240"]),
    ("list-for-text", NAME, "name: [tiny]", ["name", "is a list"]),
    ("text-for-group", "payment:\n      at_order: 30 %", "payment: 30 %", ["group of fields, got the text '30 %'"]),
    (
        "text-for-section",
        "supply_chain_limits:\n  maker: 100 %",
        "supply_chain_limits: 5",
        ["expected a group of fields"],
    ),
    ("text-for-list", "tags: [maker]", "tags: maker", ["expected a list", "write [maker]"]),
    ("empty-months", "available: 10", "available: {}", ["offers.maker.available", "the group is empty"]),
    ("bad-month-key", "2024-07: 500 m JPY", "2024-7: 500 m JPY", ["finance.funding", "write 2024-07"]),
    ("no-such-day", START, "start: 2027-02-30", ["is not a month", "write 2027-02"]),
    ("no-such-month", START, "start: 2027-13", ["there is no month 2027-13"]),
    ("slashes", START, "start: 2027/04/01", ["is not a month", "write 2027-04"]),
    ("number-date", START, "start: 20270401", ["not a month", "YYYY-MM"]),
    ("era", START, "start: 令和9年4月1日", ["not a month", "write 2027-04"]),
    ("date-for-money", CASH, "opening_cash: 2027-04-01", ["is a date"]),
    ("fraction-of-more", RATE, "discount_rate: 4/3", ["lies outside 0 to 100 %"]),
    ("fraction-of-nothing", RATE, "discount_rate: 1/0", ["discount_rate"]),
    ("end-first", "to: 2025-03}", "to: 2023-03}", ["the end 2023-03 is before the start 2024-04"]),
    ("path-name", NAME, "name: ../../etc/x", ["not a safe name"]),
    ("slash-name", NAME, "name: a/b", ["not a safe name"]),
    ("no-name", NAME, 'name: ""', ["the name is empty"]),
    ("long-name", NAME, f"name: {'a' * 300}", ["300 characters", "64"]),
    ("formula-name", NAME, "name: =HYPERLINK(1)", ["not a safe name"]),
    ("line-in-name", NAME, 'name: "a\\nb"', ["invisible character U+000A"]),
    ("zero-width", NAME, 'name: "a\u200bb"', ["invisible character U+200B"]),
    ("unsafe-key", "  hall:", '  "h/all":', ["not a safe name"]),
    ("explicit-null", "region: hokkaido", "region: null", ["sites.north.region", "is missing"]),
    ("catalogue-path", 'catalogue: ""', "catalogue: ../x.yaml", ["catalogue", "not the name of a file"]),
    ("catalogue-missing", 'catalogue: ""', "catalogue: hard.yaml", ["no file 'hard.yaml' beside the case file"]),
]


@pytest.mark.parametrize(("old", "new", "words"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES])
def test_value_is_refused_in_plain_words(tmp_path: Path, old: str, new: str, words: list[str]):
    text = tiny_with((old, new))
    faults = faults_of(tmp_path, text)
    assert any(all(word in said(fault) for word in words) for fault in faults), faults
    assert all(0 < fault.place.line <= text.count("\n") for fault in faults)
    for jargon in ("Input should", "Field required", "valid dictionary", "Extra inputs", "pydantic", "Traceback"):
        assert not any(jargon in str(fault) for fault in faults)


ACCEPTED = [
    ("oku-yen", CASH, "opening_cash: 30 億円"),
    ("full-width-oku-yen", CASH, "opening_cash: ３０億円"),
    ("full-width-money", CASH, "opening_cash: ３　ｂｎ　ＪＰＹ"),
    ("parts-of-yen", CASH, "opening_cash: 29億10000万円"),
    ("percent", RATE, "discount_rate: 0.05"),
    ("fraction", RATE, "discount_rate: 1/20"),
    ("country-no", "region: hokkaido", "region: NO"),
    ("folded-text", "title: One of everything", "title: >\n  One of\n  everything"),
]


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_other_ways_of_writing_are_read(tmp_path: Path, old: str, new: str):
    case = read_text(tmp_path, tiny_with((old, new))).case
    assert case.finance.opening_cash.amount == 3e9
    assert case.finance.discount_rate == 0.05
    assert case.title == "One of everything"
    assert case.sites["north"].region in {"hokkaido", "NO"}


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path):
    text = tiny_with(
        (CASH, "opening_cash: 3 bn"),
        ("system: cube\n    supplier", "system: cubes\n    supplier"),
        ("pue: 1.2", "pue: high"),
        ("site: north", "site: nord"),
        (NAME, "name: a/b"),
        ("[systems, additions]", "[]"),
    )
    lines = {(fault.field, fault.place.line) for fault in faults_of(tmp_path, text)}
    assert lines == {
        ("finance.opening_cash", line_of(text, "opening_cash")),
        ("offers.maker.system", line_of(text, "system: cubes")),
        ("sites.north.pue", line_of(text, "pue: high")),
        ("expansions.hall.site", line_of(text, "site: nord")),
        ("name", line_of(text, "name: a/b")),
        ("programmes.grant.categories", line_of(text, "categories")),
    }


def test_a_mistake_in_an_entry_does_not_hide_a_name_that_nothing_has(tmp_path: Path):
    text = tiny_with(
        ("at_order: 30 %", "at_order: 30"),
        ("system: cube\n    supplier", "system: cubes\n    supplier"),
        ("pue: 1.2", "pue: high"),
        ("- system: cube", "- system: cub"),
        ("capex: 200 m JPY", "capex: 200"),
        ("site: north", "site: nord"),
        ("price: 400 JPY/accelerator-hour", "price: 400\n    efficiency: {quader: 1}"),
        ("rate: 50 %", "rate: half"),
        ("sites: [north]", "sites: [north, 5, a/b, south]"),
    )
    faults = faults_of(tmp_path, text)
    assert sorted(fault.field for fault in faults) == sorted(
        [
            "offers.maker.payment.at_order", "offers.maker.system",
            "sites.north.pue", "sites.north.fleet.0.system",
            "expansions.hall.capex", "expansions.hall.site",
            "workloads.rental.price", "workloads.rental.efficiency.quader",
            "programmes.grant.rate", "programmes.grant.sites.1", "programmes.grant.sites.2", "programmes.grant.sites.3",
        ]
    )  # fmt: skip


def test_a_missing_field_is_named_on_the_line_of_its_group(tmp_path: Path):
    text = tiny_with(("    capex: 200 m JPY\n", ""))
    (fault,) = faults_of(tmp_path, text)
    assert (fault.field, fault.place.line) == ("expansions.hall.capex", line_of(text, "  hall:"))


def test_a_doubled_or_empty_field_is_told_once(tmp_path: Path):
    (fault,) = faults_of(tmp_path, tiny_with((CASH, "opening_cash:")))
    assert fault.found == "value missing"
    (fault,) = faults_of(tmp_path, tiny_with((NAME, "name: tiny\nname: tiny")))
    assert "duplicate key 'name'" in fault.found
