"""What was chosen at all: the names that rows of the workbook stand for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from planner.decisions import Decisions
from planner.vocabulary.decisions import STORED
from planner.vocabulary.keys import Claim, Overlap, Vintage, flat


class Choices:
    """The decisions, by row: the names that a row stands for, in the order of the sheet."""

    def __init__(self, decisions: Decisions) -> None:
        self.decisions = decisions

    def rows(self, kind: str) -> list[tuple[Any, ...]]:
        """What tells the rows of a kind of decision from each other: the parts of its keys but for the time."""
        count, table = len(STORED[kind].names), getattr(self.decisions, kind)
        return sorted({tuple(flat(key))[:count] for key, amount in table.items() if amount})

    @cached_property
    def orders(self) -> list[tuple[str, str]]:
        """(offer, site) with an order."""
        return sorted({(key.name, key.site) for key, count in self.decisions.order.items() if count})

    @cached_property
    def offers(self) -> list[str]:
        """Offers with an order."""
        return sorted({offer for offer, _ in self.orders})

    @cached_property
    def expansions(self) -> list[str]:
        """Expansions with a block."""
        return sorted({name for (name, _), count in self.decisions.expand.items() if count})

    @cached_property
    def exits(self) -> list[Vintage]:
        """Vintages with an exit."""
        return sorted({key.vintage for key, count in self.decisions.exit.items() if count})

    @cached_property
    def serving(self) -> list[tuple[str, str, str]]:
        """(workload, system, site) at work."""
        return sorted({key[:3] for key, amount in self.decisions.serve.items() if amount})

    @cached_property
    def claims(self) -> list[tuple[str, str, str]]:
        """(programme, offer or expansion, site) with a claim."""
        return sorted({(j, i.name, i.site) for (j, i), amount in self.decisions.claim.items() if amount})

    @cached_property
    def claims_by_period(self) -> list[tuple[str, str, int]]:
        """(programme, offer or expansion, period of the order or start) with a claim, at whatever site."""
        return sorted({(j, i.name, i.period) for (j, i), amount in self.decisions.claim.items() if amount})

    @cached_property
    def claimed_exits(self) -> list[Claim]:
        """Claims of which systems leave."""
        return sorted({key.claim for key, amount in self.decisions.claimed_exit.items() if amount})

    @cached_property
    def overlaps(self) -> list[tuple[str, str, str, str]]:
        """(programme, earlier one, offer or expansion, site) of which units are claimed under both."""
        return sorted({(j, k, i.name, i.site) for (j, k, i), amount in self.decisions.overlap.items() if amount})

    @cached_property
    def overlap_exits(self) -> list[Overlap]:
        """Overlaps of which systems leave."""
        return sorted({key.overlap for key, amount in self.decisions.overlap_exit.items() if amount})

    @cached_property
    def credits(self) -> list[str]:
        """Programmes whose tax credit is used."""
        return sorted({programme for (programme, _), money in self.decisions.credit.items() if money})

    @cached_property
    def orders_by_period(self) -> list[tuple[str, int]]:
        """(offer, period) with an order, at whatever site."""
        return sorted({(offer, t) for (offer, _, t), count in self.decisions.order.items() if count})

    @cached_property
    def starts(self) -> list[tuple[str, int]]:
        """(expansion, period) with a block that is started."""
        return sorted({key for key, count in self.decisions.expand.items() if count})

    @cached_property
    def by_date(self) -> list[tuple[int, str, str]]:
        """(period, offer, site) of each order and (period, expansion, nothing) of each start of blocks, by date."""
        orders = [(t, offer, site) for (offer, site, t), count in self.decisions.order.items() if count]
        return sorted([*orders, *((t, name, "") for name, t in self.starts)])

    @cached_property
    def loans(self) -> list[str]:
        """Loans that are drawn or repaid."""
        moved = [*self.decisions.draw.items(), *self.decisions.repay.items()]
        return sorted({loan for (loan, _), money in moved if money})
