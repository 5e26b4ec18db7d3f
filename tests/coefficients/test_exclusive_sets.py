"""Sets of programmes that exclude each other: audit and model find them each by itself, and however many there are."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.audit.exclusive import exclusive_sets as of_the_audit
from planner.case.programme import Programme
from planner.coefficients.aid import exclusive_sets as of_the_model
from planner.model.sets import overlapping_sets
from tests.cases.toy import programme, toy

MANY = 60


def programmes(excludes: dict[str, list[str]]) -> dict[str, Programme]:
    """Programmes by name, with the names of those that each excludes."""
    return toy(programmes={name: programme(0.1, excludes=others) for name, others in excludes.items()}).programmes


def tried_out(named: dict[str, Programme]) -> list[tuple[str, ...]]:
    """Every set of names is tried; the largest first, then in the order of the case."""
    apart = {frozenset((name, other)) for name, rules in named.items() for other in rules.excludes}
    sets = [
        group
        for size in range(len(named), 0, -1)
        for group in combinations(named, size)
        if all(frozenset(pair) in apart for pair in combinations(group, 2))
    ]
    return [group for group in sets if not any(set(group) < set(other) for other in sets)]


@given(st.integers(0, 6).flatmap(lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=n)))
def test_both_find_what_trying_out_all_sets_finds(chosen: list[list[bool]]) -> None:
    names = [f"p{number}" for number in range(len(chosen[0]) if chosen else 0)]
    excludes = {
        name: [other for other, one in zip(names, row, strict=True) if one and other != name]
        for name, row in zip(names, chosen, strict=False)
    }
    named = programmes(excludes)
    assert of_the_audit(named) == list(of_the_model(named)) == tried_out(named)


@pytest.mark.parametrize("exclusive", [True, False])
def test_many_programmes_take_no_longer(exclusive: bool) -> None:
    """Trying out all sets of sixty programmes would never end."""
    names = [f"p{number}" for number in range(MANY)]
    named = programmes({name: [other for other in names if exclusive and other != name] for name in names})
    expected = [tuple(names)] if exclusive else [(name,) for name in names]
    assert of_the_audit(named) == list(of_the_model(named)) == expected


def test_only_programmes_that_come_later_are_looked_at_in_a_large_set() -> None:
    names = tuple(f"p{number}" for number in range(MANY))
    assert overlapping_sets({("p7", "first")}, (names, ("first",))) == [(("p7",), ("first",))]
