"""Random tiny cases with further terms of cost; each is drawn by a chance of its own, on top of a case as it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.generator import tiny_fields
from tests.rival.supply import Fields


def costly_fields(term: str, number: int) -> Fields:
    """The case of a number with a term of cost, in turn about anything and about loans, as it would stand in a file."""
    fields = (financed_fields if number % 2 else tiny_fields)(number)
    TERMS[term](fields, Random(f"{term} {number}"))
    return fields


def costly_case(term: str, number: int) -> Case:
    """The same, read."""
    return Case.model_validate(costly_fields(term, number))


def a_year_later(fields: Fields) -> str:
    """The month a year after the start."""
    year, month = fields["calendar"]["start"].split("-")
    return f"{int(year) + 1}-{month}"


def draw_selling_costs(fields: Fields, chance: Random) -> None:
    """Some of the revenue of some work goes to others, perhaps more or less of it later."""
    start, works = fields["calendar"]["start"], [*fields["workloads"].values()]
    for work in works[: chance.randint(1, len(works))]:
        share, later = chance.choice(["3 %", "20 %", "45 %"]), chance.choice([0, "10 %", "60 %"])
        work["selling_costs"] = {start: share, a_year_later(fields): later} if chance.random() < 0.5 else share


TERMS: dict[str, Callable[[Fields, Random], None]] = {"selling costs": draw_selling_costs}
"""How each term is drawn."""
DRAWS: dict[str, Callable[[int], Case]] = {term: partial(costly_case, term) for term in TERMS}
"""The case of a number, by term."""
