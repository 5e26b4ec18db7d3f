"""The examples of docs/python.md run from top to bottom and print what the page shows; the door holds what it lists."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

import planner
from planner.errors import InputError
from tests.places import ROOT, TINY

PAGE = ROOT / "docs/python.md"
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<said>.*?)^```\n)?", re.DOTALL | re.MULTILINE)
HEAVY = ("pandas", "numpy", "pydantic", "pulp", "highspy", "openpyxl", "xlsxwriter", "yaml", "planner.case")


def test_the_examples_print_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "budget.yaml").write_bytes(TINY.read_bytes())
    monkeypatch.chdir(tmp_path)
    examples = [*BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]
    assert len(examples) == PAGE.read_text(encoding="utf-8").count("```python")
    names: dict[str, object] = {}
    for one in examples:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(one["code"], str(PAGE), "exec"), names)
        assert said.getvalue() == (one["said"] or ""), one["code"]


def test_the_page_names_all_that_the_door_holds() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in planner.__all__:
        assert getattr(planner, name) is not None
        assert name == "__version__" or re.search(rf"`{name}\b", text), name
    assert set(planner.__all__) <= set(dir(planner))
    with pytest.raises(AttributeError, match="no attribute 'plans'"):
        planner.plans  # noqa: B018


def test_the_door_has_no_module_of_the_same_name() -> None:
    """Importing planner.plan would put the module where the function is."""
    homes = {path.stem for path in (ROOT / "planner").iterdir()}
    assert not homes & set(planner.__all__)


def test_the_door_is_light() -> None:
    code = f"import sys, planner; print([name for name in {HEAVY} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout == "[]\n"


def test_a_case_that_was_changed_in_place_is_not_planned() -> None:
    case = planner.read_case(TINY)
    with pytest.raises(TypeError):
        case.offers["maker"] = 3  # type: ignore[index]
    with pytest.raises(AttributeError):
        case.finance = 3  # type: ignore[assignment, misc]
    case.case.offers.clear()
    with pytest.raises(InputError, match="changed in place"):
        planner.plan(case)


@pytest.mark.parametrize(
    ("others", "words"),
    [
        (("no-grnt",), "did you mean 'no-grant'"),
        (({},), "two cases to compare are called 'base'"),
        (({"title": "another"}, "weak-yen"), "two cases to compare are called 'base'"),
    ],
)
def test_what_cannot_be_compared_is_refused(others: tuple[str | dict[str, object], ...], words: str) -> None:
    case = planner.read_case(TINY)
    with pytest.raises(InputError, match=words):
        planner.compare(case, *(one if isinstance(one, str) else case.with_(one) for one in others))


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="en or ja"):
        planner.write(planner.plan(planner.read_case(TINY)), language="fr")
