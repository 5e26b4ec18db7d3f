"""Random tiny cases with further terms of cost; each is drawn by a chance of its own, on top of a case as it was."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial
from random import Random

from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.generator import tiny_fields
from tests.rival.on_credit import with_credit
from tests.rival.supply import Fields
from tests.rival.taxed import taxed_fields


def costly_fields(term: str, number: int) -> Fields:
    """The case of a number with a term of cost, in turn about anything and about loans, as it would stand in a file."""
    fields = (financed_fields if number % 2 else tiny_fields)(number)
    TERMS[term](fields, Random(f"{term} {number}"))
    return fields


def costly_case(term: str, number: int) -> Case:
    """The same, read."""
    return Case.model_validate(costly_fields(term, number))


def together_case(number: int) -> Case:
    """A case of property tax with all terms of cost, every second one with customers and suppliers who wait."""
    fields = taxed_fields(number)
    if number % 2:
        fields = with_credit(fields, Random(f"credit beside costs {number}"))
    for term, draw in TERMS.items():
        draw(fields, Random(f"all with {term} {number}"))
    return Case.model_validate(fields)


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


def draw_instalments(fields: Fields, chance: Random) -> None:
    """Two to four parts, before delivery, after it, and some of them after the horizon."""
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[fields["calendar"]["period"]]
    far = length * fields["calendar"]["periods"]
    for noun in [*fields["offers"].values(), *fields.get("expansions", {}).values()]:
        if chance.random() < 0.2:
            continue
        cuts = sorted(chance.sample(range(1, 20), chance.randint(1, 3)))
        shares = [(b - a) / 20 for a, b in itertools.pairwise([0, *cuts, 20])]
        noun["payment"] = {"instalments": [_instalment(chance, share, length, far) for share in shares]}


def _instalment(chance: Random, share: float, length: int, far: int) -> Fields:
    later = chance.choice([0, 0, chance.randint(1, length), length, length + 1, far // 2, far])
    if chance.random() < 0.3:
        return {"share": share, "event": "order", "lag": f"{later} months"}
    if chance.random() < 0.3:
        return {"share": share, "advance": f"{chance.randint(1, length + 2)} months"}
    return {"share": share, "lag": f"{later} months"}


def draw_maintenance(fields: Fields, chance: Random) -> None:
    """Two or three steps of age, some of them within a period; often nothing under warranty."""
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[fields["calendar"]["period"]]
    for system in fields["systems"].values():
        system["maintenance_per_year"] = chance.choice(["5 %", "15 %", "40 %"])
        ages = sorted(chance.sample(range(0, 3 * length + 3), chance.choice([1, 2, 3])))
        steps = [{"age": f"{age} months", "factor": chance.choice([0, 0.5, 1, 2, 4])} for age in ages]
        system["maintenance_by_age"] = steps


def draw_resale(fields: Fields, chance: Random) -> None:
    """A market that changes, and systems with a curve, or a market, of their own."""
    start, later = fields["calendar"]["start"], a_year_later(fields)
    curve = [{"age": "0 months", "share": 0.9}, {"age": "30 months", "share": 0.4}]
    fields["finance"]["resale"] = fields["finance"].get("resale") or curve
    fields["finance"]["terminal_value"] = chance.random() < 0.8
    if chance.random() < 0.6:
        fields["finance"]["resale_factor"] = {start: chance.choice([0.5, 1, 1.6]), later: chance.choice([0.4, 0.9, 2])}
    for system in fields["systems"].values():
        if chance.random() < 0.5:
            system["resale"] = [
                {"age": f"{chance.choice([0, 5])} months", "share": chance.choice([0.7, 0.95])},
                {"age": f"{chance.choice([9, 24])} months", "share": chance.choice([0.1, 0.6])},
            ]
        if chance.random() < 0.3:
            system["resale_factor"] = chance.choice([0.3, 1.4, {start: 1, later: 0.2}])


TERMS: dict[str, Callable[[Fields, Random], None]] = {
    "selling costs": draw_selling_costs,
    "instalments": draw_instalments,
    "maintenance by age": draw_maintenance,
    "resale": draw_resale,
}
"""How each term is drawn."""
DRAWS: dict[str, Callable[[int], Case]] = {term: partial(costly_case, term) for term in TERMS}
"""The case of a number, by term."""
