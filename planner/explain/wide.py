"""The model with room for what the case forbids: every statement that can be loosened has its levers in it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

from planner.case.case import Case
from planner.coefficients import Coefficients
from planner.explain.lever import Lever
from planner.explain.levers_dates import date_levers
from planner.explain.levers_grants import grant_levers
from planner.explain.levers_money import cash_levers, loan_levers, tax_levers
from planner.explain.levers_programmes import programme_levers
from planner.explain.levers_sites import (
    availability_levers,
    demand_levers,
    fleet_levers,
    late_offers,
    room_levers,
    supply_levers,
)
from planner.explain.open_windows import date_rows, opened
from planner.model.build import labels_of
from planner.model.expressions import Expressions
from planner.model.linear import Column, Row, Sum
from planner.model.problem import Problem, problem_of
from planner.model.rules import RULES
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.solving.elastic import Slack

BOUGHT = frozenset({"order", "expand", "built"})
ARITHMETIC = ("loan_balance",)
"""Rules that only add up: no statement of the case loosens them, so no contradiction is put down to them."""
ROOMIER = 4.0
"""By how much the bound on the profit of a year is widened, since a looser case may earn more."""


MANY = 10_000.0
"""Units of one investment that a joined programme without a cap can pay for."""


class WideSets(Sets):
    """Index sets in which an offered system can stand at every site that can host it, and from the first period on."""

    @cached_property
    def placements(self) -> list[tuple[str, str]]:
        """Systems that stand there or are offered, at sites that can host them."""
        offered = set(self.figures.system_of.values())
        hosted = {(s, d) for s, d, _ in self.figures.use if s in offered}
        return sorted(hosted | {(s, d) for s, d, _ in self.cohorts})

    @cached_property
    def standing(self) -> list[tuple[str, str, int]]:
        """All placements in all periods."""
        return [(s, d, t) for s, d in self.placements for t in self.periods]


@dataclass(frozen=True)
class Wide:
    """Columns, rows and levers; with no lever pulled it allows no more than the case does, but for bounds that follow
    from its statements."""

    columns: list[Column]
    rows: list[Row]
    levers: list[Lever]
    slacks: list[Slack]
    labels: tuple[str, ...]

    @cached_property
    def problem(self) -> Problem:
        """The same as solvers read it, without an objective."""
        return problem_of(self.columns, self.rows, Sum(), self.labels, more_is_better=False)


def wide_model(case: Case, figures: Coefficients) -> Wide:
    """The wide model of a case."""
    dateless = opened(case, figures)
    years = tuple(replace(year, largest=year.largest * ROOMIER) for year in dateless.tax_years)
    roomy = replace(dateless, order_limit=dict.fromkeys(figures.delivery, 1), tax_years=years)
    sets = WideSets(roomy)
    decide = Variables(sets, roomy)
    sums = Expressions(sets, roomy, decide)
    rows = [Row(rule.__name__, key, one) for rule in RULES for key, one in rule(sets, roomy, decide, sums)]
    for column in decide.columns:
        if column.kind in BOUGHT:  # their bounds follow from statements, and those are to be named
            column.upper = math.inf
    _widen(rows, decide, sets, roomy)
    rows += date_rows(case, roomy, decide)
    there = {key: Sum({column.index: 1.0}) for key, column in decide.installed.items()}
    levers = [
        *room_levers(case, figures),
        *supply_levers(case, figures),
        *late_offers(case, figures),
        *availability_levers(case, figures, there),
        *fleet_levers(case, figures),
        *programme_levers(case, figures, rows),
        *date_levers(case, figures, rows),
        *grant_levers(case, figures, sums),
        *loan_levers(case, figures),
        *tax_levers(case, figures, sums),
        *cash_levers(case, figures),
        *demand_levers(case, figures),
    ]
    index = {(row.rule, row.key): position for position, row in enumerate(rows)}
    slacks = [_slack(lever, index) for lever in levers]
    return Wide(decide.columns, rows, levers, slacks, labels_of(figures))


def _widen(rows: list[Row], decide: Variables, sets: Sets, figures: Coefficients) -> None:
    """Rows that would still hold what a lever lets go: grants tied to the smallest cap, and claims to sets."""
    most = {j: 10.0 * limit for j, limit in figures.grant_limit.items()}
    for row in rows:
        if row.rule == "programme_cap" and row.key[1:] == ("join",):
            join = decide.join[str(row.key[0]),].index
            row.comparison.left.terms[join] = -most[str(row.key[0])]
        elif row.rule == "programme_cap" and row.key[1:2] == ("join",):
            join = decide.join[str(row.key[0]),].index
            row.comparison.left.terms[join] = -MANY
    for j, investment in sets.claims:
        claimed = decide.claim[j, investment] <= decide.bought(investment)
        row = Row("claim_once", (*investment, j, "alone"), claimed)
        rows.append(row)


def _slack(lever: Lever, index: dict[tuple[str, tuple[object, ...]], int]) -> Slack:
    entries: dict[int, float] = {}
    for rule, key, weight in lever.entries:
        if (rule, key) in index:
            position = index[rule, key]
            entries[position] = entries.get(position, 0.0) + weight
    within = None if lever.within is None else (dict(lever.within.terms), lever.within.constant)
    return Slack(entries, lever.most, within)
