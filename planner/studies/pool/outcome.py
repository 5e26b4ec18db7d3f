"""What the plan of a pool hands over: each operator in the pool and beside it, and what all come to together."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.audit.pool import PoolAudit
from planner.case.pool import Pool
from planner.outcome import Outcome, Proof


@dataclass(frozen=True)
class Member:
    """One operator."""

    name: str
    outcome: Outcome
    """Its part of the plan of the pool. The bound in its proof is that of its own best plan: nobody else's concern."""
    alone: Outcome
    """What it would do for itself with the whole pool to itself."""
    unaided: Outcome | None
    """What it would do for itself without the shared programmes; None where it has no plan then."""
    least_npv: float | None
    """What it is worth where nobody has the shared programmes; None where it has no plan then."""
    awards: dict[str, float]
    """Most that each shared programme pays to it, where it has an award, in currency."""
    compute: float
    """Dense-BF16 compute as the objective counts it."""
    compute_unaided: float
    """The same where nobody has the shared programmes."""
    granted: dict[str, float]
    """What each shared programme pays to it, in currency."""


@dataclass(frozen=True)
class Step:
    """One step towards the most compute for each unit of public money."""

    asked: float
    """Compute that a unit of public money must bring at least, in compute per unit of currency."""
    added: float
    """Compute of the best plan beyond what stands without the shared programmes."""
    public_money: float
    """What that plan is paid, in currency."""
    excess: float
    """Compute that it brings beyond what its public money must bring."""
    bound: float
    """No plan brings more than that."""


@dataclass(frozen=True)
class PoolOutcome:
    """Everything a report on a pool needs."""

    pool: Pool
    file: str
    members: dict[str, Member]
    audit: PoolAudit
    proof: Proof
    """Of the pool's own objective."""
    programmes: tuple[str, ...]
    """Shared programmes."""
    caps: dict[str, float]
    """Most that each shared programme pays to all, where there is such a cap, in currency."""
    currency: str
    compute_unaided: float
    """Compute of all operators where nobody has the shared programmes."""
    steps: tuple[Step, ...]
    """How the best ratio was found; none for other objectives."""
    input_hash: str
    versions: dict[str, str]
    options: dict[str, str] = field(default_factory=dict)

    @property
    def public_money(self) -> float:
        """What shared programmes pay to all operators."""
        return sum(self.audit.public_money.values())

    @property
    def compute_added(self) -> float:
        """Compute beyond what would stand without the shared programmes."""
        return self.audit.compute - self.compute_unaided

    @property
    def public_money_per_compute(self) -> float | None:
        """Public money for each PFLOPS or PFLOPS-hour beyond what would stand without it; None without any."""
        return self.public_money / self.compute_added if self.compute_added > 0 else None

    @property
    def shortfall(self) -> float:
        """What is missing to the target, in its metric."""
        target, standing = self.pool.target, self.audit.standing
        return 0.0 if target is None or standing is None else max(0.0, target.floor - standing)
