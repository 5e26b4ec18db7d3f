"""What has to be decided before it is known how things turn out: orders, blocks and programmes up to a period."""

from __future__ import annotations

from dataclasses import dataclass

from planner.decisions import Decisions
from planner.model.build import Model
from planner.model.linear import Column
from planner.vocabulary.keys import Investment, Start

Named = tuple[str, Investment | Start | str]
"""A decision of the first stage: its kind and its key."""


@dataclass(frozen=True)
class Stage:
    """Which decisions of one future belong to the first stage."""

    last: int
    """The last period of it."""
    programmes: frozenset[str] = frozenset()
    """Programmes whose window has begun by then."""

    def of(self, decisions: Decisions) -> Decisions:
        """The first stage of a plan; what is not bought, and what is not joined, is not in it."""
        return Decisions(
            order={key: n for key, n in sorted(decisions.order.items()) if n and key.period <= self.last},
            expand={key: n for key, n in sorted(decisions.expand.items()) if n and key.period <= self.last},
            join={name: True for name, joined in sorted(decisions.join.items()) if joined and name in self.programmes},
        )

    def columns(self, model: Model) -> dict[Named, Column]:
        """The decisions of the first stage that can be taken in a model: what it has no column for is none there."""
        decide = model.decide
        found: dict[Named, Column] = {
            ("order", key): column for key, column in decide.order.items() if key.period <= self.last
        }
        found |= {("expand", key): column for key, column in decide.expand.items() if key.period <= self.last}
        found |= {("join", name): column for (name,), column in decide.join.items() if name in self.programmes}
        return found


def number_in(stage: Decisions, named: Named) -> int:
    """How much of one decision a first stage has."""
    kind, key = named
    return int(getattr(stage, kind).get(key, 0))


def pin(model: Model, stage: Stage, first: Decisions) -> bool:
    """Holds the first stage of a model to a given one, in place; whether there is room for it by its bounds alone.

    What a model cannot order is none there, whatever the first stage says.
    """
    has_room = True
    for named, column in stage.columns(model).items():
        number = float(number_in(first, named))
        has_room = has_room and number <= column.upper
        column.lower = column.upper = number
    return has_room
