"""The notebooks run, and print what they are kept with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from tests.places import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def printed(notebook: Any) -> list[str]:
    """What each of its cells prints or shows, as text."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.get("text") or output["data"]["text/plain"] for output in outputs]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_prints_what_it_is_kept_with(path: Path) -> None:
    kept = nbformat.read(path, nbformat.NO_CONVERT)
    notebook = nbformat.read(path, nbformat.NO_CONVERT)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    assert printed(kept)
    assert printed(notebook) == printed(kept)


def test_there_are_notebooks_and_they_are_told_of() -> None:
    assert NOTEBOOKS
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        assert re.search(rf"\(notebooks/{path.name}\)", page)
