"""Every way to order systems, to start blocks and to let a vintage go."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from tests.rival.books import Books
from tests.rival.figures import RESOURCES, Purchase
from tests.rival.running import Vintage


class TooLargeError(Exception):
    """The case has more whole-number plans than can be tried one by one."""


def splits(units: int, places: int, everything: bool) -> Iterator[tuple[int, ...]]:
    """Ways to spread at most (or exactly) so many units over places."""
    if places == 0:
        if units == 0 or not everything:
            yield ()
        return
    for here in range(units + 1):
        for rest in splits(units - here, places - 1, everything):
            yield (here, *rest)


class Choices:
    """The separate whole-number choices of one case."""

    def __init__(self, figures: Books) -> None:
        self.figures = figures
        self.joinable = [name for name in figures.case.programmes if figures.must_join(name)]

    def _most(self, key: tuple[str, str, int], purchase: Purchase) -> int:
        """Most systems that one order can bring: by supply and by what the site can hold when they arrive."""
        figures, offer = self.figures, self.figures.case.offers[key[0]]
        month = figures.starts[key[2]]
        most = min(
            (limit.at(month) or 0 if limit else math.inf for limit in (offer.available, offer.allocation)),
            default=math.inf,
        )
        for resource in RESOURCES:
            room = figures.capacity(purchase.site, resource, purchase.arrival) + sum(
                expansion.blocks * figures.added(name, resource)
                for name, expansion in figures.case.expansions.items()
                if expansion.site == purchase.site
            )
            use = figures.use(purchase.system, purchase.site, resource)
            if use > 0:
                most = min(most, room / use + 1e-6)
        if math.isinf(most):
            raise TooLargeError("an order has no limit")
        return int(most)

    def orders(self) -> Iterator[dict[tuple[str, str, int], int]]:
        keys = sorted(self.figures.orders, key=lambda key: (key[2], key))
        yield from self._orders(keys, {})

    def _orders(
        self, keys: list[tuple[str, str, int]], chosen: dict[tuple[str, str, int], int]
    ) -> Iterator[dict[tuple[str, str, int], int]]:
        if not keys:
            yield dict(chosen)
            return
        key, *rest = keys
        name, _site, t = key
        offer, month = self.figures.case.offers[name], self.figures.starts[t]
        most = self._most(key, self.figures.orders[key])
        if offer.available:
            taken = sum(units for (o, _d, u), units in chosen.items() if (o, u) == (name, t))
            most = min(most, (offer.available.at(month) or 0) - taken)
        if offer.allocation:
            taken = sum(units for (o, _d, _u), units in chosen.items() if o == name)
            most = min(most, (offer.allocation.at(month) or 0) - taken)
        for units in range(most + 1):
            if units:
                chosen[key] = units
            yield from self._orders(rest, chosen)
        chosen.pop(key, None)

    def expansions(self) -> Iterator[dict[tuple[str, int], int]]:
        choices = []
        for name, expansion in self.figures.case.expansions.items():
            keys = [key for key in self.figures.blocks if key[0] == name]
            ways = splits(expansion.blocks, len(keys), everything=False)
            choices.append([{k: n for k, n in zip(keys, way, strict=True) if n} for way in ways])
        for parts in itertools.product(*choices):
            yield {key: units for part in parts for key, units in part.items()}

    def exits(self, vintage: Vintage, units: int) -> list[tuple[int, ...]]:
        leaves = self.figures.exit_periods(vintage[0], vintage[2])
        over = self.figures.life_end(vintage[0], vintage[2]) <= self.figures.last
        return list(splits(units, len(leaves), everything=over))

    def joins(self) -> Iterator[tuple[str, ...]]:
        for size in range(len(self.joinable) + 1):
            yield from itertools.combinations(self.joinable, size)
