"""What a table is: names of columns, and rows, one fact a row."""

from __future__ import annotations

from collections.abc import Iterable

Row = tuple[object, ...]
Table = tuple[Iterable[str], Iterable[Row]]
"""Names of columns, and rows."""
