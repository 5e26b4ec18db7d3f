"""The record of all coefficients; index letters as everywhere: o s d t w j x r, arrival k, investment i."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.case.calendar import Calendar
from planner.case.case import Objective
from planner.coefficients.records import ClaimTerms, CreditTerms, LoanTerms, Obligation, TaxYearTerms
from planner.vocabulary.keys import (
    Arrival,
    CapKey,
    Claim,
    Demand,
    ExclusiveSet,
    FiscalYear,
    Investment,
    Overlap,
    Start,
    Vintage,
)
from planner.vocabulary.resources import Resource


@dataclass
class Coefficients:
    """All figures of the model. Money in money units, power in kW, demand in the workload's metric."""

    calendar: Calendar
    objective: Objective
    money_unit: float
    """Units of currency in one money unit."""
    currency: str

    # Offers and orders
    system_of: dict[str, str] = field(default_factory=dict)
    """System by offer o."""
    delivery: dict[Investment, int] = field(default_factory=dict)
    """Delivery period of an order, by o,d,t; the orders that can be."""
    price_now: dict[tuple[str, int], float] = field(default_factory=dict)
    """Price of one system due with the order, by o,t."""
    price_then: dict[tuple[str, int], float] = field(default_factory=dict)
    """Price of one system due on delivery, by o,t of the order."""
    additions_share: dict[str, float] = field(default_factory=dict)
    """Network, storage and installation as a share of the price, by o."""
    available: dict[tuple[str, int], int] = field(default_factory=dict)
    """Most systems of an offer in a period, by o,t, where limited."""
    allocation: dict[tuple[str, int], int] = field(default_factory=dict)
    """Most systems of an offer up to a period, by o,t, where limited."""
    order_limit: dict[Investment, int] = field(default_factory=dict)
    """Bound on an order that follows from supply and from the room of the site, by o,d,t."""
    tagged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Offers that carry a limited tag, by tag."""
    tag_limit: dict[str, float] = field(default_factory=dict)
    """Most of all spend that may carry the tag."""

    # Fleet
    fleet: dict[Vintage, tuple[int, int]] = field(default_factory=dict)
    """Period and number of systems that come without an order, by s,d,k."""
    held_until: dict[Vintage, int] = field(default_factory=dict)
    """First period in which a fleet may leave before the end of its life, by s,d,k, where it is held."""
    life_end: dict[tuple[str, Arrival], int] = field(default_factory=dict)
    """Period at whose start a vintage retires, by s,k; may lie past the horizon."""
    resale: dict[tuple[str, Arrival, int], float] = field(default_factory=dict)
    """What one system of a vintage fetches, by s,k,t; the exits that can be."""
    terminal: dict[tuple[str, Arrival], float] = field(default_factory=dict)
    """What one system of a vintage counts at the end of the horizon, by s,k."""
    contracted: dict[int, float] = field(default_factory=dict)
    """Payments under contracts signed before the plan, by t."""

    # Sites and expansions
    use: dict[tuple[str, str, Resource], float] = field(default_factory=dict)
    """What one system takes of a resource, by s,d,r; the systems that a site can host."""
    capacity: dict[tuple[str, Resource, int], float] = field(default_factory=dict)
    """What a site offers of a limited resource, by d,r,t."""
    availability: dict[str, float] = field(default_factory=dict)
    """Share of the time that an installed system can work, by s."""
    energy_idle: dict[tuple[str, str, int], float] = field(default_factory=dict)
    """Energy cost of one installed system without work, by s,d,t."""
    energy_work: dict[tuple[str, str, int], float] = field(default_factory=dict)
    """What work adds to it, by s,d,t."""
    rent: dict[tuple[str, str, int], float] = field(default_factory=dict)
    """Rent of one installed system, by s,d,t."""
    operations: dict[tuple[str, str, int], float] = field(default_factory=dict)
    """Running cost of one installed system, by s,d,t."""
    maintenance: dict[tuple[str, int], float] = field(default_factory=dict)
    """Maintenance of one installed system, by s,t."""
    ready: dict[Start, int] = field(default_factory=dict)
    """Period from which a block can be used, by x,t of its start; the blocks that can be."""
    expansion_site: dict[str, str] = field(default_factory=dict)
    """Site by x."""
    block_limit: dict[str, int] = field(default_factory=dict)
    """Most blocks over the horizon, by x."""
    adds: dict[tuple[str, Resource], float] = field(default_factory=dict)
    """What one block adds of a resource, by x,r."""
    capex_now: dict[Start, float] = field(default_factory=dict)
    """Cost of one block due at its start, by x,t."""
    capex_then: dict[Start, float] = field(default_factory=dict)
    """Cost of one block due when it is ready, by x,t of its start."""
    block_remainder: dict[Start, float] = field(default_factory=dict)
    """Share of the cost of a block, less its grants, that counts at the end of the horizon, by x,t of its start."""

    # Demand
    amount: dict[Demand, float] = field(default_factory=dict)
    """Demand, by w,t."""
    may_go_unserved: dict[str, float] = field(default_factory=dict)
    """Share of demand that may stay unserved, by w."""
    throughput: dict[tuple[str, str], float] = field(default_factory=dict)
    """What one system at work serves, by w,s."""
    suits: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    """Systems and sites that can serve a workload, by w,s,d."""
    revenue: dict[tuple[str, str, int], float] = field(default_factory=dict)
    """What one system at work earns in a period, by w,s,t."""
    pflops: dict[str, float] = field(default_factory=dict)
    """Dense-BF16 PFLOPS of one system, by s."""

    # Programmes
    unit_cost: dict[Investment, float] = field(default_factory=dict)
    """Cost of one unit of an investment as paid, by i."""
    claims: dict[Claim, ClaimTerms] = field(default_factory=dict)
    """What one unit earns, by j,i; the claims that can be."""
    deducted: dict[Overlap, float] = field(default_factory=dict)
    """What an earlier programme takes off the eligible cost of one unit, by j, earlier j and i."""
    credits: dict[str, CreditTerms] = field(default_factory=dict)
    """Tax credits, by j."""
    public_money_ceiling: float = 1.0
    """Most that grants may pay of the cost of one investment."""
    caps: dict[CapKey, float] = field(default_factory=dict)
    """Most that a programme pays, by j and kind of cap: in total, to one operator, or in a fiscal year."""
    joinable: tuple[str, ...] = ()
    """Programmes that demand something and so are joined or not."""
    grant_limit: dict[str, float] = field(default_factory=dict)
    """Smallest cap of a programme that is joined or not, by j, where it has one."""
    claim_limit: dict[Claim, float] = field(default_factory=dict)
    """Bound on a claim under a programme that is joined or not and has no cap, by j,i."""
    exclusive: tuple[ExclusiveSet, ...] = ()
    """Maximal sets of programmes that exclude each other; each programme is in one at least."""
    obligations: tuple[Obligation, ...] = ()
    minimum: dict[str, float] = field(default_factory=dict)
    """Least eligible cost claimed where joined, by j."""
    retained_until: dict[tuple[str, int], int] = field(default_factory=dict)
    """First period in which a system delivered in a period may leave, at a price or not, by j and delivery period."""
    clawback_at_end: dict[Claim, float] = field(default_factory=dict)
    """What of the end value of one unit is owed to the programme, since its retention outlasts the horizon, by j,i."""
    clawback_spared_at_end: dict[Overlap, float] = field(default_factory=dict)
    """How much less of it is owed for a unit that an earlier programme pays for as well, by j, earlier j and i."""
    retention_months: dict[str, int] = field(default_factory=dict)
    """How long nothing may leave, by j; no time where leaving early is allowed at a price."""
    leave_periods: dict[Claim, tuple[int, ...]] = field(default_factory=dict)
    """Periods in which it matters that a claimed system leaves, and it may, by j,i."""

    # Budget
    discount: tuple[float, ...] = ()
    """Worth at the start of the horizon, by t."""
    opening_cash: float = 0.0
    funding: dict[int, float] = field(default_factory=dict)
    """Money from owners, by t; money that goes back to them is negative."""
    minimum_cash: tuple[float, ...] = ()
    """Least cash at the end of a period, by t."""
    capex_limits: dict[FiscalYear, float] = field(default_factory=dict)
    """Most capital expenditure, by fiscal year."""
    loans: dict[str, LoanTerms] = field(default_factory=dict)
    """Loans by f."""

    # Tax and books; but for the vintages of orders only where profit is taxed
    tax_years: tuple[TaxYearTerms, ...] = ()
    """Fiscal years in order; none where profit is not taxed."""
    opening_loss: float = 0.0
    """Losses of earlier years that may still be set against profit."""
    loss_use_limit: float = 1.0
    """Share of a year's profit that they may offset."""
    end_tax_rate: float = 0.0
    """Rate at which selling everything at the end of the horizon would be taxed."""
    vintage_cost: dict[Vintage, float] = field(default_factory=dict)
    """Cost of one system in the books, by s,d,k."""
    vintage_depreciated: dict[Vintage, tuple[float, ...]] = field(default_factory=dict)
    """Share of that cost written off before the start of each period and at the end of the last, by s,d,k."""
    block_depreciated: dict[Start, tuple[float, ...]] = field(default_factory=dict)
    """Share of the cost of a block written off likewise, by x,t of its start."""

    @property
    def periods(self) -> range:
        """Index t."""
        return range(self.calendar.periods)

    def vintage(self, order: Investment) -> Vintage:
        """The vintage that an order makes when it is delivered."""
        offer, site, _ = order
        return Vintage(self.system_of[offer], site, Arrival(self.calendar.starts[self.delivery[order]], offer))

    def block(self, start: Start) -> Investment:
        """The blocks of a start as an investment."""
        return Investment(start.expansion, self.expansion_site[start.expansion], start.period)

    def ready_period(self, investment: Investment) -> int:
        """The period from which an investment is in use."""
        name, _, t = investment
        return self.delivery[investment] if investment in self.delivery else self.ready[Start(name, t)]

    def fiscal_year_periods(self, year: FiscalYear) -> tuple[int, ...]:
        """Periods of a fiscal year; none if it lies outside the horizon."""
        return self.calendar.periods_of(year)
