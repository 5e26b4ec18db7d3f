"""The models of several operators side by side, with the rows between them; each operator keeps its own money unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from planner.model.build import Goal, Model
from planner.model.linear import Column, Comparison, Key, LinearExpression, Row
from planner.model.objective import compute_served, net_present_value
from planner.model.problem import Problem, problem_of
from planner.vocabulary.constraints.awards import TOTAL_CAP, YEAR_CAP
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.constraints.pool import LEAST_COMPUTE, MOST_PUBLIC, PARTICIPATION, POOL_TARGET, SHARED
from planner.vocabulary.constraints.sites import ALLOCATION, AVAILABLE

ROUNDING = 1e-7
"""How far a floor of net present value is lowered, in money units, so that rounding does not stand in the way."""


@dataclass(frozen=True)
class Floor:
    """A floor of installed capability over all operators together, in one period."""

    period: int
    least: float
    value: Mapping[str, Mapping[str, float]]
    """What one system counts, by operator and system: an operator may describe a system otherwise."""


@dataclass(frozen=True)
class Aim:
    """What a plan of the pool makes as large as it can: a weighted sum."""

    npv: float = 0.0
    """Weight of the net present value of all operators, in money units of the pool."""
    compute: float = 0.0
    """Weight of compute, in PFLOPS or PFLOPS-hours."""
    public: float = 0.0
    """Weight of public money paid under shared programmes, in money units of the pool; negative to save it."""
    shift: float = 0.0
    """Added to every plan alike."""


@dataclass(frozen=True)
class Terms:
    """What ties the operators together."""

    currency: str
    offers: frozenset[str] = frozenset()
    """Offers whose supply is shared."""
    programmes: frozenset[str] = frozenset()
    """Programmes whose caps are shared."""
    public: frozenset[str] = frozenset()
    """Of those, programmes that pay public money."""
    target: Floor | None = None
    """What has to stand over all operators."""
    least_npv: Mapping[str, float] = field(default_factory=dict)
    """Least net present value by operator, in units of currency."""
    installed_in: int | None = None
    """Period in which installed compute counts; None counts PFLOPS-hours at work."""
    least_compute: float | None = None
    """Least compute of all operators together, in PFLOPS or PFLOPS-hours."""
    most_public: float | None = None
    """Most public money under shared programmes, in units of currency."""


class PoolModel:
    """Several models in one problem."""

    def __init__(self, operators: Mapping[str, Model], terms: Terms, aim: Aim) -> None:
        self.operators = dict(operators)
        self.terms = terms
        self.aim = aim
        self.unit = sorted(model.coefficients.money_unit for model in operators.values())[len(operators) // 2]
        """Units of currency in one money unit of the rows between the operators."""
        self.first = _first_columns(self.operators)
        self.more_is_better = True
        self.second_objective = None  # whoever plans a pool chooses among its plans
        self.labels = next(iter(self.operators.values())).labels
        self.parts = tuple((self.first[name], model) for name, model in self.operators.items())
        self.columns = [
            Column(first + c.index, c.kind, (name, *c.key), c.lower, c.upper, c.whole)
            for name, first in self.first.items()
            for c in self.operators[name].columns
        ]
        self.rows = [*self._rows_of_operators(), *self._rows_between()]
        self.objective = self._objective()

    @cached_property
    def problem(self) -> Problem:
        """The same as solvers read it."""
        return problem_of(self.columns, self.rows, self.objective, self.labels, more_is_better=True)

    @cached_property
    def tie_break(self) -> LinearExpression:
        """Everything that all operators spend."""
        return self._total({name: model.tie_break for name, model in self.operators.items()}, in_money=True)

    @property
    def goal(self) -> Goal:
        """In which words and in which unit the objective is told."""
        if self.aim.npv or not self.aim.compute:
            return Goal("npv", self.terms.currency, self.unit)
        return Goal("compute", "PFLOPS-hours" if self.terms.installed_in is None else "PFLOPS", 1.0)

    def values_of(self, operator: str, values: list[float]) -> list[float]:
        """The values of the columns of one operator."""
        first = self.first[operator]
        return values[first : first + len(self.operators[operator].columns)]

    def _rows_of_operators(self) -> Iterator[Row]:
        for name, model in self.operators.items():
            for row in model.rows:
                left = self._shifted(name, row.comparison.left, 1.0)
                yield Row(row.family, (name, *row.key), Comparison(left, row.comparison.sense))

    def _rows_between(self) -> Iterator[Row]:
        yield from self._shared((AVAILABLE, ALLOCATION), self.terms.offers, in_money=False)
        yield from self._shared((TOTAL_CAP, YEAR_CAP), self.terms.programmes, in_money=True)
        terms = self.terms
        if terms.target is not None:
            yield Row(POOL_TARGET, (terms.target.period,), self._standing(terms.target) >= terms.target.least)
        for name, least in terms.least_npv.items():
            model = self.operators[name]
            floor = least / model.coefficients.money_unit
            npv = self._shifted(name, net_present_value(model.sums, model.coefficients), 1.0)
            yield Row(PARTICIPATION, (name,), npv >= floor - ROUNDING * max(1.0, 1e-3 * abs(floor)))
        if terms.least_compute is not None:
            yield Row(LEAST_COMPUTE, (), self.compute >= terms.least_compute)
        if terms.most_public is not None:
            yield Row(MOST_PUBLIC, (), self.public_money <= terms.most_public / self.unit)

    def _shared(self, families: tuple[Family, ...], shared: frozenset[str], *, in_money: bool) -> Iterator[Row]:
        """What holds for every operator alone also holds for all of them together, with the same right side."""
        found: dict[tuple[Family, Key], dict[str, Comparison]] = {}
        for operator, model in self.operators.items():
            for row in model.rows:
                if row.family in families and row.key[0] in shared:
                    found.setdefault((row.family, row.key), {})[operator] = row.comparison
        for (family, key), comparisons in found.items():
            sums = {operator: LinearExpression(comparison.left.terms) for operator, comparison in comparisons.items()}
            rights = [self._weight(o, in_money) * comparison.right for o, comparison in comparisons.items()]
            yield Row(SHARED[family], key, self._total(sums, in_money=in_money) <= min(rights))

    def _standing(self, floor: Floor) -> LinearExpression:
        sums = {name: _installed(model, floor.period, floor.value[name]) for name, model in self.operators.items()}
        return self._total(sums, in_money=False)

    @cached_property
    def compute(self) -> LinearExpression:
        """Dense-BF16 compute of all operators: PFLOPS installed in a period, or PFLOPS-hours at work."""
        period, sums = self.terms.installed_in, {}
        for name, model in self.operators.items():
            if period is None:
                sums[name] = compute_served(model.sums, model.coefficients)
            else:
                sums[name] = _installed(model, period, model.coefficients.demand.pflops)
        return self._total(sums, in_money=False)

    @cached_property
    def public_money(self) -> LinearExpression:
        """What shared programmes pay to all operators, in money units of the pool."""
        sums = {name: LinearExpression() for name in self.operators}
        for name, model in self.operators.items():
            for programme in sorted(self.terms.public & set(model.sets.programme_claims)):
                sums[name].add_term(model.sums.awarded(programme), 1.0)
        return self._total(sums, in_money=True)

    def npv(self) -> LinearExpression:
        """Net present value of all operators together, in money units of the pool."""
        sums = {name: net_present_value(model.sums, model.coefficients) for name, model in self.operators.items()}
        return self._total(sums, in_money=True)

    def _objective(self) -> LinearExpression:
        found = LinearExpression(constant=self.aim.shift)
        if self.aim.npv:
            found.add_term(self.npv(), self.aim.npv)
        if self.aim.compute:
            found.add_term(self.compute, self.aim.compute)
        if self.aim.public:
            found.add_term(self.public_money, self.aim.public)
        return found

    def aiming_at(self, aim: Aim, **terms: float | None) -> PoolModel:
        """The same operators with another aim, and perhaps with other terms."""
        return PoolModel(self.operators, replace(self.terms, **terms), aim)  # type: ignore[arg-type]

    def _total(self, sums: Mapping[str, LinearExpression], *, in_money: bool) -> LinearExpression:
        found = LinearExpression()
        for operator, one in sums.items():
            found.add_term(self._shifted(operator, one, self._weight(operator, in_money)), 1.0)
        return found

    def _weight(self, operator: str, in_money: bool) -> float:
        return self.operators[operator].coefficients.money_unit / self.unit if in_money else 1.0

    def _shifted(self, operator: str, one: LinearExpression, factor: float) -> LinearExpression:
        first = self.first[operator]
        return LinearExpression(
            {first + index: factor * weight for index, weight in one.terms.items()}, factor * one.constant
        )


def _first_columns(operators: Mapping[str, Model]) -> dict[str, int]:
    first, found = 0, {}
    for name, model in operators.items():
        found[name] = first
        first += len(model.columns)
    return found


def _installed(model: Model, period: int, value: Mapping[str, float]) -> LinearExpression:
    found = LinearExpression()
    for (system, _, t), column in model.sums.decide.installed.items():
        if t == period:
            found.add_term(column, value.get(system, 0.0))
    return found
