"""The profit statement in the words of an accounting standard: other captions and order, the same figures."""

from __future__ import annotations

import copy
from functools import cache

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.report.workbook.book import lay_book
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.vocabulary.captions import CAPTIONS
from tests.report.example import CASE, decisions, outcome_of
from tests.report.workbook.test_accounts import amount
from tests.report.workbook.test_programmes import failed

ELSEWHERE = ("ifrs", "usgaap")


@cache
def kept_by(standard: str | None, language: str = "en") -> Ledger:
    """The workbook of the example, whose accounts are kept by a standard; none where the case does not say."""
    fields = copy.deepcopy(CASE)
    if standard is not None:
        fields["finance"]["accounts"] = standard
    plan: Outcome = outcome_of(Case.model_validate(fields), decisions())
    return lay_book(plan, language)


def texts(ledger: Ledger, *sheets: str) -> list[str]:
    """All texts of some sheets, or of the book, row by row."""
    return [
        cell.content
        for name, sheet in ledger.grid.sheets.items()
        for _, cell in sorted(sheet.cells.items())
        if (not sheets or name in sheets) and isinstance(cell.content, str)
    ]


@pytest.mark.parametrize("standard", ELSEWHERE)
def test_no_profit_is_ordinary_and_no_item_special(standard: str) -> None:
    said = [text.lower() for text in texts(kept_by(standard), "Profit and tax", "Balance sheet", "Checks")]
    for words in ("ordinary profit", "special profit", "special loss", "special items"):
        assert not any(words in text for text in said), words


def test_a_case_of_the_united_states_says_income() -> None:
    said = texts(kept_by("usgaap"), "Profit and tax")
    order = ["operating income", "income before income taxes", "income tax expense", "net income"]
    assert [text for text in said if text in order] == order
    assert "net income" in texts(kept_by("usgaap"), "Balance sheet")


@pytest.mark.parametrize("standard", ELSEWHERE)
def test_operating_profit_has_what_is_special_in_japan_and_profit_is_the_same(standard: str) -> None:
    japan, other = kept_by("jgaap").grid, kept_by(standard).grid
    assert failed(other) == []
    for t in range(12):
        special = amount(japan, "profit", t) - amount(japan, "ordinary_profit", t)
        assert amount(other, "operating_profit", t) == pytest.approx(amount(japan, "operating_profit", t) + special)
        assert amount(other, "profit", t) == pytest.approx(amount(japan, "profit", t))
        assert amount(other, "net_profit", t) == pytest.approx(amount(japan, "net_profit", t))
    assert any(amount(japan, Key("profit", "grants"), t) for t in range(12))


def test_japan_is_what_a_case_without_a_standard_has() -> None:
    of_both = [kept_by(standard).grid.sheets["Profit and tax"].cells for standard in ("jgaap", None)]
    assert of_both[0].keys() == of_both[1].keys()
    assert texts(kept_by("jgaap"), "Profit and tax") == texts(kept_by(None), "Profit and tax")
    assert "ordinary profit" in texts(kept_by(None), "Profit and tax")


@pytest.mark.parametrize("standard", CAPTIONS)
def test_every_caption_is_in_japanese(standard: str) -> None:
    assert kept_by(standard, "ja").grid.speaker.missing == set()


def test_japanese_books_have_the_words_of_the_field() -> None:
    said = " ".join(texts(kept_by("jgaap", "ja")))
    for words in ("建設仮勘定", "現金及び預金", "耐用年数", "固定資産売却益・除却損", "税率", "金利", "経常利益"):
        assert words in said, words
    assert "前払金" not in said
    assert "経常利益" not in " ".join(texts(kept_by("usgaap", "ja")))
