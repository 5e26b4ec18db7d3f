"""Workbooks that no test changes, written once."""

from pathlib import Path

import pytest

from planner.planning import plan
from planner.reading.budget import read_case
from planner.report.template.book import write_template
from planner.report.workbook.book import write_workbook
from tests.places import TINY


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template, filled with the tiny case."""
    path = tmp_path_factory.mktemp("template") / "budget.xlsx"
    write_template(path, read_case(TINY))
    return path


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the plan of the tiny case."""
    path = tmp_path_factory.mktemp("finished") / "plan.xlsx"
    write_workbook(plan(read_case(TINY)), path)
    return path
