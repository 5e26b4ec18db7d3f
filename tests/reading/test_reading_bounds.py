"""Every reader knows how much it may read before it reads: counted, not timed, but for one generous cap at the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from planner.errors import InputError
from planner.reading.budget import read_case
from planner.reading.case import known_parts
from planner.reading.template import file as template_file
from planner.reading.xlsx import archive, contents, sheet, xml
from planner.verification.finished import verify_workbook
from tests.places import TINY
from tests.reading.workbook.workbooks import Change, before, put, rebuilt

TEXTS, STYLES, CASE = "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"
SECONDS, MEGABYTES = 60, 500
"""Of the one run that is measured; the seconds are there so that it ends on a machine with much else to do."""


def rows(count: int, row: str = '<row r="{}"/>') -> Change:
    return before("</sheetData>", "".join(row.format(number, number) for number in range(1000, 1000 + count)))


def texts(xml: str) -> Change:
    return before("</sst>", xml)


Bound = tuple[str, str, Change, object, int, str]
"""What there is too much of, its part, how it gets there, where the limit stands, a smaller one for here, the words."""
BOUNDS: tuple[Bound, ...] = (
    ("elements", TEXTS, texts("<si><t>x</t></si>" * 5_000), (xml, "MOST_ELEMENTS"), 10_000, "elements"),
    ("texts without letters", TEXTS, texts("<si/>" * 10_000), (xml, "MOST_ELEMENTS"), 10_000, "elements"),
    ("bytes", TEXTS, texts(" " * 1_000_000), (xml, "MOST_READ_BYTES"), 1_000_000, "unpacks to more than 1 MB"),
    (
        "cells",
        CASE,
        rows(2_000, '<row r="{}"><c r="A{}"/></row>'),
        (sheet, "MOST_CELLS"),
        1_500,
        "1,500 cells",
    ),
    ("rows", CASE, rows(2_000), (sheet, "MOST_ROWS"), 1_500, "1,500 rows"),
    (
        "merged ranges",
        CASE,
        before("<pageMargins", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 200 + "</mergeCells>"),
        (sheet, "MOST_MERGED"),
        100,
        "100 merged ranges",
    ),
    ("styles", STYLES, before("</cellXfs>", "<xf/>" * 200), (contents, "MOST_STYLES"), 200, "200 styles"),
    ("filled cells", CASE, put("x", "x"), (template_file, "MOST_NODES"), 100, "100 cells are filled in"),
)


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: bound[0])
def test_what_is_too_much_is_refused_with_the_limit(
    bound: Bound, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, part, change, limit, most, words = bound
    monkeypatch.setattr(*limit, most)  # type: ignore[misc]
    changes = {} if name == "filled cells" else {part: change}
    with pytest.raises(InputError, match=words) as caught:
        read_case(rebuilt(template, tmp_path / "budget.xlsx", changes))
    assert all("at most" in fault.allowed or "damaged" in fault.found for fault in caught.value.faults)


WIDE = 'x="' + "y" * 1_200_000 + '"'
ODD: tuple[tuple[str, Change, str], ...] = (
    ("deep nesting", before("<sheetData>", "<a>" * 50 + "</a>" * 50), "deeper than 40 levels"),
    ("a text without end", before("<sheetData>", f"<a>{'x' * 40_001}</a>"), "a text of more than 40,000 letters"),
    ("an element without end", before("<sheetData>", f"<a {WIDE}/>"), "an element without an end"),
    ("a remark without end", before("<sheetData>", f"<!--{WIDE}-->"), "an element without an end"),
)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[0])
def test_what_no_program_writes_is_damaged(odd: tuple[str, Change, str], template: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=odd[2]):
        read_case(rebuilt(template, tmp_path / "budget.xlsx", {CASE: odd[1]}))


def packed(template: Path, target: Path, method: int, more: int) -> Path:
    """The parts of a workbook, packed in some way, with further parts."""
    with ZipFile(template) as old, ZipFile(target, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for number in range(more):
            new.writestr(f"x/{number}", b"")
    return target


def test_nothing_is_unpacked_of_an_archive_that_is_refused(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it was unpacked")

    many = packed(template, tmp_path / "many.xlsx", zipfile.ZIP_DEFLATED, 1_000)
    other = packed(template, tmp_path / "other.xlsx", zipfile.ZIP_BZIP2, 0)
    bomb = rebuilt(template, tmp_path / "bomb.xlsx", {}, (("xl/media/zeros.bin", "0" * 2_000_001),))
    monkeypatch.setattr(archive, "LARGEST_UNPACKED_BYTES", 2_000_000)
    for opening in ("open", "read", "testzip"):
        monkeypatch.setattr(ZipFile, opening, never)
    for path, words in ((many, "more than 1,000 parts"), (other, "is packed"), (bomb, "unpacks to more than")):
        with pytest.raises(InputError, match=words):
            read_case(path)


def test_a_part_that_is_larger_than_it_says_is_damaged(template: Path, tmp_path: Path) -> None:
    path = rebuilt(template, tmp_path / "budget.xlsx", {CASE: before("<sheetData>", " " * 5_000_000)})
    content = bytearray(path.read_bytes())
    entry = content.index(CASE.encode(), content.index(b"PK\x01\x02")) - 46
    content[entry + 24 : entry + 28] = (16_000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(InputError, match="the workbook is damaged"):
        read_case(path)


def test_a_workbook_inside_of_a_workbook_is_not_opened(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(template.read_bytes())
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/embeddings/other.xlsx", template.read_bytes())
    assert read_case(path).input_hash == read_case(TINY).input_hash


def special(kind: str, folder: Path) -> Path:
    """Something that has a name, but is no file."""
    path = folder / f"{kind}.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
    return Path("/dev/zero") if kind == "device" else path


@pytest.mark.parametrize("kind", ["pipe", "folder", "socket", "device"])
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_what_is_no_file_is_refused_and_not_waited_for(kind: str, tmp_path: Path) -> None:
    folder = Path(os.path.relpath(tmp_path))  # the name of a socket has to be short
    path = special(kind, folder)
    for ask in (read_case, verify_workbook):
        with pytest.raises(InputError, match=r"is a folder|is not a regular file|cannot be opened"):
            ask(path)


def test_so_is_a_pipe_in_place_of_the_catalogue(tmp_path: Path) -> None:
    special("pipe", tmp_path)
    case = TINY.read_text(encoding="utf-8").replace('catalogue: ""', "catalogue: pipe.yaml")
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    with pytest.raises(InputError, match="is not a regular file"):
        read_case(tmp_path / "case.yaml")


def test_a_scenario_changes_no_more_figures_than_it_may(tmp_path: Path) -> None:
    months = "".join(f"      offers.maker.price.{2024 + n // 12}-{n % 12 + 1:02}: 5 USD\n" for n in range(2_001))
    case = TINY.read_text(encoding="utf-8").replace("scenarios:\n", f"scenarios:\n  many:\n    set:\n{months}")
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    for scenario in (None, "many"):
        with pytest.raises(InputError, match="the scenario changes more than 2,000 figures"):
            read_case(tmp_path / "case.yaml", scenario)


def test_a_file_full_of_unknown_fields_is_not_compared_word_by_word(tmp_path: Path) -> None:
    asked: list[str] = []
    (tmp_path / "case.yaml").write_text("".join(f"field{n}: 1\n" for n in range(5_000)), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(InputError):
        patch.setattr(known_parts, "spelling_hint", lambda word, _: asked.append(word) or "")
        read_case(tmp_path / "case.yaml")
    assert len(asked) <= 100


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_the_command_refuses_a_pipe(command: str, tmp_path: Path) -> None:
    path = special("pipe", tmp_path)
    words = [sys.executable, "-m", "planner", command, str(path)]
    found = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=tmp_path)
    assert found.returncode == 2 and "is not a regular file" in found.stderr


MEASURED = """
import pathlib, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
from planner.cli import main
try:
    sys.argv = ["plan", "check", sys.argv[2]]
    main()
finally:
    told = pathlib.Path("/proc/self/status")
    lines = told.read_text().splitlines() if told.exists() else []
    own = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    print((own or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss])[0] // 1024)
"""
"""Linux counts in ``ru_maxrss`` what the process that started this one had in memory; VmHWM is this one's alone."""


def just_allowed(book: Path) -> dict[str, Change]:
    """As many texts as are allowed, and as many rows and cells, with a letter that takes four bytes in each text."""
    return {
        TEXTS: texts("<si><t>\U0001f600text</t></si>" * 190_000),
        CASE: rows(20_000, '<row r="{0}"><c/><c/><c/><c><v>1</v></c></row>'),
    }


def much_more(book: Path) -> dict[str, Change]:
    return {TEXTS: texts("<si><r><t>x</t></r><r><t>y</t></r></si>" * 400_000)}


@pytest.mark.parametrize("much", [just_allowed, much_more])
@pytest.mark.skipif(sys.platform == "win32", reason="resources are not measured there")
def test_a_large_workbook_takes_no_more_than_it_may(
    much: Callable[[Path], dict[str, Change]], template: Path, tmp_path: Path
) -> None:
    path = rebuilt(template, tmp_path / "budget.xlsx", much(template))
    words = [sys.executable, "-c", MEASURED, str(SECONDS), str(path)]
    found = subprocess.run(words, capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert "Traceback" not in found.stderr
    assert int(found.stdout.split()[-1]) < MEGABYTES


def test_the_reader_finds_what_another_library_finds(template: Path) -> None:
    """Values, formulas and number formats of all cells, held against openpyxl."""
    from planner.reading.xlsx.book import open_book, sheets_of  # noqa: PLC0415 - used only here

    values, formulas = (openpyxl.load_workbook(template, data_only=stored) for stored in (True, False))
    book = open_book(template, sheets_of(template))
    for laid in formulas:
        expected = {
            (cell.row - 1, cell.column - 1): (values[laid.title][cell.coordinate].value, cell.number_format)
            for row in laid.iter_rows()
            for cell in row
            if cell.value is not None
        }
        assert {at: (found.value, found.shown_as) for at, found in book.sheets[laid.title].items()} == expected
