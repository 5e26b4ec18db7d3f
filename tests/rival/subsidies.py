"""What may be claimed, what it earns and when, and what goes back; in plain figures."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cached_property

from planner.case.programme import Programme
from planner.case.quantities import Month
from tests.rival.figures import Purchase
from tests.rival.running import Running

Key = tuple[str, str, int]
"""An investment: offer or expansion, site, period."""


@dataclass(frozen=True)
class Claim:
    """One unit of an investment that is claimed under a programme."""

    eligible: float
    """Its eligible cost, before anything that comes earlier is taken off."""
    grant: float
    """What the programme gives for it: money, tax or what is written off at once; also before that."""
    ready: int
    """The period from whose start the unit is in use."""
    parts: dict[int, float]
    """Share of the grant by the month in which it is paid, or counts, as far as that is in the horizon."""
    earlier: dict[str, float] = field(default_factory=dict)
    """What programmes that come first take off the eligible cost of a unit that they pay for as well."""


class Subsidies(Running):
    """Figures of the programmes."""

    @cached_property
    def exclusive_sets(self) -> list[tuple[str, ...]]:
        """Maximal sets of programmes of which each excludes each other one."""
        names = list(self.case.programmes)
        excludes = {(a, b) for a in names for b in self.case.programmes[a].excludes}
        excludes |= {(b, a) for a, b in excludes}
        cliques = [
            set(some)
            for size in range(1, len(names) + 1)
            for some in itertools.combinations(names, size)
            if all(pair in excludes for pair in itertools.combinations(some, 2))
        ]
        return [tuple(sorted(one)) for one in cliques if not any(one < other for other in cliques)]

    def must_join(self, programme: str) -> bool:
        """Whether a programme has to be joined before anything can be claimed."""
        one = self.case.programmes[programme]
        return bool(one.obligations) or one.minimum_investment is not None

    # --- what is earned ---

    @cached_property
    def claims(self) -> dict[tuple[str, str, str, int], Claim]:
        """Everything that can be claimed."""
        gross = {
            (name, *key): claim
            for name, programme in self.case.programmes.items()
            for key, purchase in self._purchases()
            if (claim := self._gross(programme, purchase)) is not None
        }
        return {key: self._after(gross, key) for key in gross}

    def _purchases(self) -> list[tuple[Key, Purchase]]:
        return [*self.orders.items(), *(((x, p.site, t), p) for (x, t), p in self.blocks.items())]

    def _gross(self, programme: Programme, purchase: Purchase) -> Claim | None:
        """A claim as if no programme came earlier; None where there can be none."""
        eligible = programme.eligible_share * sum(purchase.cost_of(category) for category in programme.categories)
        parts = self._parts(programme, purchase)
        if eligible <= 0 or not parts or not self.counts(programme, purchase):
            return None
        return Claim(eligible, programme.rate * eligible, purchase.arrival, parts)

    def _after(self, gross: dict[tuple[str, str, str, int], Claim], key: tuple[str, str, str, int]) -> Claim:
        """The claim with what earlier programmes take off, one after the other, as long as something is left."""
        name, *investment = key
        claim, taken = gross[key], {}
        left = claim.eligible
        for earlier in self.case.programmes[name].after:
            if (other := gross.get((earlier, *investment))) is not None:  # type: ignore[arg-type]
                off = max(0.0, min(other.grant, left))
                left -= off
                # Two grants of 70 % and 30 % leave nothing, although binary numbers may leave a hair.
                taken |= {earlier: off} if off > 1e-9 * claim.eligible else {}
        return Claim(claim.eligible, claim.grant, claim.ready, claim.parts, taken)

    def _parts(self, programme: Programme, purchase: Purchase) -> dict[int, float]:
        """Shares of the grant by month; a tax credit or a write-off counts when the unit is in use."""
        delivered, ordered = self.moments.months_of(purchase.arrival)[0], self.moments.months_of(purchase.start)[0]
        if programme.kind != "grant":
            return {delivered: 1.0}
        due = [
            (one.share, ordered if one.event == "order" else delivered, one.lag.months) for one in programme.milestones
        ]
        due = due or [(1.0, delivered, programme.payment_lag.months)]
        found: dict[int, float] = {}
        for share, month, lag in due:
            if month + lag in self.moments.months:
                found[month + lag] = found.get(month + lag, 0.0) + share
        return found

    def counts(self, programme: Programme, purchase: Purchase) -> bool:
        """Whether place, time and kind of an investment are those of a programme."""
        served = programme.in_service_by is None or self.starts[purchase.arrival] <= programme.in_service_by
        region = self.case.sites[purchase.site].region
        return (
            served
            and programme.order_window.holds(self.starts[purchase.start])
            and (not programme.sites or purchase.site in programme.sites)
            and (not programme.regions or region in programme.regions)
            and (not programme.systems or not purchase.system or purchase.system in programme.systems)
        )

    # --- what stays, leaves and goes back ---

    def forbids(self, programme: str) -> bool:
        """Whether nothing that is claimed may leave before its retention ends."""
        return self.case.programmes[programme].early_exit == "forbidden"

    def retained(self, programme: str, ready: int, month: Month) -> bool:
        """Whether a month is before the end of the retention of what is in use from a period on."""
        return month < self.starts[ready].plus(self.case.programmes[programme].retention.months)

    def clawback_share(self, programme: str, ready: int, month: Month) -> float:
        """Share of the grant that goes back for what leaves in a month, or would have to."""
        terms = self.case.programmes[programme]
        if not self.retained(programme, ready, month):
            return 0.0
        if terms.early_exit == "repay_remaining":
            return 1 - (month - self.starts[ready]) / terms.retention.months
        return 1.0

    def taken_off(self, programme: str, earlier: str, key: Key) -> float:
        """What a programme gives less for a unit that an earlier one pays for as well."""
        return self.case.programmes[programme].rate * self.claims[(programme, *key)].earlier[earlier]
