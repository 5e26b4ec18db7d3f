"""Names in whatever letters they are written: the same name is the same, and a look-alike is told from it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from planner.errors import EXIT_BAD_INPUT
from planner.reading.budget import read_case
from planner.reading.case.text import case_text
from planner.reading.pool.file import read_pool
from tests import loaded
from tests.places import FAULTS, ROOT
from tests.reading.helpers import faults_of, line_of, read_text, said, tiny_with

NAMES = ["データ", "ﾃﾞｰﾀ", "हिन्दी", "กรุงเทพ-1", "Ñandú", "Ｎｏｒｔｈ", "東京.２", "서울", "ё_1"]


def checked(*arguments: str, folder: Path = ROOT) -> tuple[int, str, str]:
    """What `plan check` says, as a process of its own."""
    ended = loaded.run("check", *arguments, cwd=folder)
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize("file", ["nfd", "fullwidth"])
def test_decomposed_and_full_width_names_are_read(file: str) -> None:
    status, out, err = checked(str(FAULTS / "names-nfd-fullwidth" / f"{file}.yaml"))
    assert (status, err) == (0, "")
    assert "no mistakes found" in out


def test_a_name_too_long_for_a_folder_is_bad_input() -> None:
    status, out, err = checked(str(FAULTS / "long-names" / "case.yaml"))
    assert (status, out) == (EXIT_BAD_INPUT, "")
    assert "takes 256 bytes, too many for the name of a folder" in err


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_and_its_references_may_be_composed_in_other_ways(name: str, form: str, tmp_path: Path) -> None:
    forms = ("NFD", "NFC") if form == "NFC" else ("NFC", "NFD")
    here, there = (unicodedata.normalize(one, name) for one in forms)
    text = tiny_with(
        ("  north:", f"  {here}:"), ("site: north", f"site: {there}"), ("sites: [north]", f"sites: [{there}]")
    )
    text = text.replace("scenarios:\n", f"scenarios:\n  more:\n    set:\n      sites.{there}.pue: 1.4\n")
    reading = read_text(tmp_path, text, "more")
    (site,) = reading.case.sites
    assert site == unicodedata.normalize("NFKC", name)
    assert reading.case.expansions["hall"].site == site
    assert reading.case.programmes["grant"].sites == (site,)
    assert reading.case.sites[site].pue == 1.4
    assert f"sites.{site}.pue" in reading.provenance
    base = read_text(tmp_path, text)
    again = read_text(tmp_path, case_text(base.case, base.provenance))
    assert again.input_hash == base.input_hash


def test_full_width_names_are_those_of_the_catalogue_the_command_and_its_paths(tmp_path: Path) -> None:
    (tmp_path / "hardware.yaml").write_text("systems:\n  ｇｐｕ－８:\n    accelerators: 8\n", encoding="utf-8")
    text = tiny_with(('catalogue: ""', "catalogue: hardware.yaml"), ("  cube:", "  gpu-8:"))
    text = text.replace("system: cube", "system: ｇｐｕ-８").replace("      accelerators: 8\n", "")
    reading = read_text(tmp_path, text, "ｗｅａｋ-ｙｅｎ", {"ｏｆｆｅｒｓ.maker.supplier": "Ｘ"})
    assert list(reading.case.systems) == ["gpu-8"]
    assert reading.scenario == "weak-yen"
    assert reading.case.offers["maker"].supplier == "Ｘ"  # a text stays as it is written


def test_two_ways_to_write_one_name_are_one_name_given_twice(tmp_path: Path) -> None:
    offer = "  ｍａｋｅｒ:\n    system: cube\n    supplier: Other\n"
    text = tiny_with(("offers:\n", f"offers:\n{offer}"))
    fault = next(fault for fault in faults_of(tmp_path, text) if "same name" in fault.found)
    assert fault.field == "offers.maker"
    assert fault.place.line == line_of(text, "  maker:")
    assert f"at line {line_of(text, 'ｍａｋｅｒ')}" in fault.found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "site: north",
            "site: n\u043erth",
            ["its letter 2 is CYRILLIC SMALL LETTER O (U+043E)", "did you mean 'north'?"],
        ),
        ("site: north", "site: maker", ["it is the name of an offer"]),
        ("- system: cube", "- system: maker", ["it is the name of an offer", "write cube, its system"]),
        ("site: north", "site: nor\u00a0th", ["no-break space (U+00A0)"]),
        ("name: tiny", "name: my\u00a0plan", ["no-break space (U+00A0)", "not a safe name", "write my-plan"]),
        ("name: tiny", "name: my\u202fplan", ["narrow no-break space (U+202F)"]),
        ("name: tiny", "name: my　plan", ["full-width space", "write my-plan"]),
        ("name: tiny", "name: ti\u200bny", ["U+200B, a zero width space"]),
        ("pue: 1.2", "p\u00a0ue: 1.2", ["unknown field", "no-break space (U+00A0)"]),
        ("period: quarter", "period: quar\u00a0ter", ["no-break space (U+00A0)", "did you mean 'quarter'?"]),
        ("name: tiny", "name: -tiny", ["not a safe name", "write tiny"]),
        ("name: tiny", "name: \u0301tiny", ["not a safe name"]),
    ],
)
def test_what_looks_like_a_name_is_told_by_its_letters(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    faults = faults_of(tmp_path, tiny_with((old, new)))
    assert any(all(word in said(fault) for word in words) for fault in faults), faults


@pytest.mark.parametrize(("space", "name"), [("\u00a0", "no-break space (U+00A0)"), ("\u3000", "full-width space")])
def test_odd_spaces_in_front_of_a_field_are_told_by_name(space: str, name: str, tmp_path: Path) -> None:
    text = f"name: x\ncalendar:\n{space}{space}start: 2024-04\n"
    assert any(f"{name} in indentation at line 3" in fault.found for fault in faults_of(tmp_path, text))


def test_a_catalogue_of_four_byte_letters_is_looked_up_in_vain(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, tiny_with(('catalogue: ""', f"catalogue: {'𠮷' * 70}")))
    assert "not the name of a file" in fault.found


def test_a_pool_reads_names_like_a_case(tmp_path: Path) -> None:
    text = (ROOT / "inputs" / "meti-pool.yaml").read_text(encoding="utf-8")
    whole = read_pool(ROOT / "inputs" / "meti-pool.yaml")
    name = next(iter(whole.members))
    wide = "".join(chr(ord(one) + 0xFEE0) if one.isalnum() else one for one in name)
    path = tmp_path / "pool.yaml"
    path.write_text(text.replace(f"  {name}:\n", f"  {wide}:\n"), encoding="utf-8")
    assert text != path.read_text(encoding="utf-8")
    assert read_pool(path).input_hash == whole.input_hash


def test_the_reference_cases_keep_their_names() -> None:
    for path in sorted((ROOT / "inputs").glob("*.yaml"))[:3]:
        if path.name in ("hardware.yaml", "meti-pool.yaml"):
            continue
        assert read_case(path).case.name.isascii()
