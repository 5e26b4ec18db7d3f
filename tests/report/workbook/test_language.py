"""The workbook in Japanese: every text of the program is translated, no text of the user is, and it is read back."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pydantic import BaseModel

from planner.case.case import Case
from planner.decisions import Decisions
from planner.errors import InputError
from planner.language import Speaker
from planner.outcome import Outcome
from planner.reading.budget import read_case
from planner.reading.workbook.decisions import decisions_of_book
from planner.reading.workbook.layout import DECISIONS
from planner.reading.xlsx.book import open_book
from planner.report.workbook.book import SHEETS, lay_book, write_workbook
from planner.report.workbook.engine.input_figures import NOT_READ, FigurePlace
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.verification.finished import verify_workbook
from planner.vocabulary.message import about, verbatim
from tests.report.example import CASE, outcome
from tests.report.workbook.test_edges import SHAPES
from tests.report.workbook.test_recalculation import assert_another_engine_agrees, formulas_of

NO_FIGURES = {
    "accounts", "acquisition", "additions_method", "after", "catalogue", "categories", "cooling", "currency",
    "early_exit", "event", "excludes", "facility_method", "kind", "metric", "notes", "region", "regions", "released",
    "site", "sites", "supplier", "systems_method", "tags", "terminal_method", "unusual", "useful_life_source",
    "valuation", "vendor",
}  # fmt: skip
"""Fields of words: they are no figures and so never stand on Inputs."""


def written(plan: Outcome, path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Writes a workbook in Japanese and hands over what it was written from."""
    ledger = lay_book(plan, "ja")
    with monkeypatch.context() as patch:
        patch.setattr("planner.report.workbook.book.lay_book", lambda *_: ledger)
        write_workbook(plan, path, "ja")
    return ledger


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "example.xlsx"
    write_workbook(outcome(), path, "ja")
    return path


def test_every_text_of_the_reference_workbook_is_translated(
    reference: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = written(reference, tmp_path / "plan.xlsx", monkeypatch)
    assert ledger.grid.speaker.missing == set()


@pytest.mark.parametrize("shape", [*SHAPES, "example"])
def test_every_text_of_other_workbooks_is_translated(
    shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = SHAPES[shape] if shape in SHAPES else outcome()
    assert written(plan, tmp_path / "plan.xlsx", monkeypatch).grid.speaker.missing == set()


def fields(noun: type[BaseModel], path: str) -> Iterator[str]:
    """Dotted paths of all figures that a noun may hold, with the name ``x`` where the user names things."""
    for name, info in noun.model_fields.items():
        if name in NOT_READ or name in ("source", "as_of", "confidence"):
            continue
        here = f"{path}.{info.alias or name}" if path else info.alias or name
        inner = [part for part in nouns_in(info.annotation) if part is not noun]
        named = ".x" if "dict" in str(info.annotation) else ""
        if not inner:
            yield here + named
        for part in inner:
            yield from fields(part, here + named)


def nouns_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and "Timeline" not in annotation.__name__:
        return [] if annotation.__name__ in ("Duration", "Money", "Rate") else [annotation]
    return [noun for part in getattr(annotation, "__args__", ()) for noun in nouns_in(part)]


def test_every_field_of_a_case_is_translated() -> None:
    speaker = Speaker("ja")
    paths = [path for path in fields(Case, "") if path.removesuffix(".x").rpartition(".")[2] not in NO_FIGURES]
    assert len(paths) > 80
    for path in paths:
        group, *keys = path.split(".")
        place = FigurePlace(group)
        for key in keys:
            place = place.named(key) if key == "x" else place.field(key)
        speaker.say(place.label)
    assert speaker.missing == set()


def test_no_text_is_translated_that_the_user_wrote(tmp_path: Path) -> None:
    """A site called like a label, and a source like a sentence of the program, stay as they are."""
    speaker = Speaker("ja")
    assert speaker.say("revenue") == "売上高"
    assert speaker.say(verbatim("revenue")) == "revenue"
    assert speaker.say(at_site("revenue", "tokyo")) == "tokyo の revenue"
    assert speaker.say(about("revenue", "capacity")) == "revenue：稼働能力"
    ledger = lay_book(outcome(), "ja")
    notes = {cell.content for cell in ledger.grid.sheets["Inputs"].cells.values() if isinstance(cell.content, str)}
    assert any(text.endswith("@board paper of the operator") for text in notes)
    assert ledger.grid.sheets["Cover"].cells[0, 0].content == CASE["title"]


def test_names_stay_in_their_places(example: Path) -> None:
    book = load_workbook(example)
    assert book.sheetnames == [Speaker("ja").sheet(entry.name) for entry, _ in SHEETS]
    labels = [cell.value for cell in book["決定事項"]["A"]]
    assert "h200-direct への発注" in labels
    assert "ishikari の h200-direct" in [cell.value for cell in book["決定事項"]["B"]]


def test_figures_look_japanese(example: Path) -> None:
    book = load_workbook(example)
    cash = book["資金収支"]
    row = next(cell.row for cell in cash["A"] if cell.value == "純キャッシュ・フロー（株主等からの資金の前）")
    assert cash.cell(row, 3).value == "百万円"
    assert "▲" in cash.cell(row, 9).number_format and "[Red]" in cash.cell(row, 9).number_format
    inputs = book["前提条件"]
    opening = next(cell.row for cell in inputs["B"] if cell.value == "finance.opening_cash")
    assert inputs.cell(opening, 4).number_format.startswith('"¥"#,##0')
    assert inputs.cell(opening, 3).value == "円"
    dollars = next(cell.row for cell in inputs["B"] if cell.value == "systems.H200-8.price.typical")
    assert inputs.cell(dollars, 4).number_format.startswith('"$"#,##0')


def test_stored_values_are_what_formualizer_computes_and_formulas_stay_short(example: Path) -> None:
    formulas = formulas_of(example)
    assert max(len(formula) for formula, _ in formulas.values()) <= 80
    assert_another_engine_agrees(example)


def test_the_figures_are_those_of_the_english_workbook(example: Path, tmp_path: Path) -> None:
    english = tmp_path / "english.xlsx"
    write_workbook(outcome(), english)
    numbers = []
    for path in (example, english):
        values = load_workbook(path, data_only=True)
        numbers.append(
            [[cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n"] for sheet in values]
        )
    assert numbers[0] == numbers[1]


@pytest.fixture(scope="module")
def planned(reference: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "plan.xlsx"
    write_workbook(reference, path, "ja")
    return path


def test_it_is_read_back_as_the_same_case_and_the_same_decisions(reference: Outcome, planned: Path) -> None:
    assert read_case(planned).input_hash == reference.input_hash
    book = open_book(planned, (DECISIONS,))
    found = decisions_of_book(book, reference.case)
    for name, chosen in vars(written_only(reference.decisions)).items():
        assert getattr(found, name) == pytest.approx(chosen, rel=1e-15), name
    assert verify_workbook(planned).holds


def written_only(decisions: Decisions) -> Decisions:
    """Decisions as the workbook holds them: nothing that is zero."""
    return Decisions(**{
        name: chosen if name == "join" else {key: amount for key, amount in chosen.items() if amount}
        for name, chosen in vars(decisions).items()
    })  # fmt: skip


def test_a_bad_cell_is_named_as_the_reader_sees_it(planned: Path, tmp_path: Path) -> None:
    book = load_workbook(planned)
    sheet = book["前提条件"]
    row = next(cell.row for cell in sheet["B"] if cell.value == "finance.discount_rate")
    sheet.cell(row, 4).value = "abc"
    book.save(tmp_path / "bad.xlsx")
    with pytest.raises(InputError, match=f"前提条件!D{row}"):
        read_case(tmp_path / "bad.xlsx")


def test_the_catalogue_holds_nothing_in_english_by_mistake() -> None:
    catalogue = tomllib.loads(files("planner.language").joinpath("ja.toml").read_text(encoding="utf-8"))
    for section in catalogue.values():
        for text, said in section.items():
            assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", said)), text
            assert said != text or len(text) < 12 or "{" in text, text
