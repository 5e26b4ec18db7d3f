"""The forms of tables as files, and whether this installation can write them; light, since every run asks."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal

from planner.errors import Fault, InputError, Place

Format = Literal["csv", "parquet"]
FOLDER = "tables"
"""Where they go, beside the other files of a run."""


def require_format(form: Format | None) -> None:
    """Refuses, before anything is planned, a form that this installation cannot write.

    Raises:
        InputError: says what is missing.
    """
    if form == "parquet" and not find_spec("pyarrow"):
        found = "Parquet needs the package pyarrow, which is not installed here"
        remedy = "install the extra: pip install 'gpu-capacity-planner[parquet]', or uv sync --extra parquet"
        raise InputError([Fault(Place("--tables"), "", found, "csv, or parquet with its extra", remedy)])
