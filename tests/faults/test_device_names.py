"""Names that Windows keeps for devices are refused on every system, wherever one becomes that of a file or folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case.quantities.file_names import is_device
from planner.errors import InputError
from planner.reading.case.file import read_case
from planner.report.files import make_folder, replace_content, require_room
from tests.faults.faulty import plan, posix_only
from tests.places import TINY

DEVICES = [
    "CON",
    "prn",
    "Aux",
    "NUL",
    "com1",
    "LPT9",
    "COM¹",
    "lpt²",
    "CON.txt",
    "nul.tar.gz",
    "AUX ",
    "con .x",
    "CONIN$",
]
FREE = ["console", "con-1", "aux_hall", "com", "com10", "lpt", "nul1", "x.con", "acon"]
SAFE_BUT_DEVICES = ["CON", "com1", "LPT³", "nul.2027", "Aux"]


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_is_known_in_any_case_and_with_any_ending(name: str) -> None:
    assert is_device(name)


@pytest.mark.parametrize("name", FREE)
def test_what_only_looks_like_one_is_free(name: str) -> None:
    assert not is_device(name)


@pytest.mark.parametrize("name", SAFE_BUT_DEVICES)
def test_no_case_and_no_scenario_has_the_name_of_one(tmp_path: Path, name: str) -> None:
    text = TINY.read_text(encoding="utf-8")
    changed = text.replace("name: tiny", f"name: {name}").replace("  no-grant:", f"  {name}:")
    assert changed.count(f"{name}\n") + changed.count(f"{name}:") >= 2
    (tmp_path / "case.yaml").write_text(changed, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_case(tmp_path / "case.yaml")
    fields = [fault.field for fault in refused.value.faults if "is the name of a device on Windows" in fault.found]
    assert len(fields) == 2
    assert "name" in fields


def test_a_name_that_windows_would_shorten_is_refused(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(TINY.read_text(encoding="utf-8").replace("name: tiny", "name: tiny."))
    with pytest.raises(InputError, match=r"'tiny\.' ends in a dot"):
        read_case(tmp_path / "case.yaml")


def test_no_catalogue_has_the_name_of_one(tmp_path: Path) -> None:
    text = TINY.read_text(encoding="utf-8").replace('catalogue: ""', "catalogue: con.yaml")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"catalogue: 'con\.yaml' is the name of a device"):
        read_case(tmp_path / "case.yaml")


def test_no_folder_and_no_file_is_made_with_the_name_of_one(tmp_path: Path) -> None:
    for refuse in (
        lambda: make_folder(tmp_path / "con" / "deep"),
        lambda: require_room(tmp_path / "com1", ()),
        lambda: replace_content(tmp_path / "NUL.yaml", b""),
    ):
        with pytest.raises(InputError, match="is the name of a device on Windows"):
            refuse()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_such_a_name_that_is_there_may_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "aux").mkdir()
    replace_content(make_folder(tmp_path / "aux" / "out") / "plan.json", b"new")
    assert (tmp_path / "aux/out/plan.json").read_bytes() == b"new"


@posix_only
@pytest.mark.parametrize(
    "line",
    [
        "plan init CON",
        "plan export tiny.yaml --output nul.yaml",
        "plan tiny.yaml --output out/com1",
    ],
)
def test_no_command_writes_to_one(folder: Path, line: str) -> None:
    result = plan(line, folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert "is the name of a device on Windows" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["tiny.yaml"]
