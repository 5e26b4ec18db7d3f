"""Constraint families: one record for each kind of rows of the model, with the figure of the case behind it.

A rule of the model yields rows of one family or of several. From its record a family has its name in a row, its lever
in the search for contradictions and its price beside a plan. The order here is the order in which that search tries to
do without what the case says.
"""

from __future__ import annotations

from planner.vocabulary.constraints import awards, demand, frozen, money, sites, terms
from planner.vocabulary.constraints.family import Family

FAMILIES: tuple[Family, ...] = tuple(
    one
    for room in (sites, awards, terms, money, demand, frozen)
    for one in vars(room).values()
    if isinstance(one, Family)
)
"""All families of the model: a record is among them by standing in one of these files."""
