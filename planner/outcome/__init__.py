"""What one run hands over: the decisions, their proof, the accounts and the limits. Plain records without logic."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome.accounts import (
    CHARGES,
    CLAWBACKS,
    CONSUMPTION_TAX,
    DEBT_SERVICE,
    EARNINGS,
    FINANCE_COSTS,
    FINANCING,
    INFLOWS,
    INVESTMENTS,
    LINES,
    OPERATING_COSTS,
    REVENUES,
    TAXES,
    TO_OWNERS,
    WORKING_CAPITAL,
    Accounts,
    Books,
    Entry,
    TaxYear,
)
from planner.outcome.limits import BESIDE_THE_PLAN, About, Limit, LimitPrice
from planner.outcome.lines import lines_of
from planner.outcome.proof import EXACT, Progress, Proof, ProofLabel, Recorder, label_of
from planner.outcome.risk import Risk
from planner.outcome.sensitivity import Sensitivity
from planner.outcome.variance import Variance
from planner.outcome.versions import versions
from planner.outcome.warm_start import Branch, WarmStart
from planner.vocabulary.keys import Claim, Demand, Stand
from planner.vocabulary.message import Message

__all__ = [
    "BESIDE_THE_PLAN",
    "CHARGES",
    "CLAWBACKS",
    "CONSUMPTION_TAX",
    "DEBT_SERVICE",
    "EARNINGS",
    "EXACT",
    "FINANCE_COSTS",
    "FINANCING",
    "INFLOWS",
    "INVESTMENTS",
    "LINES",
    "OPERATING_COSTS",
    "REVENUES",
    "TAXES",
    "TO_OWNERS",
    "WORKING_CAPITAL",
    "About",
    "Accounts",
    "Audit",
    "Books",
    "Branch",
    "DoingNothing",
    "Entry",
    "Limit",
    "LimitPrice",
    "Outcome",
    "Progress",
    "Proof",
    "ProofLabel",
    "Provenance",
    "Quantities",
    "Recorder",
    "Risk",
    "Sensitivity",
    "TaxYear",
    "WarmStart",
    "label_of",
    "lines_of",
    "versions",
]


@dataclass(frozen=True)
class Quantities:
    """The physical side of the plan, by names and period."""

    delivered: dict[Stand, int] = field(default_factory=dict)
    """Systems that arrive."""
    installed: dict[Stand, int] = field(default_factory=dict)
    """Systems that stand there."""
    unmet: dict[Demand, float] = field(default_factory=dict)
    """Demand left unserved, in the workload's metric."""
    grant: dict[Claim, float] = field(default_factory=dict)
    """Grant, tax credit or special depreciation, in currency, all milestones together."""
    grant_paid: dict[tuple[str, int], float] = field(default_factory=dict)
    """Grant paid, by (programme, period), in currency."""
    clawback: dict[tuple[str, int], float] = field(default_factory=dict)
    """Grant that goes back, by (programme, period), in currency."""


@dataclass(frozen=True)
class Audit:
    """The plan, worked out again from the case and the decisions alone."""

    accounts: Accounts
    quantities: Quantities
    limits: tuple[Limit, ...]
    objective: float
    """The objective, recomputed, in the unit of the proof."""

    @property
    def broken(self) -> tuple[Limit, ...]:
        """Limits that the decisions break."""
        return tuple(limit for limit in self.limits if not limit.holds)


@dataclass(frozen=True)
class DoingNothing:
    """The best that can be done without new orders and blocks; what a plan adds is counted from there."""

    case: Case
    decisions: Decisions
    proof: Proof
    audit: Audit


@dataclass(frozen=True)
class Provenance:
    """Where a figure of the case stands and where it comes from."""

    file: str
    line: int
    source: str


@dataclass(frozen=True)
class Outcome:
    """Everything a report needs."""

    case: Case
    scenario: str
    """Name of the scenario, 'base' for the case as it stands."""
    input_hash: str
    provenance: dict[str, Provenance]
    """Where each figure comes from, by its dotted path in the case file."""
    decisions: Decisions
    proof: Proof
    audit: Audit
    versions: dict[str, str]
    """Versions of the program and of the libraries that decide about figures."""
    options: dict[str, str]
    """Options of the run."""
    prices: tuple[LimitPrice, ...] | None = None
    """Prices of the binding limits, the most valuable first; None where that was not worked out."""
    doing_nothing: DoingNothing | None = None
    """What the plan is held against; None where that was not worked out, or where it cannot be."""
    no_doing_nothing: str = ""
    """Why it cannot be known what doing nothing comes to."""
    variance: Variance | None = None
    """The way from an earlier plan, where this one was made anew after it; None for every other plan."""
    sensitivity: Sensitivity | None = None
    """What one figure of the case alone does to the plan; None where that was not asked for."""
    branches: tuple[Branch, ...] = field(default=(), compare=False, repr=False)
    """What the search of the plan leaves for that of another one; nothing where the plan was read from a file."""

    @property
    def gap_words(self) -> Message:
        """How much better a plan could at most be, by itself or as the part of a pool that it is."""
        pool = self.options.get("pool")
        return self.proof.gap_words if pool is None else self.proof.words_in_pool(pool)

    @property
    def something_stands(self) -> bool:
        """Whether anything stands already, so that the plan is worth more or less than it adds; False where unknown."""
        return self.doing_nothing is not None and self.doing_nothing.audit.accounts.npv != 0.0

    @property
    def warm_start(self) -> WarmStart:
        """Where the search of a case begins that is nearly the same."""
        return WarmStart((self.decisions,), self.branches)

    @property
    def lines(self) -> dict[str, tuple[float, ...]]:
        """Amounts by period of every line of the cash flow that the case has."""
        return {line: self.audit.accounts.lines[line] for line in lines_of(self.case)}

    @property
    def lines_by_month(self) -> dict[str, tuple[float, ...]]:
        """The same by month."""
        return {line: self.audit.accounts.by_month[line] for line in lines_of(self.case)}

    @property
    def npv(self) -> float:
        """Net present value at the start of the horizon, in whole units of the currency of the case."""
        return self.audit.accounts.npv
