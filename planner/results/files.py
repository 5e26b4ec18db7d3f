"""Tidy tables as files: CSV with a description of every column beside it, or Parquet with the units in its schema."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from planner.report.files import all_or_none, json_text, make_folder, replace_content, replace_file, take_away
from planner.results.every_table import Result, Subject, rows_of, subject_of
from planner.results.fields import Field, fields_of
from planner.results.form import FOLDER, Format, require_format
from planner.results.table import Row

DESCRIPTION = "datapackage.json"
"""The description of CSV files, by the Data Package standard of Frictionless Data."""


def write_tables(of: Result, folder: Path, form: Format) -> list[Path]:
    """Writes every table of a result into ``folder/tables``, all or none.

    Tables that an earlier run left there and this one does not write are taken away, or they would be read as its own.

    Returns:
        The files.

    Raises:
        WriteError: they could not be written; what stood there is unchanged. InputError: there is no Parquet here.
    """
    require_format(form)
    subject = subject_of(of)
    currency, place = subject.currency, make_folder(folder / FOLDER)
    found = {
        name: (fields_of([*columns], currency), [*map(_plain, rows)]) for name, (columns, rows) in rows_of(of).items()
    }
    files = [place / f"{name}.{form}" for name in found]
    if form == "csv":
        files.append(place / DESCRIPTION)
    with all_or_none():
        for file, (fields, rows) in zip(files, found.values(), strict=False):
            if form == "csv":
                replace_content(file, _csv(fields, rows).encode())
            else:
                replace_file(file, _parquet_writer(fields, rows))
        if form == "csv":
            described = _description(subject, {name: fields for name, (fields, _) in found.items()})
            replace_content(place / DESCRIPTION, json_text(described).encode())
        for left in [*place.glob("*.csv"), *place.glob("*.parquet"), *place.glob(DESCRIPTION)]:
            if left not in files:
                take_away(left)
    return files


def _plain(row: Row) -> Row:
    """Values as any reader knows them: no figure that is none."""
    return tuple(None if isinstance(value, float) and math.isnan(value) else value for value in row)


def _csv(fields: Sequence[Field], rows: Sequence[Row]) -> str:
    """The text of a CSV file: a heading, numbers in full, nothing where there is no value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _description(subject: Subject, tables: dict[str, list[Field]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": _standard_name(subject.name),
        "title": subject.title,
        "input_hash": subject.input_hash,
        "scenario": subject.scenario,
        "resources": [
            {
                "name": name.replace("_", "-"),
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
                "schema": {"fields": [_described(field) for field in fields], "missingValues": [""]},
            }
            for name, fields in tables.items()
        ],
    }


def _standard_name(name: str) -> str:
    """The name of a case as the standard wants it: small letters, digits, and what joins them."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())


def _described(field: Field) -> dict[str, str]:
    told = {"name": field.name, "type": field.type}
    for key in ("unit", "unit_column", "description"):
        if value := getattr(field, key):
            told[key] = value
    return told


def _parquet_writer(fields: Sequence[Field], rows: Sequence[Row]) -> Callable[[Path], None]:
    """What writes a Parquet file with the same columns; the unit of a column stands in its metadata."""
    import pyarrow  # noqa: PLC0415 - an extra
    from pyarrow.parquet import write_table  # noqa: PLC0415

    types = {"string": pyarrow.string(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}

    def write(path: Path) -> None:
        schema = pyarrow.schema(
            [pyarrow.field(field.name, types[field.type], metadata=_described(field)) for field in fields]
        )
        columns: Sequence[Sequence[object]] = [*zip(*rows, strict=True)] or [()] * len(fields)
        arrays = [pyarrow.array([*column], types[field.type]) for column, field in zip(columns, fields, strict=True)]
        write_table(pyarrow.Table.from_arrays(arrays, schema=schema), path)

    return write
