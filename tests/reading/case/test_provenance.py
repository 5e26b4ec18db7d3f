"""Where figures come from, what the catalogue adds, and what the fingerprint of a case depends on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planner.reading.budget import read_case
from tests.places import TINY
from tests.reading.helpers import faults_of, line_of, read_text, said, tiny_with

TEXT = TINY.read_text(encoding="utf-8")
SYSTEMS = TEXT[TEXT.index("systems:") : TEXT.index("offers:")]
CATALOGUE = f"title: Two systems\nnotes: none\n{SYSTEMS}{SYSTEMS.partition(chr(10))[2].replace('  cube:', '  unused:')}"


@pytest.mark.parametrize(
    ("path", "words", "source"),
    [
        ("finance.opening_cash", "opening_cash", "balance sheet"),  # its own comment
        ("finance.funding.2024-07", "2024-07", "loan"),
        ("finance.minimum_cash", "minimum_cash", "board paper of March"),  # the source of its group
        ("finance.resale.1.share", "share: 10 %", "board paper of March"),  # of the group around its group
        ("systems.cube.installation.power", "power: 10 kW", "name plate"),
        ("systems.cube.installation.rack_units", "rack_units", "data sheet"),
        ("systems.cube.useful_life", "useful_life:", "tax office"),  # the field beside it
        ("offers.maker.price.2024-04", "2024-04: 310_000", "quotation 17"),  # the comment on the heading of its months
        ("offers.maker.price.2025-04", "2025-04: 290_000", "quotation 18"),
        ("offers.maker.price", "price:  # quotation 17", "quotation 17"),
        ("sites.north.capacity.power.2025-04", "2025-04: 200 kW", ""),
    ],
)
def test_every_value_knows_its_line_and_source(path: str, words: str, source: str):
    found = read_case(TINY).provenance[path]
    assert (found.file, found.line, found.source) == ("tiny.yaml", line_of(TEXT, words), source)


def test_a_value_of_a_scenario_names_it():
    provenance = read_case(TINY, "weak-yen").provenance
    assert provenance["finance.exchange_rates.USD"].source == "one standard deviation"
    changed = provenance["offers.maker.price.2025-10"]
    assert (changed.line, changed.source) == (line_of(TEXT, "2025-10"), "scenario weak-yen")
    assert not any(path.startswith("scenarios") for path in provenance)


def with_catalogue(folder: Path, own_systems: str, catalogue: str = CATALOGUE) -> str:
    """The tiny case with its system in a catalogue beside it."""
    (folder / "metal.yaml").write_text(catalogue, encoding="utf-8")
    return tiny_with(('catalogue: ""', "catalogue: metal.yaml"), (SYSTEMS, own_systems))


def test_systems_come_from_the_catalogue_and_only_those_that_are_used(tmp_path: Path):
    reading = read_text(tmp_path, with_catalogue(tmp_path, ""))
    assert list(reading.case.systems) == ["cube"]
    assert reading.case.systems["cube"] == read_case(TINY).case.systems["cube"]
    power = reading.provenance["systems.cube.installation.power"]
    assert (power.file, power.line) == ("metal.yaml", line_of(CATALOGUE, "power: 10 kW"))
    assert not any("unused" in path for path in reading.provenance)


def test_a_figure_of_the_case_replaces_one_of_the_catalogue_and_not_its_source(tmp_path: Path):
    own = "systems:\n  cube:\n    installation:\n      power: 11 kW\n      rack_units: 7  # measured\n"
    text = with_catalogue(tmp_path, own)
    reading = read_text(tmp_path, text)
    installation = reading.case.systems["cube"].installation
    assert (installation.power_kw, installation.rack_units, installation.cooling) == (11, 7, ("air", "liquid"))
    power = reading.provenance["systems.cube.installation.power"]
    assert (power.file, power.line, power.source) == ("case.yaml", line_of(text, "power: 11 kW"), "")
    assert reading.provenance["systems.cube.installation.rack_units"].source == "measured"
    assert reading.provenance["systems.cube.installation.cooling"].source == "data sheet"


def test_a_fault_in_a_merged_system_names_the_file_it_stands_in(tmp_path: Path):
    text = with_catalogue(
        tmp_path, "systems: {cube: {accelerators: eight}}\n", CATALOGUE.replace("rack_units: 8", "x: 8")
    )
    places = {fault.field: Path(fault.place.file).name for fault in faults_of(tmp_path, text)}
    assert places == {"systems.cube.accelerators": "case.yaml", "systems.cube.installation.x": "metal.yaml"}


def test_an_override_of_a_misspelt_system_is_not_ignored(tmp_path: Path):
    text = with_catalogue(tmp_path, "systems: {cubes: {accelerators: 4}}\n")
    assert {fault.found for fault in faults_of(tmp_path, text)} == {"value missing"}


def test_a_catalogue_has_no_other_fields(tmp_path: Path):
    text = with_catalogue(tmp_path, "", CATALOGUE.replace("systems:", "system:"))
    assert any("did you mean 'systems'?" in said(fault) for fault in faults_of(tmp_path, text))


def test_a_broken_catalogue_is_told_with_the_faults_of_the_case(tmp_path: Path):
    text = with_catalogue(tmp_path, "", "systems: [").replace("pue: 1.2", "pue: 9")
    faults = faults_of(tmp_path, text)
    assert {Path(fault.place.file).name for fault in faults} == {"case.yaml", "metal.yaml"}
    assert not any("cube" in said(fault) for fault in faults)  # what the catalogue would have held is not known


def test_the_built_in_catalogue_is_found_from_any_folder(tmp_path: Path):
    text = tiny_with(
        ('catalogue: ""  # the one system is described here\n', ""), ("system: cube\n    s", "system: b200-hgx8\n    s")
    )
    reading = read_text(tmp_path, text)
    assert reading.provenance["systems.b200-hgx8.performance.bf16_tflops_dense"].file == "hardware.yaml (built in)"


def test_the_fingerprint_knows_what_is_said_and_not_how(tmp_path: Path):
    expected = read_case(TINY).input_hash
    same = [
        tiny_with(("opening_cash: 3 bn JPY  # balance sheet", "opening_cash: 3_000 million JPY # other")),
        tiny_with(("rate: 50 %", "rate: 0.5"), ("power: 10 kW", "power: 10000 W")),
        tiny_with(("name: tiny\ntitle: One of everything\n", "title: One of everything\nname: tiny\n")),
        tiny_with(("title: Without the programme", "title: another")),
    ]
    assert {read_text(tmp_path, text).input_hash for text in same} == {expected}
    other = [tiny_with(("opening_cash: 3 bn", "opening_cash: 4 bn")), tiny_with(("retention: 3", "retention: 4"))]
    hashes = {read_text(tmp_path, text).input_hash for text in other} | {read_case(TINY, "weak-yen").input_hash}
    assert len(hashes | {expected}) == 4


def test_reading_imports_nothing_heavy():
    code = (
        "import sys; import planner.reading.case.file; "
        "print([name for name in ('pandas', 'numpy', 'openpyxl', 'pulp', 'highspy') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
