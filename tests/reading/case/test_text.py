"""A case that is written out and read again is the same case, with the same fingerprint and the same sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case.case import Case
from planner.case.quantities import Duration
from planner.reading.budget import read_case
from planner.reading.case.file import Reading, input_hash
from planner.reading.case.per_period import for_its_periods
from planner.reading.case.text import NO_SOURCE, case_text
from planner.reading.tree.nodes import plain
from planner.reading.tree.parse import parse_tree
from tests.places import INPUTS, REFERENCE, TINY
from tests.reading.helpers import read_text, tiny_with
from tests.rival.generator import tiny_case

FILES = [
    TINY,
    TINY.with_name("programmes.yaml"),
    REFERENCE,
    INPUTS / "starter.yaml",
]


def without_catalogue(case: Case) -> Case:
    """The case but for the name of its catalogue, which a case that is written out does not need."""
    return case.model_copy(update={"catalogue": ""})


def sources(reading: Reading) -> dict[str, str]:
    # Of figures: a group that the case lays over the catalogue's has no source of its own until it is written out.
    paths = reading.provenance
    groups = {path.rpartition(".")[0] for path in paths}
    return {path: origin.source for path, origin in paths.items() if path != "catalogue" and path not in groups}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_that_is_written_out_is_the_same_case(file: Path, tmp_path: Path) -> None:
    first = read_case(file)
    text = case_text(first.case, first.provenance)
    again = read_text(tmp_path, text)
    assert again.case == without_catalogue(first.case)
    assert again.input_hash == first.input_hash
    assert list(again.case.offers) == list(first.case.offers)
    assert sources(again) == sources(first)
    assert case_text(again.case, again.provenance) == text


@pytest.mark.parametrize("scenario", list(read_case(FILES[1]).case.scenarios))
def test_scenarios_can_still_be_applied(scenario: str, tmp_path: Path) -> None:
    base = read_case(FILES[1])
    again = read_text(tmp_path, case_text(base.case, base.provenance), scenario)
    assert again.input_hash == read_case(FILES[1], scenario).input_hash
    assert again.scenario == scenario


@pytest.mark.parametrize("number", range(30))
def test_generated_cases_come_back(number: int) -> None:
    """Some of them are drawn past what the reader accepts, so the text is held against the nouns alone."""
    case = tiny_case(number)
    root, faults = parse_tree(case_text(case, {}), "generated")
    assert faults == []
    again = Case.model_validate(plain(for_its_periods(root)[0]), by_alias=True, by_name=False)
    assert again == without_catalogue(case)
    assert input_hash(again) == input_hash(case)


@pytest.mark.parametrize(
    "title",
    [
        "- no: list",
        "a # b",
        "yes",
        "null",
        "12",
        "1e3",
        "2024-04",
        ' "quoted" \\ ',
        "=1+1",
        "日本 — plan",
        "{a}",
        "'",
        "_x0041_",
    ],
)
def test_any_text_comes_back(title: str, tmp_path: Path) -> None:
    first = read_case(TINY)
    case = first.case.model_copy(update={"title": title})
    assert read_text(tmp_path, case_text(case, first.provenance)).case == case


def test_a_figure_without_a_source_does_not_borrow_one(tmp_path: Path) -> None:
    (tmp_path / "metal.yaml").write_text(
        "systems:\n  cube:\n    vendor: Maker\n    accelerators: 8\n    useful_life: 5 years\n"
        "    performance: {bf16_tflops_dense: 1000, memory_gb: 80, source: data sheet}\n"
        "    installation: {power: 10 kW, rack_units: 8, cooling: [air]}\n"
        "    price: {typical: 300_000 USD}\n    lead_time: {typical: 3 months}\n    additions: {typical: 10 %}\n",
        encoding="utf-8",
    )
    text = TINY.read_text(encoding="utf-8")
    start, end = text.index("systems:"), text.index("offers:")
    own = "systems: {cube: {performance: {memory_gb: 96}}}\n\n"
    text = text[:start].replace('catalogue: ""', "catalogue: metal.yaml") + own + text[end:]
    first = read_text(tmp_path, text)
    again = read_text(tmp_path, case_text(first.case, first.provenance))
    assert again.provenance["systems.cube.performance.memory_gb"].source == NO_SOURCE
    assert again.provenance["systems.cube.performance.bf16_tflops_dense"].source == "data sheet"


def test_a_scenario_that_needs_the_catalogue_is_named_and_left_out(tmp_path: Path) -> None:
    text = tiny_with(('catalogue: ""', "catalogue: hardware.yaml"))
    text = text[: text.index("scenarios:")] if "scenarios:" in text else text
    text += "scenarios: {other: {set: {systems.b200-hgx8.availability: 90 %}}}\n"
    first = read_text(tmp_path, text)
    written = case_text(first.case, first.provenance)
    assert "Left out: scenario other" in written
    assert read_text(tmp_path, written).input_hash == first.input_hash


def test_durations_are_written_exactly() -> None:
    for text in ("26 weeks", "1 month", "26.1234567 weeks", "1234567 days"):
        assert str(Duration.parse(text)) == text
        assert Duration.parse(str(Duration.parse(text))) == Duration.parse(text)


def test_a_group_with_nothing_in_it_is_written_as_such(tmp_path: Path) -> None:
    first = read_text(tmp_path, tiny_with(("order_window: {from: 2024-04, to: 2025-03}", "order_window: {}")))
    again = read_text(tmp_path, case_text(first.case, first.provenance))
    assert again.input_hash == first.input_hash
