"""Formulas that a spreadsheet program stores once for many cells are read as each cell has them."""

from __future__ import annotations

import pytest

from planner.reading.xlsx.formulas import Formulas
from planner.reading.xlsx.stored import Raw


def shared(number: str, text: str = "") -> Raw:
    return Raw(formula=text, formula_of={"t": "shared", "si": number})


def test_each_cell_has_its_own_formula() -> None:
    formulas = Formulas()
    assert formulas.text_of(Raw(formula="A1+1"), 5, 5) == "A1+1"
    assert formulas.text_of(Raw(stored="3"), 5, 6) == ""
    assert formulas.text_of(shared("0", "SUM(I$3:I7)*$D$1+'Cash flow'!I9"), 8, 9) == "SUM(I$3:I7)*$D$1+'Cash flow'!I9"
    assert formulas.text_of(shared("0"), 8, 10) == "SUM(J$3:J7)*$D$1+'Cash flow'!J9"
    assert formulas.text_of(shared("0"), 10, 9) == "SUM(I$3:I9)*$D$1+'Cash flow'!I11"
    with pytest.raises(KeyError):
        formulas.text_of(shared("1"), 8, 10)
