"""The groups of coefficients, in the order in which each is made from those before it.

Index letters as everywhere: o s d t w j x r, arrival k, investment i. Money in money units, power in kW, demand in the
workload's metric. A group never changes: who looks at a wider case makes another one of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.case.programme import CostCategory
from planner.coefficients.discount import Discount
from planner.coefficients.records import (
    AssessmentTerms,
    ClaimTerms,
    CreditTerms,
    LapseTerms,
    Obligation,
    Payments,
    TaxYearTerms,
)
from planner.vocabulary.keys import (
    Arrival,
    Assessment,
    Balance,
    CapKey,
    Claim,
    Demand,
    Draw,
    ExclusiveSet,
    Exit,
    FiscalYear,
    Investment,
    OnCredit,
    Overlap,
    PaidLater,
    Start,
    Vintage,
)
from planner.vocabulary.resources import Resource


@dataclass(frozen=True)
class Offers:
    """What can be ordered, when it comes, and what it costs."""

    system_of: Mapping[str, str]
    """System by offer o."""
    delivery: Mapping[Investment, int]
    """Delivery period of an order, by o,d,t; the orders that can be."""
    vintage: Mapping[Investment, Vintage]
    """The vintage that an order makes when it is delivered, by o,d,t."""
    payments: Mapping[tuple[str, int], Payments]
    """The parts of the price of one system with their months, after the horizon too, by o,t of the order."""
    additions_share: Mapping[str, float]
    """Network, storage and installation as a share of the price, by o."""
    available: Mapping[tuple[str, int], int]
    """Most systems of an offer in a period, by o,t, where limited."""
    allocation: Mapping[tuple[str, int], int]
    """Most systems of an offer up to a period, by o,t, where limited."""
    tagged: Mapping[str, tuple[str, ...]]
    """Offers that carry a limited tag, by tag."""
    tag_limit: Mapping[str, float]
    """Share of all spend that may carry a tag at most, by tag."""


@dataclass(frozen=True)
class Vintages:
    """What comes without an order, and how long each vintage lasts and what it fetches."""

    fleet: Mapping[Vintage, tuple[int, int]]
    """Period and number of systems that come without an order, by s,d,k."""
    held_until: Mapping[Vintage, int]
    """First period in which a fleet may leave before the end of its life, by s,d,k, where it is held."""
    contracted: Mapping[int, float]
    """Payments under contracts signed before the plan, by month."""
    life_end: Mapping[tuple[str, Arrival], int]
    """Period at whose start a vintage retires, by s,k; may lie past the horizon."""
    resale: Mapping[tuple[str, Arrival, int], float]
    """What one system of a vintage fetches, by s,k,t; the exits that can be."""
    terminal: Mapping[tuple[str, Arrival], float]
    """What one system of a vintage counts at the end of the horizon, by s,k."""
    maintenance: Mapping[tuple[str, Arrival, int], float]
    """How much more maintenance of one system of a vintage costs than of an old one, by s,k,t, where it does; less is
    negative."""


@dataclass(frozen=True)
class Blocks:
    """Expansions of sites, block by block."""

    site: Mapping[str, str]
    """Site by x."""
    limit: Mapping[str, int]
    """Most blocks over the horizon, by x."""
    adds: Mapping[tuple[str, Resource], float]
    """What one block adds of a resource, by x,r."""
    ready: Mapping[Start, int]
    """Period from which a block can be used, by x,t of its start; the blocks that can be."""
    retired: Mapping[Start, int]
    """Period at whose start a block retires, by x,t of its start; only within the horizon."""
    payments: Mapping[Start, Payments]
    """The parts of the cost of one block with their months, after the horizon too, by x,t of its start."""
    remainder: Mapping[Start, float]
    """Share of the cost of a block, less its grants, that counts at the end of the horizon, by x,t of its start."""

    def investment(self, start: Start) -> Investment:
        """The blocks of a start as an investment."""
        return Investment(start.expansion, self.site[start.expansion], start.period)


@dataclass(frozen=True)
class Sites:
    """The room of sites, what a system takes of it, and what it costs to run there."""

    capacity: Mapping[tuple[str, Resource, int], float]
    """What a site offers of a limited resource, by d,r,t."""
    use: Mapping[tuple[str, str, Resource], float]
    """What one system takes of a resource, by s,d,r; the systems that a site can host."""
    order_limit: Mapping[Investment, int]
    """Bound on an order that follows from supply and from the room of the site, by o,d,t."""
    availability: Mapping[str, float]
    """Share of the time that an installed system can work, by s."""
    energy_idle: Mapping[tuple[str, str, int], float]
    """Energy cost of one installed system without work, by s,d,t."""
    energy_work: Mapping[tuple[str, str, int], float]
    """What work adds to it, by s,d,t."""
    rent: Mapping[tuple[str, str, int], float]
    """Rent of one installed system, by s,d,t."""
    operations: Mapping[tuple[str, str, int], float]
    """Running cost of one installed system, by s,d,t."""
    maintenance: Mapping[tuple[str, int], float]
    """Maintenance of one installed system, by s,t; where it changes with age, of one that is past the last step."""


@dataclass(frozen=True)
class Workloads:
    """What is asked for, and what a system at work on it serves and earns."""

    amount: Mapping[Demand, float]
    """Demand, by w,t."""
    may_go_unserved: Mapping[str, float]
    """Share of demand that may stay unserved, by w."""
    protected_share: Mapping[str, float]
    """Share of demand that must survive the loss of any one site, by w; of no other workloads."""
    throughput: Mapping[tuple[str, str], float]
    """What one system at work serves, by w,s."""
    suits: Mapping[tuple[str, str, str], bool]
    """Systems and sites that can serve a workload, by w,s,d."""
    revenue: Mapping[tuple[str, str, int], float]
    """What one system at work earns in a period, by w,s,t."""
    selling_costs: Mapping[tuple[str, str, int], float]
    """What selling that costs, by w,s,t; only where it costs anything."""
    pflops: Mapping[str, float]
    """Dense-BF16 PFLOPS of one system, by s."""


@dataclass(frozen=True)
class Units:
    """One unit of every investment that can be: a system of an order, or a block."""

    costs: Mapping[Investment, Mapping[CostCategory, float]]
    """Cost of one unit by category, as paid, by i."""
    cost: Mapping[Investment, float]
    """Cost of one unit as paid, by i."""
    ready: Mapping[Investment, int]
    """Period from which a unit is in use, by i."""


@dataclass(frozen=True)
class Claims:
    """What can be claimed, what programmes deduct from each other, and what is owed at the end."""

    terms: Mapping[Claim, ClaimTerms]
    """What one unit earns, by j,i; the claims that can be."""
    deducted: Mapping[Overlap, float]
    """What an earlier programme takes off the eligible cost of one unit, by j, earlier j and i."""
    clawback_at_end: Mapping[Claim, float]
    """What of the end value of one unit is owed to the programme, since its retention outlasts the horizon, by j,i."""
    clawback_spared_at_end: Mapping[Overlap, float]
    """How much less of it is owed for a unit that an earlier programme pays for as well, by j, earlier j and i."""


@dataclass(frozen=True)
class Aid:
    """What programmes pay at most, and what they ask for in return."""

    public_money_ceiling: float
    """Share of the cost of one investment that grants and tax credits may pay at most."""
    caps: Mapping[CapKey, float]
    """Most that a programme pays, by j and kind of cap: in total, to one operator, or in a fiscal year."""
    exclusive: tuple[ExclusiveSet, ...]
    """Maximal sets of programmes that exclude each other; each programme is in one at least."""
    joinable: tuple[str, ...]
    """Programmes that demand something and so are joined or not."""
    grant_limit: Mapping[str, float]
    """Smallest cap of a programme that is joined or not, by j, where it has one."""
    claim_limit: Mapping[Claim, float]
    """Bound on a claim under a programme that is joined or not and has no cap, by j,i."""
    obligations: tuple[Obligation, ...]
    """Floors of installed capability that programmes demand."""
    minimum: Mapping[str, float]
    """Least eligible cost claimed where joined, by j."""
    retained_until: Mapping[tuple[str, int], int]
    """First period in which a system delivered in a period may leave, at a price or not, by j and delivery period."""
    retention_months: Mapping[str, int]
    """How long nothing may leave, by j; no time where leaving early is allowed at a price."""


@dataclass(frozen=True)
class Budget:
    """What money comes in, discount factors, and how much must stay."""

    discount: Discount
    """Worth at the start of the horizon, by when money moves; at the weighted average cost of capital."""
    equity_discount: Discount | None
    """The same at the cost of equity, where it is known."""
    opening_cash: float
    """Cash at the start of the horizon."""
    funding: Mapping[int, float]
    """Money from owners, by month; money that goes back to them is negative."""
    minimum_cash: tuple[float, ...]
    """Least cash at any time of a period, by t."""
    interest_on_cash: tuple[float, ...]
    """Interest of one month on one unit of cash, by t."""
    capex_limits: Mapping[FiscalYear, float]
    """Most capital expenditure, by fiscal year."""


@dataclass(frozen=True)
class Books:
    """What investments cost in the books and how it is written off; but for orders only where profit is taxed."""

    cost: Mapping[Vintage, float]
    """Cost of one system in the books, by s,d,k."""
    written_off: Mapping[Vintage, tuple[float, ...]]
    """Share of that cost written off before the start of each period and at the end of the last, by s,d,k."""
    block_written_off: Mapping[Start, tuple[float, ...]]
    """Share of the cost of a block written off likewise, by x,t of its start."""
    claim_written_off: Mapping[Claim, tuple[float, ...]] = field(default_factory=dict)
    """The same of what a programme takes off, by j,i, where parts of a system are written off apart."""
    last_written_off: Mapping[Claim, tuple[float, ...]] = field(default_factory=dict)
    """The same in the books, of tax or others, in which it is less, by j,i; where tax has books of its own."""


@dataclass(frozen=True)
class PropertyTaxes:
    """Property tax: when it is assessed and due, and how much it is on what stands then; money units."""

    assessments: Mapping[Assessment, AssessmentTerms] = field(default_factory=dict)
    """Terms by d,m; only assessments of which something is due within the horizon or after it."""
    on_system: Mapping[tuple[Vintage, Assessment], float] = field(default_factory=dict)
    """Tax on one system of a vintage, by s,d,k and d,m."""
    on_block: Mapping[tuple[Start, Assessment], float] = field(default_factory=dict)
    """Tax on one block, by x,t of its start and d,m."""
    spared: Mapping[tuple[Claim, Assessment], float] = field(default_factory=dict)
    """What a programme spares of the tax on one unit that is claimed, by j,i and d,m."""


@dataclass(frozen=True)
class Tax:
    """How profit is taxed; without a year where it is not."""

    years: tuple[TaxYearTerms, ...] = ()
    """Fiscal years in order."""
    before: tuple[tuple[int, float], ...] = ()
    """Month and amount of what is paid in advance for the first year, and less with its rest; within the horizon."""
    owed_before: float = 0.0
    """What of that is due after the horizon."""
    opening_loss: float = 0.0
    """Losses of earlier years that may still be set against profit."""
    lapses: tuple[LapseTerms, ...] = ()
    """Years at whose end losses lapse."""
    loss_use_limit: float = 1.0
    """Share of a year's profit that they may offset."""
    end_rate: float = 0.0
    """Rate at which selling everything at the end of the horizon would be taxed."""
    credits: Mapping[str, CreditTerms] = field(default_factory=dict)
    """Tax credits, by j."""


@dataclass(frozen=True)
class Trade:
    """Trade credit: what is paid later than it is sold or used; empty where nothing is."""

    sales: Mapping[PaidLater, tuple[str, ...]] = field(default_factory=dict)
    """Workloads whose customers pay later, by their terms."""
    costs: Mapping[PaidLater, tuple[str, ...]] = field(default_factory=dict)
    """Lines of cost that are paid later, by their terms."""
    moved: Mapping[OnCredit, Mapping[int, float]] = field(default_factory=dict)
    """What of one unit of money of a period becomes open in a month, less what is paid of it there, by month."""
    left: Mapping[OnCredit, float] = field(default_factory=dict)
    """What of it is still open at the end of the horizon; where nothing is, there is no entry."""
    opening: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    """What of earlier months is paid in a month, by line and month."""
    due_later: Mapping[str, float] = field(default_factory=dict)
    """What of earlier months is paid after the horizon, by line."""

    def open_before(self, line: str) -> float:
        """What is open at the start of the horizon, whenever it is paid."""
        return sum(self.opening.get(line, {}).values()) + self.due_later.get(line, 0.0)


@dataclass(frozen=True)
class ConsumptionTax:
    """Consumption tax on sales and purchases; empty where there is none."""

    factors: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Tax on one unit of money of a line that runs over a period, by line and t."""
    investment: tuple[float, ...] = ()
    """Tax on one unit of capital expenditure, by t of its payment."""
    settled: tuple[int | None, ...] = ()
    """Month in which the tax of a month is settled with the state, by month; None after the horizon."""
    deduction_lag: int = 0
    """Months from the payment of an investment until its tax counts."""


@dataclass(frozen=True)
class Frozen:
    """Decisions that are made already; empty where none are."""

    periods: int = 0
    """The first so many periods, in which nothing is ordered or started besides."""
    orders: Mapping[Investment, int] = field(default_factory=dict)
    """Systems ordered, by o,d,t."""
    blocks: Mapping[Start, int] = field(default_factory=dict)
    """Blocks started, by x,t."""
    exits: Mapping[Exit, int] = field(default_factory=dict)
    """Systems that leave, by s,d,k,t."""
    entered: Mapping[str, bool] = field(default_factory=dict)
    """Whether a programme is entered, by j."""
    claims: Mapping[Claim, float] = field(default_factory=dict)
    """Units claimed, by j,i."""
    draws: Mapping[Draw, float] = field(default_factory=dict)
    """Money drawn, by f,t."""
    repayments: Mapping[Balance, float] = field(default_factory=dict)
    """Money repaid, by f,t."""
    is_complete: bool = False
    """Whether nothing else leaves, is claimed, drawn or repaid in those periods either: they are over."""

    def is_over(self, t: int) -> bool:
        """Whether all of a period has happened, so that nothing can be asked of it any more."""
        return self.is_complete and t < self.periods
