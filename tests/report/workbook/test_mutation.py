"""Every assumption of the reference case trips the master check, and each that is called live moves a result."""

import datetime
import os

import pytest

from planner.reading.workbook.layout import INPUTS
from planner.report.workbook.book import lay_book
from planner.report.workbook.engine.functions import serial
from planner.report.workbook.engine.grid import FIRST, NOTE, VALUE
from planner.report.workbook.engine.input_figures import InputFigure
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.terms import Place
from planner.report.workbook.engine.verdicts import BROKEN, CHANGED, UNFIT
from planner.report.workbook.front.inputs import NOT_LIVE
from tests.decided import decided
from tests.report import programmes
from tests.report.example import outcome_of
from tests.report.workbook.mutation import Mutable
from tests.report.workbook.test_edges import bare

FULL = os.environ.get("PLANNER_CELLS_FULL") == "1"
EVERY_DAY = 50
"""Assumptions that are changed every day, of each case."""


@pytest.fixture(scope="module", params=["reference", "programmes"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """The reference case, and a small one whose programmes say all that programmes can say."""
    is_small = request.param == "programmes"
    return lay_book(programmes.outcome() if is_small else request.getfixturevalue("reference"))


def nudges(figure: InputFigure, value: float) -> tuple[float, float]:
    """Other values that the cell would take: a near one, and one far enough to matter where there is room."""
    steps = {"yes = 1": (1 - 2 * value,) * 2, "date": (400, 3000), "months": (13, 300), "month of year": (4, 1)}
    if figure.unit in steps:
        near, far = steps[figure.unit]
        return value + near, value + far
    return value / 2 if value else 1.0, 0.0 if value else 1000.0


def changes(ledger: Ledger, figure: InputFigure, far: bool) -> dict[Place, float]:
    """The cells of an assumption, with other values in those that hold one."""
    row = ledger.grid.line_of(figure.path).row
    values = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    first = FIRST if isinstance(figure.value, tuple) else VALUE
    return {Place(INPUTS, row, first + t): nudges(figure, v)[far] for t, v in enumerate(values) if v is not None}


def test_every_assumption_trips_the_master_check_and_moves_a_result_unless_it_says_otherwise(ledger: Ledger) -> None:
    grid = ledger.grid
    figures = [figure for section in ledger.figures.values() for figure in section]
    says_live = {
        figure.path: NOT_LIVE not in grid.sheets[INPUTS].text(grid.line_of(figure.path).row, NOTE) for figure in figures
    }
    count = len(figures)
    if not FULL:
        figures = figures[:: max(1, len(figures) // EVERY_DAY)]
    book = Mutable(grid)
    master, counted = grid.line_of("master"), grid.line_of("changes")
    always = book.downstream([counted])
    live, dead = [], []
    for figure in figures:
        for far in (False, True):
            moved = book.moved_by(changes(ledger, figure, far))
            assert moved[counted] == 1.0, figure.path
            assert moved[master] in (CHANGED, BROKEN, UNFIT), figure.path
            moves = any(place not in always and book.is_output(place) for place in moved)
            if moves or not says_live[figure.path]:
                break
        (live if moves else dead).append(figure.path)
    least = 150 if "meti-cloud-2024" in ledger.case.programmes else 60
    assert len(live) > least * len(figures) / count
    assert [path for path in live if not says_live[path]] == []
    # A limit that is nowhere near, such as one on losses where there are none, is read and moves nothing.
    idle = [figure for figure in figures if figure.path in dead and says_live[figure.path]]
    assert len(idle) <= max(2, len(figures) / 50), [figure.path for figure in idle]
    for figure in idle:
        readers = book.downstream(changes(ledger, figure, far=False)) - always
        assert any(book.is_output(place) for place in readers), figure.path
    assert grid.value_of("master") == "OK", "the workbook is as it was"


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("workloads.rental.price", 910.0, CHANGED),
        ("finance.minimum_cash", 1e10, BROKEN),  # a limit that is no longer kept
        ("systems.cube.lead_time.typical", 7.0, BROKEN),  # exits name the month in which systems came
        ("programmes.prefecture.retention", 12.0, BROKEN),  # decides who must be named among those that leave
        ("calendar.period", 3.0, BROKEN),
        ("calendar.fiscal_year_start_month", 10.0, BROKEN),  # tax credits are used where a fiscal year ends
    ],
)
def test_the_master_check_tells_decisions_that_no_longer_fit(path: str, value: float, says: str) -> None:
    grid = lay_book(programmes.outcome()).grid
    moved = Mutable(grid).moved_by({Place(INPUTS, grid.line_of(path).row, VALUE): value})
    assert moved[grid.line_of("master")] == says


def test_blocks_do_not_hide_that_a_site_opens_after_systems_arrive() -> None:
    """Their power counted before the site opens, and the master check said nothing of orders that cannot be placed."""
    site = {"region": "hokkaido", "opens": "2024-04", "cooling": ["air"], "capacity": {"power": "1 kW"}, "pue": 1.1}
    hall = {"site": "ishikari", "adds": {"power": "1 MW"}, "capex": "1 JPY", "lead_time": "0 months", "blocks": 1}
    case = bare(
        calendar={"start": "2024-04", "period": "quarter", "periods": 4},
        sites={"ishikari": {**site, "energy_price": "20 JPY/kWh"}},
        expansions={"hall": hall},
    )
    plan = outcome_of(case, decided(order={("maker", "ishikari", 0): 1}, expand={("hall", 0): 1}))
    grid = lay_book(plan).grid
    assert grid.value_of("master") == "OK"
    opens = grid.line_of("sites.ishikari.opens")
    moved = Mutable(grid).moved_by({opens: serial(datetime.date(2024, 10, 1))})
    assert moved[grid.line_of("master")] == BROKEN
