"""Decisions that are made already are as they are, and up to a month there are none besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.frozen_sets import FrozenSets
from planner.model.linear import Column, LinearExpression, Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.constraints.frozen import (
    FROZEN_BLOCKS,
    FROZEN_CLAIM,
    FROZEN_DRAW,
    FROZEN_ENTRY,
    FROZEN_EXIT,
    FROZEN_ORDER,
    FROZEN_REPAYMENT,
)


def frozen(sets: Sets, coefficients: Coefficients, decide: Variables, _sums: Expressions) -> Iterator[Row]:
    """What is frozen is as it is listed; by offer o, site d, expansion x, vintage s,d,k, loan f, period t; programme j.

    ``order[o,d,t] = listed[o,d,t]`` and ``expand[x,t] = listed[x,t]`` for all that begins up to the month, zero for
    what is not listed; ``exit[s,d,k,t]``, ``claim[j,i]``, ``draw[f,t]``, ``repay[f,t]`` and ``join[j]`` for what is
    listed, and where the list is complete zero for what is not. What cannot be has no decision, and its row asks for
    something out of nothing: then there is no plan.
    """
    listed, members = coefficients.frozen, FrozenSets(sets)
    tables: tuple[tuple[Family, Sequence[Any], Mapping[Any, Column], Mapping[Any, float]], ...] = (
        (FROZEN_ORDER, members.orders, decide.order, listed.orders),
        (FROZEN_BLOCKS, members.blocks, decide.expand, listed.blocks),
        (FROZEN_EXIT, members.exits, decide.exit, listed.exits),
        (FROZEN_CLAIM, members.claims, decide.claim, listed.claims),
        (FROZEN_DRAW, members.draws, decide.draw, listed.draws),
        (FROZEN_REPAYMENT, members.repayments, decide.repay, listed.repayments),
    )
    for family, keys, columns, numbers in tables:
        for key in keys:
            yield Row(family, key, _decided(columns, key).equals(numbers.get(key, 0)))
    for programme, is_entered in listed.entered.items():
        yield Row(FROZEN_ENTRY, (programme,), _decided(decide.join, (programme,)).equals(is_entered))


def _decided(columns: Mapping[Any, Column], key: object) -> LinearExpression:
    """The decision of a key; nothing where there is none."""
    return count(columns[one] for one in (key,) if one in columns)
