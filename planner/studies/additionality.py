"""What a subsidy programme changes: the plan with it beside the best plan without it.

Bought anyway is what the plan without the programme buys as well, of each system and each kind of block over the whole
horizon, whenever and wherever. What is bought beyond that is bought because of the programme. Of what the programme
pays for, the further units are taken to be claimed first: the share of the grant for what would have happened anyway
is the least that it can be.

The grant of a programme is the public money that it gives: grants paid within the horizon, less what goes back, and
tax credits that are used. Special depreciation gives none; it lends tax without interest.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.case.case import Case
from planner.decisions import summed
from planner.outcome import Outcome
from planner.reading.case.file import input_hash
from planner.studies.tasks import Run, Task


@dataclass(frozen=True)
class Bought:
    """One system or kind of block, with and without the programme, in units over the horizon."""

    name: str
    with_it: int
    without: int
    grant: float
    """Public money of the programme for it, in currency: its part of all that the programme grants."""
    claimed: float
    """Units claimed under the programme."""

    @property
    def anyway(self) -> int:
        """Bought in both plans."""
        return min(self.with_it, self.without)

    @property
    def because(self) -> int:
        """Bought only with the programme."""
        return max(0, self.with_it - self.without)

    @property
    def instead(self) -> int:
        """Bought only without it: the programme made something else be bought in its place."""
        return max(0, self.without - self.with_it)

    @property
    def grant_anyway(self) -> float:
        """The part of the grant that pays for what would have been bought anyway."""
        if self.claimed <= 0:
            return 0.0
        return self.grant * max(0.0, self.claimed - self.because) / self.claimed


@dataclass(frozen=True)
class Additionality:
    """What one programme brings about; money in currency, not discounted unless said."""

    programme: str
    grant: float
    """Public money that it gives in the plan."""
    bought: tuple[Bought, ...] = ()
    accelerators: tuple[int, int] = (0, 0)
    """Accelerators ordered with it and without it."""
    pflops: tuple[float, float] = (0.0, 0.0)
    """Dense-BF16 PFLOPS ordered with it and without it."""
    other_grants: tuple[float, float] = (0.0, 0.0)
    """Public money of all other programmes with it and without it."""
    npv: tuple[float, float] = (0.0, 0.0)
    """Net present value with it and without it."""
    message: str = ""
    """Why there is no plan without it; then nothing would happen, and the other figures stay empty."""

    @property
    def extra_accelerators(self) -> int:
        """Accelerators bought because of it; negative where it makes fewer, larger ones be bought."""
        return self.accelerators[0] - self.accelerators[1]

    @property
    def extra_pflops(self) -> float:
        """Dense-BF16 PFLOPS bought because of it."""
        return self.pflops[0] - self.pflops[1]

    @property
    def grant_per_accelerator(self) -> float | None:
        """Grant for each further accelerator; None where there is none, or no grant."""
        return self.grant / self.extra_accelerators if self.extra_accelerators > 0 and self.grant > 0 else None

    @property
    def grant_per_pflops(self) -> float | None:
        """Grant for each further dense-BF16 PFLOPS; None where there is none, or no grant."""
        return self.grant / self.extra_pflops if self.extra_pflops > 1e-9 and self.grant > 0 else None

    @property
    def share_anyway(self) -> float | None:
        """Share of the grant that pays for what would have been bought anyway; None without a grant or a comparison."""
        if self.grant <= 0 or self.message:
            return None
        return sum(one.grant_anyway for one in self.bought) / self.grant


def without(case: Case, programme: str) -> Case:
    """The case without a programme."""
    others = {
        name: terms.model_copy(
            update={
                "excludes": tuple(one for one in terms.excludes if one != programme),
                "after": tuple(one for one in terms.after if one != programme),
            }
        )
        for name, terms in case.programmes.items()
        if name != programme
    }
    return case.model_copy(update={"programmes": others})


def task_without(task: Task, programme: str) -> Task:
    """The task of planning the same case without a programme."""
    case = without(task.case, programme)
    return Task(f"{task.name} without {programme}", case, input_hash(case), task.provenance)


def additionality(programme: str, with_it: Outcome, run_without: Run) -> Additionality:
    """Holds a plan against the best plan without one programme of its case."""
    grant = public_money(with_it, programme)
    if run_without.outcome is None:
        return Additionality(programme, grant, message=run_without.message)
    other = run_without.outcome
    return Additionality(
        programme=programme,
        grant=grant,
        bought=_bought(programme, with_it, other),
        accelerators=(_ordered(with_it)[0], _ordered(other)[0]),
        pflops=(_ordered(with_it)[1], _ordered(other)[1]),
        other_grants=(public_money(with_it) - grant, public_money(other)),
        npv=(with_it.audit.accounts.npv, other.audit.accounts.npv),
    )


def public_money(outcome: Outcome, programme: str | None = None) -> float:
    """Grants paid less what goes back, and tax credits used; of one programme or of all."""
    quantities, decisions = outcome.audit.quantities, outcome.decisions
    flows = ((quantities.grant_paid, 1.0), (quantities.clawback, -1.0), (decisions.credit, 1.0))
    return sum(
        sign * amount for table, sign in flows for (name, _), amount in table.items() if programme in (None, name)
    )


def _ordered(outcome: Outcome) -> tuple[int, float]:
    accelerators, pflops = 0, 0.0
    for (offer, _, _), count in outcome.decisions.order.items():
        system = outcome.case.systems[outcome.case.offers[offer].system]
        accelerators += count * system.accelerators
        pflops += count * (system.pflops("bf16") or 0.0)
    return accelerators, pflops


def _bought(programme: str, with_it: Outcome, other: Outcome) -> tuple[Bought, ...]:
    one, two = _units(with_it), _units(other)
    claimed: dict[str, tuple[float, float]] = {}
    amounts = {claim: x for claim, x in with_it.audit.quantities.grant.items() if claim.programme == programme}
    given = public_money(with_it, programme) / (sum(amounts.values()) or 1.0)  # as a share of what was granted
    for claim, units in with_it.decisions.claim.items():
        if claim.programme == programme:
            what = _what(with_it.case, claim.investment.name)
            held = claimed.get(what, (0.0, 0.0))
            claimed[what] = (held[0] + units, held[1] + given * amounts[claim])
    return tuple(
        Bought(name, one.get(name, 0), two.get(name, 0), claimed.get(name, (0, 0.0))[1], claimed.get(name, (0.0, 0))[0])
        for name in sorted({*one, *two})
    )


def _units(outcome: Outcome) -> dict[str, int]:
    """Units bought over the horizon, by system and by kind of block."""
    return summed((_what(outcome.case, name), count) for name, count in outcome.decisions.bought.items())


def _what(case: Case, investment: str) -> str:
    return case.offers[investment].system if investment in case.offers else investment
