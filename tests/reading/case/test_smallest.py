"""What a reader is shown who left a field or a section out, misspelt it, or wrote a unit that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args

import pytest
import yaml
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from planner.case.case import Case
from planner.case.quantities import Duration, Money, Noun, PerPeriod, PowerKw, Size
from planner.case.quantities.rates import parse_rate
from planner.errors import Fault, InputError
from planner.reading.budget import read_case
from planner.reading.case.fields import bare, fields_of, is_group
from planner.reading.case.smallest import smallest, smallest_field
from planner.reading.packaged import packaged
from tests.places import TINY

STARTER = packaged("starter.yaml").read_text(encoding="utf-8")
QUANTITIES = (Money, Duration)
UNKNOWABLE = {"value", "effects", "performance", "installation"}
"""A discrete outcome and the effect of an event, which hang on what stands beside them; data sheets of a system."""


def groups(hint: Any = Case, seen: tuple[Any, ...] = ()) -> Iterator[type[Noun]]:
    """Every noun of a case file."""
    plain = bare(hint)
    if is_group(plain) and plain not in (*seen, *QUANTITIES) and plain.__module__ != "planner.case.quantities.rates":
        yield plain
        for field in fields_of(plain).values():
            yield from groups(field.annotation, (*seen, plain))
    elif not is_group(plain):
        for part in get_args(plain):
            yield from groups(part, seen)


FIELDS = {
    f"{group.__name__}.{name}": (name, field)
    for group in groups()
    for name, field in fields_of(group).items()
    if field.is_required()
}


def test_every_noun_that_a_file_may_hold_is_met() -> None:
    assert {"Case.sites", "Site.capacity", "Loan.limit", "Programme.rate", "Workload.amount"} <= FIELDS.keys()
    assert len(FIELDS) > 60


@pytest.mark.parametrize("key", FIELDS)
def test_the_smallest_of_every_field_that_has_to_be_there_is_read(key: str) -> None:
    name, field = FIELDS[key]
    example = smallest_field(name, field)
    if name in UNKNOWABLE:
        return
    content = yaml.safe_load(example)[name]
    hint: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    TypeAdapter(hint).validate_python(content, by_alias=True, by_name=False)


def faults(tmp_path: Path, text: str) -> tuple[Fault, ...]:
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_case(file)
    return raised.value.faults


def without(section: str) -> str:
    return re.sub(rf"^{section}:.*?(?=^[a-z]|\Z)", "", STARTER, count=1, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("section", ["calendar", "finance", "sites", "workloads"])
def test_a_missing_section_is_one_mistake_and_shows_the_smallest_that_is_read(tmp_path: Path, section: str) -> None:
    (fault,) = faults(tmp_path, without(section))
    assert (fault.field, fault.found) == (section, "value missing")
    example = fault.remedy.partition("such as `")[2].rstrip("`")
    file = tmp_path / "case.yaml"
    file.write_text(f"{without(section)}\n{example}\n", encoding="utf-8")
    try:
        read_case(file)
    except InputError as error:  # names of the rest of the starter that are not in the example
        others = ("is not defined", "nothing is stated", "outside the horizon", "no exchange rate")
        assert [one.found for one in error.faults if not any(words in one.found for words in others)] == []


@pytest.mark.parametrize("section", ["calendar", "finance", "sites", "workloads", "programmes", "offers", "expansions"])
def test_a_misspelt_section_is_one_mistake(tmp_path: Path, section: str) -> None:
    (fault,) = faults(tmp_path, STARTER.replace(f"\n{section}:", f"\n{section[:-1]}x:"))
    assert fault.found == f"unknown field '{section[:-1]}x'"
    assert fault.remedy == f"did you mean '{section}'?"


@pytest.mark.parametrize("field", ["opening_cash", "discount_rate", "start", "pue", "energy_price", "metric"])
def test_a_misspelt_field_that_has_to_be_there_is_one_mistake(tmp_path: Path, field: str) -> None:
    (fault,) = faults(tmp_path, STARTER.replace(f" {field}:", f" {field}s:", 1))
    assert fault.remedy == f"did you mean '{field}'?"


def test_a_field_that_is_missing_beside_another_unknown_one_stays_a_mistake(tmp_path: Path) -> None:
    found = faults(tmp_path, STARTER.replace(" opening_cash:", " colour:", 1))
    assert [one.found for one in found] == ["value missing", "unknown field 'colour'"]


@pytest.mark.parametrize(
    "text",
    ["sites:\n", "sites:\n  tokyo:\n", "sites: 5\n", "sites: {}\n"],
)
def test_an_empty_section_and_an_empty_entry_show_what_could_stand_there(tmp_path: Path, text: str) -> None:
    found = faults(tmp_path, without("sites") + text)
    assert any("capacity: {power: 6 MW}" in one.remedy for one in found)


def test_what_stands_for_a_section_is_in_the_currency_of_the_case(tmp_path: Path) -> None:
    text = without("sites").replace("currency: JPY", "currency: USD", 1)
    assert any("USD/kWh" in one.remedy for one in faults(tmp_path, text))


def remedy(parse: Any, text: str) -> str:
    try:
        parse(text)
    except PydanticCustomError as error:
        return (error.context or {})["remedy"]
    except ValueError as error:
        (one,) = error.errors()  # type: ignore[attr-defined]
        return str(one["ctx"]["remedy"])
    raise AssertionError(f"{text} is read")


def energy_price(text: str) -> object:
    return parse_rate(text, ("kWh",))


def rent(text: str) -> object:
    return parse_rate(text, ("kW-month",))


def compute_price(text: str) -> object:
    return parse_rate(text, ("accelerator-hour", "PFLOPS-hour"))


power, per_period = (TypeAdapter(kind).validate_python for kind in (PowerKw, PerPeriod))


@pytest.mark.parametrize(
    ("parse", "text", "meant"),
    [
        (power, "30 MWh", "did you mean 30 MW?"),
        (power, "30 megawatts", "did you mean 30 MW?"),
        (power, "30 HP", ""),
        (Duration.parse, "6 mths", "write 6 months"),
        (Duration.parse, "6 mnths", "did you mean 6 months?"),
        (Duration.parse, "3 quarters", "did you mean 9 months?"),
        (Duration.parse, "6 m", ""),
        (Money.parse, "8 bn JPYY", "did you mean 8 bn JPY?"),
        (Money.parse, "8 bn jpyy", "did you mean 8 bn JPY?"),
        (Money.parse, "8 mn yens", "did you mean 8 mn JPY?"),
        (Money.parse, "8 bn", "end with the currency code that is meant, such as JPY"),
        (energy_price, "18 JPY/kwh", "did you mean 18 JPY/kWh?"),
        (energy_price, "18_000 JPY/MWh", "did you mean 18 JPY/kWh?"),
        (energy_price, "18 JPYY/MWh", "did you mean 18 JPY/kWh?"),
        (energy_price, "18 JPY per kWh", "did you mean 18 JPY/kWh?"),
        (rent, "20_000 JPY/kW/month", "did you mean 20_000 JPY/kW-month?"),
        (compute_price, "400 JPY/GPU-hour", "did you mean 400 JPY/accelerator-hour?"),
        (per_period, "60 per quater", "did you mean 60 per quarter?"),
        (Size.parse, "3 mths", "did you mean 3 months?"),
        (Size.parse, "1 MWh", "did you mean 1 MW?"),
    ],
)
def test_a_unit_that_is_none_is_answered_with_the_one_that_is_meant(parse: Any, text: str, meant: str) -> None:
    assert remedy(parse, text) == meant


def test_an_entry_is_shown_with_its_own_name() -> None:
    assert smallest("osaka", bare(fields_of(Case)["workloads"].annotation)).startswith("osaka: {")


EMPTIED = {
    "sites": ("no site is described", "`sites: {tokyo: {"),
    "workloads": ("there is nothing to plan for: no workload", "`workloads: {training: {"),
}


@pytest.mark.parametrize("section", EMPTIED)
def test_an_empty_section_is_one_mistake_with_the_example_of_a_missing_one(tmp_path: Path, section: str) -> None:
    """What names its entries, in the case and in its scenarios, says nothing further."""
    scenario = f"scenarios:\n  dear:\n    set:\n      {section}.{FIRST[section]}.source: paper\n"
    text = re.sub(r"^scenarios:.*\n", scenario, without(section), flags=re.MULTILINE)
    (fault,) = faults(tmp_path, f"{text}\n{section}: {{}}\n")
    found, example = EMPTIED[section]
    assert (fault.field, fault.found) == (section, found) and example in fault.remedy
    (missing,) = faults(tmp_path, without(section))
    shown = missing.remedy.partition("such as `")[2].rstrip("`")
    assert f"write `{shown}` with your own figures" in fault.remedy


FIRST = {section: next(iter(yaml.safe_load(STARTER)[section])) for section in EMPTIED}
"""The first entry of each section of the starter."""


def test_systems_that_are_named_where_none_is_described_are_one_mistake(tmp_path: Path) -> None:
    text = TINY.read_text(encoding="utf-8")
    bare_text = re.sub(r"^systems:\n.*?(?=^offers:)", "systems: {}\n", text, flags=re.MULTILINE | re.DOTALL)
    (fault,) = faults(tmp_path, bare_text)
    assert fault.field == "systems"
    assert fault.found == ("no system is defined, and 'cube' is named in 2 places, first in offers.maker.system")
    assert fault.remedy == "describe it under `systems:`"
    both = faults(tmp_path, bare_text.replace("site: north", "site: nord"))
    assert [one.field for one in both] == ["systems", "expansions.hall.site"]  # two mistakes of two causes


def test_what_changes_an_entry_of_a_section_without_a_value_says_nothing_further(tmp_path: Path) -> None:
    text = re.sub(r"^offers:\n.*?(?=^sites:)", "offers:\n", TINY.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    (fault,) = faults(tmp_path, text)
    assert (fault.field, fault.found) == ("offers", "value missing")
    found = faults(tmp_path, text.replace("offers:\n", "offers: {}\n", 1))
    assert [one.remedy for one in found] == [
        "give an offer this tag, or name another tag",
        "describe 'maker' there, or leave this out",
    ]
