"""A folder with a case that takes a second to plan."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.places import TINY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(TINY, tmp_path / "tiny.yaml")
    return tmp_path
