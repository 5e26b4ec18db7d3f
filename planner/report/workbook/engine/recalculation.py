"""A laid workbook under other inputs: what each formula comes to, as a spreadsheet program would work it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.report.workbook.engine.functions import Scalar, Value
from planner.report.workbook.engine.grid import Grid
from planner.report.workbook.engine.sheet import Cell
from planner.report.workbook.engine.terms import Place

ERROR: Final = "#ERROR"
"""Stands for whatever error a spreadsheet program would show."""


def recalculated(grid: Grid, inputs: Mapping[Place, Scalar]) -> dict[Place, Value]:
    """The value of every formula with other inputs, which stay in it; ``ERROR`` where a formula fails."""
    for place, value in inputs.items():
        cells = grid.sheets[place.sheet].cells
        cells[place.row, place.column] = Cell(value, cells[place.row, place.column].look)
    if inputs:
        grid.forget()
    found: dict[Place, Value] = {}
    for place in grid.formulas():
        try:
            found[place] = grid.value(place)
        except (ArithmeticError, ValueError, IndexError):
            found[place] = ERROR
    return found
