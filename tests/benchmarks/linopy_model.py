"""The same problem as a user of linopy would write it: an array of variables by kind of decision, rows by family.

The weights come as long tables, one line for each non-zero, as a user would have worked them out in pandas; that work,
which is most of our own building, is not counted here. Every family is built in one go, on linopy's sparse path, and
goes to HiGHS without a file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from tests.benchmarks.highs_alone import run_in_one_piece
from tests.benchmarks.measures import Clock, facts_of


def measure(_: str, folder: Path, gap: str, seconds: str) -> dict[str, Any]:
    arrays, maximise = dict(np.load(folder / "matrix.npz")), facts_of(folder)["maximise"]
    columns, rows, weights = tables(arrays)
    clock = Clock()
    with clock.time("build"):
        model = built(columns, rows, weights, maximise=maximise)
    with clock.time("hand_over"):
        highs = model.to_highspy()
    highs.setOptionValue("output_flag", False)
    held = highs.getLp()
    for ours, theirs in ((columns["cost"], held.col_cost_), (weights["weight"], held.a_matrix_.value_)):
        assert np.array_equal(np.sort(ours), np.sort(theirs)), "linopy handed over another problem"
    highs.changeObjectiveOffset(arrays["offset"].item())  # linopy has none, and the gap is a share of the whole value
    return run_in_one_piece(highs, clock, float(gap), float(seconds))


def tables(arrays: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The columns, the rows, and the weights of columns in rows."""
    whole = np.isin(np.arange(len(arrays["lower"])), arrays["whole"])
    columns = pd.DataFrame({name: arrays[name] for name in ("kind", "lower", "upper", "cost")}).assign(whole=whole)
    lower, upper = arrays["row_lower"], arrays["row_upper"]
    sense = np.where(lower == upper, "=", np.where(np.isfinite(upper), "<=", ">="))
    right = np.where(np.isfinite(upper), upper, lower)
    rows = pd.DataFrame({"family": arrays["family"], "sense": sense, "right": right})
    row = np.repeat(np.arange(len(rows)), np.diff(arrays["starts"]))
    weights = pd.DataFrame({"row": row, "column": arrays["indexes"], "weight": arrays["values"]})
    of_row, of_column = rows.iloc[row].reset_index(drop=True), columns.iloc[weights["column"]].reset_index(drop=True)
    return (
        columns,
        rows,
        weights.assign(family=of_row["family"], sense=of_row["sense"], kind=of_column["kind"]).assign(
            whole=of_column["whole"]
        ),
    )


def built(columns: pd.DataFrame, rows: pd.DataFrame, weights: pd.DataFrame, *, maximise: bool) -> linopy.Model:
    """The model in linopy."""
    linopy.options["semantics"] = "v1"  # its sparse path demands it
    model = linopy.Model(sparse=True)
    variables, goal = {}, []
    for (kind, whole), part in columns.groupby(["kind", "whole"]):
        index = pd.Index(part.index, name="column")
        lower, upper, cost = (
            xr.DataArray(part[name].to_numpy(), coords=[index]) for name in ("lower", "upper", "cost")
        )
        name = f"{kind}, whole" if whole else kind
        variables[kind, whole] = model.add_variables(lower, upper, integer=bool(whole), name=name)
        if part["cost"].any():
            goal.append((variables[kind, whole] * cost).sum())
    right = rows["right"].to_numpy()
    for (family, sense), entries in weights.groupby(["family", "sense"]):
        left = None
        for one, part in entries.groupby(["kind", "whole"]):
            entry = pd.RangeIndex(len(part), name="entry")
            at = xr.DataArray(part["column"].to_numpy(), coords=[entry])
            weight = xr.DataArray(part["weight"].to_numpy(), coords=[entry])
            terms = variables[one].sel(column=at) * weight
            summed = terms.groupby(pd.Series(part["row"].to_numpy(), index=entry, name="row")).sum()
            left = summed if left is None else left.add(summed, join="outer")
        index = left.indexes["row"]
        model.add_constraints(left, sense, xr.DataArray(right[index], coords=[index]), name=f"{family} {sense}")
    model.add_objective(sum(goal[1:], goal[0]), sense="max" if maximise else "min")
    return model
