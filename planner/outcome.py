"""What one run hands over: the decisions, their proof, the accounts and the limits. Plain records without logic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from planner.case.case import Case, ObjectiveKind
from planner.decisions import Decisions

ProofLabel = Literal["verified optimal", "feasible with a gap", "proven infeasible", "no answer"]

EXACT = 1e-6
"""A relative gap below this is within the tolerance of the solver: nothing better is left to find."""

Progress = Callable[[float, float], None]
"""Called while a plan is searched for: the best plan so far and the bound, in the unit of the objective."""


class Recorder(Protocol):
    """Told how far a run has come, so that another process can go on from there should this one be ended."""

    def stage(self, name: str) -> None:
        """A stage begins: 'search' once the model is built, 'why' once it is proven that no plan exists."""
        ...

    def plan_so_far(self, values: Any, bound: float) -> None:  # noqa: ANN401 - an array, which this room does not know
        """A better plan was found: values of all columns, blocks and programmes whole, and the bound on all plans."""
        ...

    def bound(self, bound: float) -> None:
        """No plan can be better than this, in the unit of the model's objective."""
        ...


INFLOWS = ("revenue", "grants", "resale", "loans_drawn")
"""Lines of the cash flow that bring money in."""
OPERATING_COSTS = ("energy", "rent", "operations", "maintenance")
"""Lines of the cash flow that running the fleet costs."""
INVESTMENTS = ("system_price", "additions", "expansion", "contracted")
"""Lines of the cash flow that are capital expenditure."""
GIVEN_BACK = ("grants_repaid",)
"""Lines of the cash flow that go back to programmes, since systems left before their retention ended."""
TAXES = ("tax",)
"""Lines of the cash flow that go to the state."""
FINANCING = ("loans_drawn", "interest", "loans_repaid")
"""Lines of the cash flow between the operator and its lenders."""
LINES = (*INFLOWS, *OPERATING_COSTS, *INVESTMENTS, *GIVEN_BACK, *TAXES, "interest", "loans_repaid")
"""Every line of the cash flow, in the order of the report. Amounts are positive; only ``INFLOWS`` bring money in."""

CHARGES = ("depreciation", "written_off", "compression", "special_depreciation")
"""Lines of the profit without a cash flow of their own: straight-line depreciation, the book value of systems that
leave, the book value that grants take off, and cost that a programme lets write off at once; the first two are net of
what the last two took off already."""


@dataclass(frozen=True)
class Proof:
    """How good the plan is known to be."""

    label: ProofLabel
    """One of the four labels."""
    kind: ObjectiveKind
    """Which objective was optimised."""
    objective: float
    """Value of the objective for this plan, in ``unit``."""
    bound: float
    """No plan can be better than this, in ``unit``."""
    unit: str
    """Currency, or PFLOPS-hours (PFLOPS where the objective is what is installed by a date)."""
    gap_requested: float
    """Relative gap that was asked for."""
    solver: str
    """Solver and version."""
    seconds: float
    """Wall time of solving."""
    rows: int = 0
    columns: int = 0
    non_zeros: int = 0
    message: str = ""
    """What stands behind the label, in words."""

    @property
    def gap(self) -> float:
        """How much better a plan could at most be, in ``unit``."""
        return 0.0 if self.bound == self.objective else abs(self.bound - self.objective)  # both may be infinite

    @property
    def within_gap(self) -> bool:
        """Whether the plan is as good as was asked for."""
        return self.relative_gap <= max(self.gap_requested, EXACT)

    @property
    def relative_gap(self) -> float:
        """The gap as a share of the objective."""
        return self.gap / max(1.0, abs(self.objective))


@dataclass(frozen=True)
class Limit:
    """One limit of the case, recomputed from the decisions."""

    rule: str
    """Name of the rule of the model."""
    subject: str
    """What it is about, in names of the case, such as 'ishikari, power, 2025-10'."""
    left: float
    """The side that the plan decides."""
    sense: Literal["<=", ">=", "="]
    right: float
    """The side that the case sets."""
    unit: str
    tolerance: float
    """How far the sides may be on the wrong side of each other."""
    period: int | None = None

    @property
    def slack(self) -> float:
        """Room that is left; negative where the limit is broken."""
        if self.sense == "<=":
            return self.right - self.left
        if self.sense == ">=":
            return self.left - self.right
        return -abs(self.left - self.right)

    @property
    def holds(self) -> bool:
        """Whether the limit is kept; a figure that is not a number breaks it."""
        return self.slack >= -self.tolerance


@dataclass(frozen=True)
class LimitPrice:
    """What one unit more or less of a limit would be worth beside the plan, in the unit of the objective."""

    path: str
    """Where the figure stands in the case."""
    words: str
    """What it says."""
    periods: tuple[int, ...]
    unit: str
    """The change, such as '+1 MW'."""
    value: str
    """The figure as it is."""
    worth: float | None
    """What one such unit gains; None where only planning again can tell."""
    reach: float
    """Units up to which each gains as much; zero where that is not known."""
    loss: float | None
    """What one unit the other way costs; None where that is not known."""
    reach_back: float
    """Units the other way up to which each costs as much."""
    planned_again: float | None = None
    """What the plan of the case with one unit changed gained, in whole numbers; None where it was not made."""


@dataclass(frozen=True)
class TaxYear:
    """The tax of one fiscal year, in whole units of currency."""

    profit: float
    """Profit before tax; a loss is negative."""
    loss_used: float
    """Losses of earlier years set against it."""
    tax: float
    """Tax less credits."""
    loss_carried: float
    """Losses that are left for later years."""
    paid_in: int | None
    """Period in which the tax is paid; None after the horizon."""
    credit: float = 0.0
    """Tax credits set against the tax."""


@dataclass(frozen=True)
class Books:
    """Profit and balances by period, in whole units of the case's currency; see ``CHARGES`` for the lines."""

    charges: dict[str, tuple[float, ...]]
    """Amount by line of ``CHARGES`` and period; positive lowers profit."""
    profit: tuple[float, ...]
    """Profit before tax."""
    tax_charge: tuple[float, ...]
    """Tax on the profit of a fiscal year, charged in its last period."""
    fixed_assets: tuple[float, ...]
    """Book value of systems and facilities at the end of each period, net of grants that were taken off."""
    advances: tuple[float, ...]
    """Paid at the end of each period for what is yet to be delivered."""
    debt: dict[str, tuple[float, ...]]
    """Owed at the end of each period, by loan."""
    tax_payable: tuple[float, ...]
    """Tax charged and not yet paid at the end of each period."""
    opening_fixed_assets: float
    opening_advances: float
    opening_debt: float
    years: dict[int, TaxYear]
    """Tax by fiscal year."""
    end_tax: float
    """Tax on selling what is still installed at its terminal value; nothing where that is below book value."""


@dataclass(frozen=True)
class Accounts:
    """The money of the plan, by period, in whole units of the case's currency."""

    lines: dict[str, tuple[float, ...]]
    """Amount by line of ``LINES`` and period; positive, whichever way the money flows."""
    funding: tuple[float, ...]
    cash: tuple[float, ...]
    """Cash at the end of each period."""
    discount: tuple[float, ...]
    """What one unit of currency at the end of each period is worth at the start of the horizon."""
    terminal_value: float
    """What is still installed at the end is worth then."""
    npv: float
    """Net present value at the start of the horizon."""
    books: Books
    """Profit, tax and balances."""

    @property
    def end_value(self) -> float:
        """What counts at the end of the horizon: the terminal value less debt, tax owed, and tax on that value."""
        last, books = -1, self.books
        return (
            self.terminal_value
            - sum(books.debt[name][last] for name in books.debt)
            - books.tax_payable[last]
            - books.end_tax
        )

    @property
    def net(self) -> tuple[float, ...]:
        """Net cash flow of each period before funding."""
        return tuple(
            sum(amounts[t] if line in INFLOWS else -amounts[t] for line, amounts in self.lines.items())
            for t in range(len(self.cash))
        )


@dataclass(frozen=True)
class Quantities:
    """The physical side of the plan, by names and period."""

    delivered: dict[tuple[str, str, int], int] = field(default_factory=dict)
    """Systems that arrive, by (system, site, period)."""
    installed: dict[tuple[str, str, int], int] = field(default_factory=dict)
    """Systems that stand there, by (system, site, period)."""
    unmet: dict[tuple[str, int], float] = field(default_factory=dict)
    """Demand left unserved, by (workload, period), in the workload's metric."""
    grant: dict[tuple[str, str, str, int], float] = field(default_factory=dict)
    """Grant, tax credit or special depreciation by (programme, *investment), in currency, all milestones together."""
    grant_paid: dict[tuple[str, int], float] = field(default_factory=dict)
    """Grant paid, by (programme, period), in currency."""
    grant_repaid: dict[tuple[str, int], float] = field(default_factory=dict)
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
    """What the binding limits are worth, the most valuable first; None where that was not worked out."""
