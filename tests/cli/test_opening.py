"""The page beside the workbook: written or left out, found again, and shown where there is a screen."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path

import pytest

from planner.cli import opening
from planner.cli.opening import open_page
from planner.errors import InputError
from tests.loaded import run
from tests.places import TINY


def test_a_page_is_left_out_if_that_is_asked_for_and_an_earlier_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_bytes(TINY.read_bytes())
    assert run("tiny.yaml", "-o", "out", "--no-html", cwd=tmp_path).stderr == ""
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["plan.json", "plan.xlsx"]
    (tmp_path / "out/plan.html").write_text("of another plan")
    result = run("tiny.yaml", "-o", "out", "--no-html", cwd=tmp_path)
    assert result.stderr == "not of this run, but left from an earlier one: out/plan.html\n"
    written = run("tiny.yaml", "-o", "out", "--language", "ja", cwd=tmp_path).stdout
    assert "wrote out/plan.html" in written
    assert '<html lang="ja">' in (tmp_path / "out/plan.html").read_text(encoding="utf-8")


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results of three runs, the newest of which is a comparison, and a page of somebody else that is newer."""
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(("a/plan.html", "a/compare/compare.html", "b/plan.html", "b/notes.html")):
        page = tmp_path / "outputs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(name)
        os.utime(page, (1000 + number, 1000 + number))
    os.utime(tmp_path / "outputs/a/compare/compare.html", (1002.5, 1002.5))
    return tmp_path / "outputs"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (None, "a/compare/compare.html"),
        ("outputs/a", "a/plan.html"),
        ("outputs/b/plan.xlsx", "b/plan.html"),
        ("outputs/b/notes.html", "b/notes.html"),
    ],
)
def test_a_page_is_shown_where_there_is_a_screen(
    asked: str | None, shown: str, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    monkeypatch.setattr(opening.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    path = None if asked is None else Path(asked)
    open_page(path)
    assert opened == [(results / shown).as_uri()]
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    open_page(path)
    assert len(opened) == 1
    told = capsys.readouterr()
    assert told.out == f"{results / shown}\n" * 2
    assert told.err == "there is no screen here: open it with a browser\n"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("outputs/c", "is no page"),
        ("case.yaml", "is no page"),
        ("outputs/b/other.html", "is not there"),
        (".", "no page"),
    ],
)
def test_what_is_no_page_is_refused(asked: str, found: str, results: Path) -> None:
    with pytest.raises(InputError, match=found) as refused:
        open_page(Path(asked))
    assert "write one with `plan BUDGET`" in str(refused.value)


def test_where_nothing_was_planned_there_is_nothing_to_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no page stands there"):
        open_page(None)
