"""Tables on narrow screens, wide ones and none: no figure and no name is ever cut."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from planner.report.screen import USUAL_WIDTH, WIDTH_OF_NO_TERMINAL, Sheet, screen

NAMES = ("a-name-without-any-place-to-fold-it-that-is-longer-than-most", "短い名前")
FIGURES = ("-336.62 mn", "1.94 bn", "51,881,672", "0.1 %")
SHEET = Sheet(
    "A title that is longer than the screen may be wide, and folds",
    ("plan", "net present value", "more than the base", "grant", "gap"),
    (False, True, True, True, True),
    [(name, *FIGURES) for name in NAMES],
)


def printed(width: int) -> str:
    page = io.StringIO()
    SHEET.show(Console(file=page, width=width, no_color=True))
    return page.getvalue()


@pytest.mark.parametrize("width", [60, 72, 80, 100, 160])
def test_figures_stay_in_one_piece_at_any_width(width: int) -> None:
    page = printed(width)
    assert "…" not in page
    assert max(map(len, page.splitlines())) <= width
    for figure in FIGURES:
        assert page.count(figure) == len(NAMES)
    letters = [line.split()[0] for line in page.splitlines() if line.strip()]
    assert NAMES[0] in "".join(letters)


def test_a_long_name_folds_only_where_it_must() -> None:
    assert NAMES[0] in printed(110)
    assert NAMES[0] not in printed(80)


def test_where_no_table_fits_rows_are_sentences() -> None:
    page = " ".join(printed(30).split())
    words = "net present value: -336.62 mn; more than the base: 1.94 bn; grant: 51,881,672; gap: 0.1 %"
    assert f"短い名前 {words}" in page


def test_a_pipe_has_room_for_tables_and_the_environment_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.StringIO())
    monkeypatch.delenv("COLUMNS", raising=False)
    assert screen().width == WIDTH_OF_NO_TERMINAL
    monkeypatch.setenv("COLUMNS", "90")
    assert screen().width == 90


@pytest.mark.parametrize("said", ["0", "-3", "wide", "²", "80.5"])
def test_what_is_no_number_of_columns_stands_for_the_usual_width(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", said)
    monkeypatch.setenv("LINES", said)
    assert (screen().width, screen(stderr=True).width) == (USUAL_WIDTH, USUAL_WIDTH)
    assert screen().size.width == USUAL_WIDTH


def test_an_empty_word_about_the_width_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.StringIO())
    monkeypatch.setenv("COLUMNS", "")
    assert screen().width == WIDTH_OF_NO_TERMINAL


def test_a_sentence_leaves_out_what_is_empty() -> None:
    page = io.StringIO()
    sheet = Sheet("", ("name", "value", "words"), (False, True, False), [("public money awarded", "1.94 bn", "")])
    sheet.show(Console(file=page, width=20, no_color=True))
    assert page.getvalue().split() == ["public", "money", "awarded", "value:", "1.94", "bn"]


@pytest.mark.parametrize("terminal", ["dumb", "xterm"])
def test_the_environment_has_the_last_word_on_every_terminal(terminal: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"TERM": terminal, "FORCE_COLOR": "1", "COLUMNS": "34"}.items():
        monkeypatch.setenv(name, text)
    assert screen().width == 34
