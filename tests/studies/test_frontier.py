"""Where a plan turns: against values worked out by hand, and against brute force on a fine grid."""

from __future__ import annotations

import copy
import itertools
import multiprocessing
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.case.case import Case
from planner.decisions import Decisions
from planner.errors import InputError, NoPlanError
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.reading.case.file import Reading, Source, input_hash
from planner.reading.tree.parse import parse_value
from planner.report.compare.figures import figure_names, figures_of
from planner.report.compare.frontier import certainty, sections
from planner.report.compare.tables import Section
from planner.report.page.frontier_page import frontier_page
from planner.report.voice import Voice
from planner.studies import process_pool
from planner.studies.frontier import frontier as module
from planner.studies.frontier.events import NO_PLAN, Event, choices, event_of, whole_decisions
from planner.studies.frontier.frontier import Breakpoint, Map, frontier
from planner.studies.frontier.parameter import Parameter, Reader, parameter, parameters_of, reader_of
from planner.studies.runs import run_all
from planner.studies.tasks import Engine, Run, Task
from tests.cases.toy import mn, programme, yearly
from tests.rival.generator import tiny_fields
from tests.studies.budgets import budget
from tests.studies.changed import engine

TWO_CUSTOMERS = {
    "first": {"metric": "accelerators", "amount": 1, "price": yearly(20)},
    "second": {"metric": "accelerators", "amount": 1, "price": yearly(10)},
}


def turns(path: Path, *varied: tuple[str, str, str], event: str = "decisions", **options: Any) -> Map:
    reader = reader_of(path, None)
    parameters = parameters_of(*zip(*varied, strict=True), reader)
    found = event_of(event, reader({}).case, figure_names(), figures_of)
    return frontier(reader, parameters, found, engine(gap=0.0), **options)


def told(found: Map, language: str = "en") -> list[Section]:
    return sections(found, Voice(language, "JPY"))


def only(found: Map) -> tuple[Breakpoint, ...]:
    (line,) = found.lines
    return line.breakpoints


def test_a_varied_calendar_turns_the_plan_by_date_and_not_by_number(tmp_path: Path) -> None:
    # What is ordered in June is ordered in June, whether that is the sixth month of the horizon or the fourth.
    months = {"start": "2025-01", "period": "month", "periods": 12, "fiscal_year_start_month": 1}
    june = {"system": "cube", "supplier": "maker", "order_window": {"from": "2025-06", "to": "2025-06"}}
    cheap = {"typical": mn(20)}
    path = budget(tmp_path, calendar=months, offers__maker=june, systems__cube__price=cheap)
    later = turns(path, ("calendar.start", "2025-01", "2025-04"), points=4)
    longer = turns(path, ("calendar.periods", "11", "13"), points=3)
    for found in (later, longer):
        assert {point.state for point in found.lines[0].points} == {"maker 1"}
        assert only(found) == ()
        assert "present values and sums are of each plan's own start and months" in told(found)[0].words[0]


def test_the_smallest_rates_at_which_two_investments_pay(tmp_path: Path) -> None:
    # A cube of 100 earns 60 from the first customer and 30 from the second: it pays from 40 % and from 70 % on.
    path = budget(tmp_path, workloads=TWO_CUSTOMERS, programmes={"grant": programme(0.1)})
    first, second = only(turns(path, ("programmes.grant.rate", "0 %", "100 %")))
    assert (first.value, second.value) == (pytest.approx(40, abs=1e-6), pytest.approx(70, abs=1e-6))
    for one, value in ((first, 40), (second, 70)):
        assert one.confirmed
        assert certainty(one) == "confirmed on both sides"
        assert one.low <= value + 1e-9
        assert one.high >= value - 1e-9
        assert one.high - one.low == pytest.approx(0.01)
    assert (first.before, first.after, second.after) == ("nothing bought", "maker 1", "maker 2")
    assert first.changes[0] == "order maker at east, FY2025: 0 to 1"


def test_a_figure_that_passes_a_mark_is_no_turn_of_the_plan(tmp_path: Path) -> None:
    # From 40 % on the plan is worth 100 * rate - 40: 25 at 65 %.
    path = budget(tmp_path, workloads={"first": TWO_CUSTOMERS["first"]}, programmes={"grant": programme(0.1)})
    (one,) = only(turns(path, ("programmes.grant.rate", "0 %", "100 %"), event="npv >= 25 mn JPY"))
    assert one.low < 65 + 1e-9
    assert one.high == pytest.approx(65, abs=0.011)
    assert one.same_decisions
    assert "no whole decision changes" in certainty(one)


def test_the_lowest_cap_at_which_an_obligation_is_taken_on(tmp_path: Path) -> None:
    # Three cubes are owed, with work for one: 180 - 300 + grant against 80 without: worth it from a grant of 200 on.
    duty = {"metric": "bf16_pflops", "floor": 3, "from": "2025-06"}
    path = budget(tmp_path, programmes={"big": programme(0.8, obligations=[duty], total_cap=mn(300))})
    varied = ("programmes.big.total_cap", "100 mn JPY", "300 mn JPY")
    (one,) = only(turns(path, varied, event="big joined"))
    assert one.low <= 200 <= one.high
    assert one.high - one.low == pytest.approx(0.02)
    assert (one.before, one.after) == ("not: big joined", "big joined")


def test_the_last_month_in_which_a_site_is_opened(tmp_path: Path) -> None:
    # From 2026 on a cube still earns 120 > 100, in 2027 only 60. The site that stands has no room.
    late = {
        "region": "north", "opens": "2025-01", "cooling": ["air"], "capacity": {"power": "10 kW"}, "pue": 1,
        "energy_price": "0 JPY/kWh",
    }  # fmt: skip
    path = budget(tmp_path, sites__east__capacity={"power": "0 kW"}, sites__late=late)
    (one,) = only(turns(path, ("sites.late.opens", "2025-01", "2027-01"), event="late opens"))
    (line,) = turns(path, ("sites.late.opens", "2025-01", "2027-01"), event="late opens").lines
    assert (line.parameter.text(one.low), line.parameter.text(one.high)) == ("2026-01", "2026-02")
    assert (one.before, one.after) == ("late opens", "not: late opens")


def test_whole_numbers_are_told_apart_one_by_one(tmp_path: Path) -> None:
    path = budget(tmp_path, workloads__training__amount=9, offers__maker__allocation=1)
    reader = reader_of(path, None)
    found = parameter("offers.maker.allocation", "0", "5", reader)
    assert found.steps == 5
    breakpoints = only(turns(path, ("offers.maker.allocation", "0", "5")))
    assert [(one.low, one.high) for one in breakpoints] == [(float(n), float(n + 1)) for n in range(5)]


@pytest.mark.parametrize(
    ("path", "low", "high", "unit"),
    [
        ("programmes.grant.rate", "0", "50%", "%"),
        ("finance.opening_cash", "0", "20 bn JPY", "bn JPY"),
        ("finance.opening_cash", "-5 bn JPY", "0.0", "bn JPY"),
    ],
)
def test_a_bare_nothing_has_the_unit_of_the_other_end(
    tmp_path: Path, path: str, low: str, high: str, unit: str
) -> None:
    reader = reader_of(budget(tmp_path, programmes={"grant": programme(0.1)}), None)
    found = parameter(path, low, high, reader)
    assert (found.unit, 0.0 in (found.low, found.high)) == (unit, True)
    assert found.words(0) == f"0 {unit}"


def test_two_inputs_give_a_map(tmp_path: Path) -> None:
    # One cube pays where 60 + 100 * rate >= price: at a price of 80, 100 and 120 from 25 %, 40 % and 50 % on.
    path = budget(tmp_path, workloads={"first": TWO_CUSTOMERS["first"]}, programmes={"grant": programme(0.1)})
    varied = ("programmes.grant.rate", "0 %", "100 %"), ("systems.cube.price.typical", "80 mn JPY", "120 mn JPY")
    found = turns(path, *varied, lines=3, points=3)
    assert [line.other for line in found.lines] == [80, 100, 120]
    assert [[one.value for one in line.breakpoints] for line in found.lines] == [
        [pytest.approx(25)],
        [pytest.approx(40)],
        [pytest.approx(50)],
    ]
    titles = [table.title for table in told(found)[0].tables]
    assert titles == ["Breakpoints", "Map of the turns, as numbers"]


def test_a_search_that_is_stopped_says_so(tmp_path: Path) -> None:
    path = budget(tmp_path, workloads=TWO_CUSTOMERS, programmes={"grant": programme(0.1)})
    found = turns(path, ("programmes.grant.rate", "0 %", "100 %"), points=3, most_runs=3)
    assert not found.narrowed_down
    assert [certainty(one) for one in only(found)] == ["not narrowed down: the search was stopped"] * 2
    assert [(one.low, one.high) for one in only(found)] == [(0, 50), (50, 100)]


def test_a_turn_within_the_gap_is_called_a_choice(tmp_path: Path) -> None:
    # One offer is one yen cheaper up to 50 mn, dearer beyond: the plan turns, but never by more than the gap.
    offers = {name: {"system": "cube", "supplier": "m", "price": mn(100)} for name in ("one", "other")}
    path = budget(tmp_path, offers=offers)
    reader = reader_of(path, None)
    varied = parameter("offers.one.price", "99.99 mn JPY", "100.01 mn JPY", reader)
    event = event_of("one bought", reader({}).case, figure_names(), figures_of)
    (line,) = frontier(reader, [varied], event, engine(gap=1e-3), points=3).lines
    (found,) = line.breakpoints
    assert not found.beyond_the_gap
    assert (found.alike_from, found.alike_to) == (99.99, 100.01)
    assert "no more than a choice" in certainty(found)
    (exact,) = frontier(reader, [varied], event, engine(gap=0.0), points=3).lines
    assert exact.breakpoints[0].value == pytest.approx(100)
    assert exact.breakpoints[0].beyond_the_gap


# --- Brute force ---


NOTHING_MORE = Source(parse_value("{}", "memory"), None, ())
"""What a case in memory was read from: it is not asked for changes."""


def reader_in_memory(fields: dict[str, Any]) -> Reader:
    """Reads a generated case with new values by path; its names hold no dots."""

    def read(overrides: Mapping[str, str]) -> Reading:
        changed = copy.deepcopy(fields)
        for path, text in overrides.items():
            *parents, last = path.split(".")
            place = changed
            for parent in parents:
                place = place[parent]
            place[last] = text
        case = Case.model_validate(changed)
        return Reading(case, "base", {}, input_hash(case), NOTHING_MORE)

    return read


def varied_case(number: int) -> tuple[Reader, Parameter]:
    """A generated case with a plan, and one of its inputs: a price that customers pay, from nothing to three times."""
    fields = tiny_fields(number)
    fields["objective"] = {"kind": "npv"}
    price = fields["workloads"]["training"].get("price")
    reader = reader_in_memory(fields)
    try:
        plan_case(reader({}).case)
    except NoPlanError:
        return varied_case(number + 100)
    if not isinstance(price, str):
        return varied_case(number + 100)
    amount, unit = price.split(" ", 1)
    return reader, Parameter("workloads.training.price", 0.0, 3 * float(amount), unit, 3000)


def state_at(reader: Reader, one: Parameter, value: float, event: Event) -> object:
    try:
        outcome: Outcome = plan_case(reader({one.path: one.text(value)}).case, gap=0.0)
    except NoPlanError:
        return NO_PLAN
    return {"decisions": whole_decisions, "choices": choices}[event.text](outcome)


@pytest.mark.parametrize("number", range(int(os.environ.get("PLANNER_FRONTIERS", "2"))))
def test_every_turn_agrees_with_brute_force_on_a_fine_grid(number: int) -> None:
    reader, one = varied_case(number)
    event = event_of("decisions" if number % 2 else "choices", reader({}).case, figure_names(), figures_of)
    (line,) = frontier(reader, [one], event, engine(gap=0.0), points=21).lines
    grid = [one.value(one.steps * place / 60) for place in range(61)]
    states = [state_at(reader, one, value, event) for value in grid]
    edges = [(point.low, point.high) for point in line.breakpoints]
    for (low, before), (high, after) in itertools.pairwise(zip(grid, states, strict=True)):
        inside = [edge for edge in edges if edge[1] > low and edge[0] < high]
        if before != after:
            assert inside, f"the plan turns between {low} and {high}"
        elif inside:  # there and back again: more than one turn
            assert len(inside) > 1, f"a turn at {inside} that the grid does not know"
    assert all(point.confirmed for point in line.breakpoints)


def test_brute_force_has_turns_to_find() -> None:
    found = 0
    for number in range(6):
        reader, one = varied_case(number)
        event = event_of("decisions" if number % 2 else "choices", reader({}).case, figure_names(), figures_of)
        found += state_at(reader, one, one.low, event) != state_at(reader, one, one.high, event)
    assert found >= 3


# --- What is refused ---


@pytest.mark.parametrize(
    ("varied", "words"),
    [
        ([("programmes.grant.raet", "0 %", "50 %")], "did you mean 'rate'?"),
        ([("programmes.grnat.rate", "0 %", "50 %")], "'grant'"),
        ([("programmes.grant.rate", "0 %", "150 %")], "lies outside 0 to 100 %"),
        ([("programmes.grant.rate", "10 %", "10 %")], "both ends are 10 %"),
        ([("finance.opening_cash", "1 bn JPY", "2000 mn JPY")], "--from is in 'bn JPY', --to in 'mn JPY'"),
        ([("programmes.grant.rate", "0.1", "50 %")], "fix: if '%' is meant, write --from '0.1 %'"),
        ([("programmes.grant.rate", "5 %", "1")], "--to 1 has no unit, the other end has '%'"),
        ([("programmes.grant.rate", "5%", "0")], "fix: turn them round: --from '0 %' --to '5%'"),
        ([("sites.east.opens", "2026-04", "2025-04")], "fix: turn them round: --from '2025-04' --to '2026-04'"),
        ([("sites.east.region", "north", "south")], "'north' is not a number with a unit"),
        ([("programmes.grant.rate", "0 %", "50 %")] * 2, "one or two different inputs"),
    ],
)
def test_an_input_that_cannot_be_varied_is_refused(
    tmp_path: Path, varied: list[tuple[str, str, str]], words: str
) -> None:
    path = budget(tmp_path, programmes={"grant": programme(0.1)})
    with pytest.raises(InputError, match=re.escape(words)):
        turns(path, *varied)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("esat opens", "did you mean 'east'?"),
        ("grnat joined", "did you mean 'grant'?"),
        ("maker opens", "allowed: east"),
        ("east opend", "is no event"),
        ("decision", "did you mean 'decisions'?"),
        ("nvp > 0", "did you mean 'npv'?"),
    ],
)
def test_an_event_that_cannot_be_is_refused_with_the_nearest_name(tmp_path: Path, event: str, words: str) -> None:
    path = budget(tmp_path, programmes={"grant": programme(0.1)})
    with pytest.raises(InputError, match=re.escape(words)):
        turns(path, ("programmes.grant.rate", "0 %", "50 %"), event=event)


# --- What a frontier takes ---


def test_every_turn_takes_two_plans_beside_the_first_ones_and_one_process(tmp_path: Path, monkeypatch: Any) -> None:
    begun: list[int] = []
    start = process_pool._Worker.__init__

    def counting(worker: Any, *arguments: Any) -> None:
        begun.append(1)
        start(worker, *arguments)

    monkeypatch.setattr(process_pool._Worker, "__init__", counting)
    path = budget(tmp_path, workloads=TWO_CUSTOMERS, programmes={"grant": programme(0.1)})
    reader, told = reader_of(path, None), list[tuple[int, int]]()
    varied = parameter("programmes.grant.rate", "0 %", "100 %", reader)
    event = event_of("decisions", reader({}).case, figure_names(), figures_of)
    one = engine(gap=0.0, apart=True, told=lambda done, of, _: told.append((done, of)))
    (line,) = frontier(reader, [varied], event, one, points=9).lines
    assert len(line.breakpoints) == 2
    assert len(line.points) <= 9 + 2 * len(line.breakpoints)
    assert len(begun) == 1
    assert one.pool is None
    assert not multiprocessing.active_children(), "it has ended with the study"
    assert told == sorted(told)
    assert told[-1] == (len(line.points), len(line.points))


def test_a_point_begins_at_the_plans_of_its_neighbours_however_many_workers_plan(
    tmp_path: Path, monkeypatch: Any
) -> None:
    # At 39 % nothing is bought, and two cubes at 97 %. Between them, at 68 %, one cube is worth 26.8 and two are worth
    # 23.6: within a fifth, it depends on where the search begins. In fractions 0.96 are ordered.
    first = {**TWO_CUSTOMERS["first"], "amount": 0.96}
    path = budget(tmp_path, workloads={**TWO_CUSTOMERS, "first": first}, programmes={"grant": programme(0.1)})
    rounds: list[list[Task]] = []

    def noted(tasks: Sequence[Task], one: Engine) -> list[Run]:
        rounds.append([*tasks])
        return run_all(tasks, one)

    monkeypatch.setattr(module, "run_all", noted)
    reader = reader_of(path, None)
    varied = parameter("programmes.grant.rate", "39 %", "97 %", reader)
    event = event_of("decisions", reader({}).case, figure_names(), figures_of)
    (line,) = frontier(reader, [varied], event, engine(gap=0.2), points=3).lines
    at = {point.value: point for point in line.points}
    assert (at[39.0].state, at[68.0].state, at[97.0].state) == ("nothing bought", "maker 2", "maker 2")
    (from_nothing,) = run_all([replace(rounds[1][0], start=None)], engine(gap=0.2))
    assert from_nothing.plan.decisions.ordered == {("maker", "east"): 1}

    value_of = {point.outcome.input_hash: point.value for point in line.points if point.outcome}
    known: dict[float, Decisions] = {}
    assert len(rounds) > 2
    for tasks in rounds:
        for task in tasks:
            value = value_of[task.input_hash]
            sides = [one for one in known if one < value][-1:] + [one for one in known if one > value][:1]
            assert (task.start.plans if task.start else ()) == tuple(known[one] for one in sides)
        values = {*known, *(value_of[task.input_hash] for task in tasks)}
        known = {value: found.decisions for value in sorted(values) if (found := at[value].outcome)}
    side_by_side = frontier(reader, [varied], event, engine(gap=0.2, workers=2), points=3).lines
    one_by_one, two_by_two = ([(point.value, point.state) for point in one.points] for one in (line, *side_by_side))
    assert one_by_one == two_by_two


def test_every_text_of_the_workbook_is_japanese(tmp_path: Path) -> None:
    path = budget(tmp_path, workloads=TWO_CUSTOMERS, programmes={"half": programme(0.0)})
    rate, price = ("programmes.half.rate", "10 %", "90 %"), ("systems.cube.price.typical", mn(80), mn(120))
    voice = Voice("ja", "JPY")
    for found in (
        turns(path, rate, points=3),
        turns(path, rate, event="half joined", points=3),
        turns(path, rate, price, event="npv > 0", points=3, lines=2),
        turns(path, ("calendar.periods", "2", "3"), points=2),
    ):
        first, *others = sections(found, voice)
        assert first.name == "変わる値"
        assert "計画が変わる" in frontier_page(found, [first, *others], "ja")
    assert voice.speaker.missing == set()
