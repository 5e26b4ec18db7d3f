"""All mistakes in one go: beside a value that cannot be read, everything is told that does not depend on it.

Each row of the consistency tests meets each value of the tiny case, spoilt. What is told of the pair is what is told of
the two by themselves: nothing less, but where the finding needs the spoilt value, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from planner.errors import InputError, Place
from planner.reading.budget import read_case
from planner.reading.case.file import reading_of
from planner.reading.tree.nodes import Node, nearest
from planner.reading.tree.parse import parse_tree
from planner.report.template.book import write_template
from tests.places import TINY
from tests.reading.case.test_consistency import ROWS
from tests.reading.helpers import faults_of, read_text, tiny_with

Keys = tuple[str, ...]
HORIZON = [
    "added-before",
    "added-too-long",
    "added-in-parts",
    "taxed-fleet",
    "straddle",
    "capex-year",
    "cap-year",
    "funding",
    "early-funding",
    "energy-late",
    "price-late",
    "amount-late",
    "installed-by",
    "opens-late",
    "obligation-late",
    "varies-later",
    "window-late",
    "window-between",
    "old-fleet",
    "rate-late",
    "draw-between",
    "interest-late",
    "owed-interest-late",
    "useless-loan",
    "tax-late",
    "taken-off-twice",
    "paid-before-and-done",
    "frozen-too-late",
    "cheap",
    "frozen-for-good",
    "frozen-before",
    "frozen-inside",
    "frozen-afterwards",
    "frozen-too-late",
    "frozen-exits",
]
CURRENCY = [
    "no-rate",
    "rate-in-dollar",
    "rate-of-own",
    "rate-turned",
    "rate-zero",
    "owed",
    "loan-currency",
    "book-currency",
    "cheap",
]
NEEDS: dict[str, list[str]] = {
    # what cannot be read: the findings that need it
    "calendar": HORIZON,
    "finance.currency": CURRENCY,
    "finance.exchange_rates.USD": ["cheap"],
    "finance.resale": ["resale-age", "resale-share"],
    "systems.cube.accelerators": ["cheap", "hot-fleet", "cheap-catalogue"],
    "systems.cube.lead_time": ["frozen-too-late"],
    "systems.cube.useful_life": ["old-fleet", "retention", "retention-of-additions"],
    "systems.cube.lead_time.typical": ["frozen-too-late"],
    "systems.cube.installation.power": ["hot-fleet"],
    "systems.cube.installation.rack_units": ["high-fleet"],
    "systems.cube.price.floor_per_accelerator": ["cheap"],
    "offers.maker.system": ["frozen-too-late", "no-lead", "retention", "retention-of-additions", "cheap", "dear"],
    "offers.maker.price.2024-04": ["one-currency"],
    "offers.maker.tags": ["tag"],
    "sites.north.region": ["programme-region", "workload-region"],
    "sites.north.opens": ["energy-late"],
    "sites.north.cooling": ["wet-fleet", "no-heat"],
    "sites.north.fleet.0.system": ["old-fleet", "frozen-exits"],
    "sites.north.fleet.0.arrives": ["frozen-exits"],
    "sites.north.fleet.0.quantity": ["frozen-exits"],
    "sites.north.fleet.0": ["taxed-fleet"],
    "expansions.hall.site": ["unlimited-racks"],
    "expansions.hall.blocks": ["frozen-blocks"],
    "offers.maker.available": ["frozen-too-many"],
    "expansions.hall.adds.power": ["cheap-block"],
    "programmes.grant.categories": ["retention", "taken-off-twice"],
    "programmes.grant.rate": ["taken-off-twice"],
    "programmes.grant.order_window": ["taken-off-twice"],
    "programmes.grant.obligations.0.from": ["obligation-ends"],
}
NOT_OF_THE_PLAN = ("scenarios", "catalogue")
"""Where the catalogue cannot be read, nobody knows what the systems are."""
STEP = 7
"""Of the pairs every seventh is tried; another one in each row."""


def values_of(node: Node, path: Keys = ()) -> Iterator[Keys]:
    """The paths of all single values."""
    if isinstance(node.value, dict | list):
        for key, child in node.children():
            yield from values_of(child, (*path, key))
    elif path[0] not in NOT_OF_THE_PLAN:
        yield path


def spoilt(node: Node, path: Keys) -> Node:
    """A copy of the tree with a value that the field cannot have."""
    if not path:
        return Node("soon" if isinstance(node.value, int | float) or node.value[0:1].isdigit() else 5, node.place)
    key, rest = path[0], path[1:]
    if isinstance(node.value, list):
        items = list(node.value)
        items[int(key)] = spoilt(items[int(key)], rest)
        return Node(items, node.place, node.source)
    return Node({**node.group, key: spoilt(node.group[key], rest)}, node.place, node.source)


def told(root: Node) -> set[str]:
    """The fields of all faults."""
    try:
        reading_of(root, [], Path("nowhere"))
    except InputError as error:
        return {fault.field for fault in error.faults}
    return set()


@cache
def tiny() -> Node:
    return parse_tree(TINY.read_text(encoding="utf-8"), "case.yaml")[0]


def test_one_value_that_cannot_be_read_is_one_fault():
    """No check comes to a finding by what stands in its place."""
    for path in values_of(tiny()):
        assert told(spoilt(tiny(), path)) == {".".join(path)}


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row[0] for row in ROWS])
def test_what_does_not_depend_on_a_wrong_value_is_told_with_it(number: int):
    name, old, new, field, _ = ROWS[number]
    root = parse_tree(tiny_with((old, new)), "case.yaml")[0]
    alone = told(root)
    for path in list(values_of(tiny()))[number % STEP :: STEP]:
        text = ".".join(path)
        if nearest(root, path).value != nearest(tiny(), path).value or f"{field}.".startswith(f"{text}."):
            continue  # it is the change itself
        if f"{text}.".startswith(f"{field}."):
            continue
        both = told(spoilt(root, path))
        assert both <= alone | {text}, path
        needed = any(name in names for start, names in NEEDS.items() if f"{text}.".startswith(f"{start}."))
        assert needed or field in both, path


MISSPELT = {
    # a misspelt or missing field is not known: nothing is concluded from its absence
    "retention": ("retention: 3 years", "retenton: 3 years\n    early_exit: repay_all", "programmes.grant.retenton"),
    "price": ("price: 400 JPY/a", "prise: 400 JPY/a", "workloads.rental.prise"),
    "rates": ("exchange_rates:", "exchange_rate:", "finance.exchange_rate"),
    "offers": ("offers:\n", "offer:\n", "offer"),
    "rate-code": ("USD: 150 JPY", "usd: 150 JPY", "finance.exchange_rates.usd"),
    "reason": ("workloads:", "unusual: {sites.north.pue: 5}\nworkloads:", "unusual.sites.north.pue"),
    "no-group": ("programmes:\n", "programmes:\n  town: {rate: 5 %, categories: [systems], after: [city]}\n  city: 5\n",
                 "programmes.city"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISSPELT)
def test_nothing_is_concluded_from_a_misspelt_field(case: str, tmp_path: Path):
    old, new, field = MISSPELT[case]
    pue = [("pue: 1.2", "pue: 2.6")] if case == "reason" else []
    told = [fault.field for fault in faults_of(tmp_path, tiny_with((old, new), *pue))]
    assert [one for one in told if not one.startswith("scenarios.")] == [field]


def test_a_field_without_a_value_is_not_taken_as_left_out(tmp_path: Path):
    text = tiny_with(("    price: 400 JPY/accelerator-hour", "    price:"))
    assert [(fault.field, fault.found) for fault in faults_of(tmp_path, text)] == [
        ("workloads.rental.price", "value missing")
    ]


def test_a_scenario_with_a_wrong_value_tells_all_the_rest_too(tmp_path: Path):
    text = tiny_with(
        (
            "      programmes.grant: null",
            "      programmes.grant.rate: much\n      programmes.grant.retention: 6 years",
        ),
    )
    read_text(tmp_path, text)  # the base is right
    faults = faults_of(tmp_path, text, scenario="no-grant")
    assert [fault.field for fault in faults] == ["programmes.grant.rate", "programmes.grant.retention"]
    assert {fault.place for fault in faults} == {Place(str(tmp_path / "case.yaml"), line) for line in (120, 121)}


def test_a_cell_that_cannot_be_read_hides_nothing_else_and_adds_nothing(tmp_path: Path):
    path = tmp_path / "budget.xlsx"
    write_template(path, read_case(TINY))
    book = openpyxl.load_workbook(path)
    for sheet, header, value in (
        ("Programmes", "rate", "much"),
        ("Programmes", "retention", "6 years"),
        ("Workloads", "price", "abc"),  # not left out: nobody is told that a price is missing
    ):
        cells = {str(cell.value).split("\n")[0]: cell for row in book[sheet].iter_rows() for cell in row if cell.value}
        book[sheet].cell(cells[header].row + 1, cells[header].column).value = value
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_case(path)
    fields = ["programmes.grant.rate", "programmes.grant.retention", "workloads.rental.price"]
    assert sorted(fault.field for fault in caught.value.faults) == fields
