"""Levers that are made from the records of the constraint families, and the figures that they lead to."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.explain import levers as search
from planner.explain.elastic_model import elastic_model_of
from planner.explain.figure import said_at
from planner.explain.lever import Ground, Lever, by_family
from planner.explain.levers import PRICED, levers
from planner.model.build import Model, build
from planner.model.linear import LinearExpression, Row
from planner.vocabulary.constraints import FAMILIES
from planner.vocabulary.constraints.family import Family, RightSide
from planner.vocabulary.constraints.sites import ALLOCATION, AVAILABLE, SUPPLY_CHAIN_SHARE
from tests.cases.toy import programme, toy

NEW = Family(
    "new_limit", ("offer", "period"), "systems", "limit", "a limit that no rule has yet",
    right=(RightSide(("offers", "{offer}", "available"), "count", 1, "{offer} has {value} {nouns} anew", "systems"),),
)  # fmt: skip
FLOORS = [
    {"metric": "accelerators", "floor": 5, "from": "2026-01"},
    {"metric": "accelerators", "floor": 3, "from": "2025-01", "to": "2026-12"},
]


def ground(case: Case, rows: list[Row]) -> Ground:
    model: Model = build(coefficients_of(case))
    return Ground(case, model.coefficients, model.sums, by_family([*model.rows, *rows]))


@pytest.mark.parametrize("by_hand", [{}, PRICED], ids=["in the search", "among the prices"])
def test_a_record_alone_gives_a_limit_its_lever_its_place_and_its_price(
    by_hand: Mapping[Family, tuple[search.Maker, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = toy(offers__maker__available={"2025-01": 3, "2026-01": 4}, offers__maker__tags=["line"])
    case = case.model_copy(update={"supply_chain_limits": {"line": 1.0}})
    there = ground(case, [Row(NEW, ("maker", t), LinearExpression() <= 3.0) for t in range(3)])
    assert "anew" not in {lever.words.split()[-1] for lever in levers(there, by_hand)}
    place = FAMILIES.index(ALLOCATION) + 1
    monkeypatch.setattr(search, "FAMILIES", (*FAMILIES[:place], NEW, *FAMILIES[place:]))
    found = levers(there, by_hand)
    families = list(dict.fromkeys(lever.entries[0][0] for lever in found))
    assert families.index(AVAILABLE) < families.index(NEW) < families.index(SUPPLY_CHAIN_SHARE)
    first, second = (lever for lever in found if lever.entries[0][0] == NEW)
    assert (first.words, second.words) == ("maker has 3 systems anew", "maker has 4 systems anew")
    assert first.entries == ((NEW, ("maker", 0), -1.0),)
    assert second.entries == ((NEW, ("maker", 1), -1.0), (NEW, ("maker", 2), -1.0))
    assert (second.periods, second.exact, second.statement) == ((1, 2), True, ("offers", "maker", "available"))
    assert second.figure is not None
    assert second.figure.path == ("offers", "maker", "available", "2026-01")


def test_a_floor_leads_to_the_obligation_that_says_it_whatever_comes_first_in_the_file() -> None:
    # The model numbers obligations in the order of their programmes' names and of what they say, not of the file.
    case = toy(programmes={name: programme(0.5, obligations=FLOORS) for name in ("second", "first")})
    elastic_model = elastic_model_of(case, coefficients_of(case))
    rows = {(row.family, row.key): row for row in elastic_model.rows}
    seen = set()
    for lever in elastic_model.levers:
        if lever.statement[2:3] == ("obligations",):
            name, own, field = lever.statement[1], int(lever.statement[3]), lever.statement[4]
            terms = case.programmes[name].obligations[own]
            assert lever.words.startswith(f"{name} asks for {terms.floor:g} accelerators")
            assert said_at(case, lever.statement) in (figure_of(lever), None)  # a floor need not end
            for family, key, _ in lever.entries:  # a floor times whether the programme is joined
                assert key[0] == name
                assert -terms.floor in rows[family, key].terms.values()
            seen.add((name, own, field))
    fields = ("floor", "from", "to")
    assert seen == {(name, own, field) for name in ("second", "first") for own in (0, 1) for field in fields}


def figure_of(lever: Lever) -> float | int:
    assert lever.figure is not None
    return lever.figure.value


def test_paths_and_words_of_records_name_what_their_rows_go_by() -> None:
    for family in FAMILIES:
        for right in family.right:
            names = {key[1:-1] for key in right.path if key.startswith("{")}
            assert names <= {*family.by, "own_number"}, family
            assert family.role in ("limit", "bound"), family
