"""The elastic model: every statement of the case that can be loosened has its levers in it, as elastic variables."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

from planner.case.case import Case
from planner.coefficients import Coefficients, CoverTerms, DividendTerms, YearEndTerms
from planner.decisions import summed
from planner.explain.lever import Ground, Lever, by_family
from planner.explain.levers import levers
from planner.explain.open_windows import opened, shut_out
from planner.model.build import labels_of
from planner.model.expressions import Expressions
from planner.model.linear import Column, Key, LinearExpression, Row
from planner.model.problem import Problem, problem_of
from planner.model.rules import RULES
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.solving.elastic import ElasticVariable
from planner.vocabulary.constraints.awards import JOIN
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.constraints.terms import CLAIM_ALONE
from planner.vocabulary.keys import Stand

BOUGHT = frozenset({"order", "expand", "built"})
ROOMIER = 4.0
"""By how much the bound on the profit of a year is widened, since a looser case may earn more."""


MANY = 10_000.0
"""Units of one investment that a joined programme without a cap can pay for."""


class ElasticSets(Sets):
    """Index sets in which an offered system can stand at every site that can host it, and from the first period on."""

    @cached_property
    def placements(self) -> list[tuple[str, str]]:
        """Systems that stand there or are offered, at sites that can host them."""
        offered = set(self.coefficients.offers.system_of.values())
        hosted = {(s, d) for s, d, _ in self.coefficients.sites.use if s in offered}
        return sorted(hosted | {(s, d) for s, d, _ in self.vintages})

    @cached_property
    def standing(self) -> list[Stand]:
        """All placements in all periods."""
        return [Stand(s, d, t) for s, d in self.placements for t in self.periods]


@dataclass(frozen=True)
class ElasticModel:
    """Columns, rows and levers; with no lever pulled it allows no more than the case does, but for bounds that follow
    from its statements."""

    columns: list[Column]
    rows: list[Row]
    levers: list[Lever]
    slacks: list[ElasticVariable]
    labels: tuple[str, ...]

    @cached_property
    def problem(self) -> Problem:
        """The same as solvers read it, without an objective."""
        return problem_of(self.columns, self.rows, LinearExpression(), self.labels, more_is_better=False)


def elastic_model_of(case: Case, coefficients: Coefficients) -> ElasticModel:
    """The wide model of a case."""
    dateless = opened(case, coefficients)
    years = tuple(replace(year, largest=year.largest * ROOMIER) for year in dateless.tax.years)
    covers = tuple(_roomier(year) for year in dateless.covers)
    roomy = replace(
        dateless,
        sites=replace(dateless.sites, order_limit=dict.fromkeys(coefficients.offers.delivery, 1)),
        tax=replace(dateless.tax, years=years),
        covers=covers,
        year_ends=tuple(_roomier_end(year) for year in dateless.year_ends),
        dividends=replace(
            dateless.dividends, years=tuple(_roomier_dividend(year) for year in dateless.dividends.years)
        ),
    )
    sets = ElasticSets(roomy)
    decide = Variables(sets, roomy)
    sums = Expressions(sets, roomy, decide)
    rows = [row for rule in RULES for row in rule(sets, roomy, decide, sums)]
    for column in decide.columns:
        if column.kind in BOUGHT:  # their bounds follow from statements, and those are to be named
            column.upper = math.inf
    _widen(rows, decide, roomy)
    rows += [Row(CLAIM_ALONE, (i, j), claim <= decide.bought(i)) for (j, i), claim in decide.claim.items()]
    shut = list(shut_out(case, roomy, decide))
    rows += [one.row for one in shut]
    found = levers(Ground(case, coefficients, sums, by_family(rows), shut))
    index = {(row.family, row.key): position for position, row in enumerate(rows)}
    return ElasticModel(decide.columns, rows, found, [_slack(lever, index) for lever in found], labels_of(coefficients))


def _roomier(year: CoverTerms) -> CoverTerms:
    """The same with wider bounds."""
    return replace(
        year,
        largest_scheduled={loan: most * ROOMIER for loan, most in year.largest_scheduled.items()},
        largest_service=year.largest_service * ROOMIER,
        largest_deficit=year.largest_deficit * ROOMIER,
    )


def _roomier_end(year: YearEndTerms) -> YearEndTerms:
    return replace(
        year,
        largest_debt=year.largest_debt * ROOMIER,
        lowest_value=year.lowest_value * ROOMIER,
        lowest_equity=year.lowest_equity * ROOMIER,
    )


def _roomier_dividend(year: DividendTerms) -> DividendTerms:
    return replace(year, most=year.most * ROOMIER, lowest_retained=year.lowest_retained * ROOMIER)


def _widen(rows: list[Row], decide: Variables, coefficients: Coefficients) -> None:
    """Rows that would still hold what a lever lets go: grants that are tied to the smallest cap by joining."""
    for row in rows:
        if row.family.role == "join":
            programme = str(row.key[0])
            most = 10.0 * coefficients.aid.grant_limit[programme] if row.family == JOIN else MANY
            row.comparison.left.terms[decide.join[programme,].index] = -most


def _slack(lever: Lever, index: dict[tuple[Family, Key], int]) -> ElasticVariable:
    entries = summed((index[family, key], weight) for family, key, weight in lever.entries if (family, key) in index)
    within = None if lever.within is None else (dict(lever.within.terms), lever.within.constant)
    return ElasticVariable(entries, lever.most, within)
