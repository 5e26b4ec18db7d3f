"""Every decision of the model: its key, its unit, what it says, and how plan.json stores it."""

from __future__ import annotations

from dataclasses import dataclass

from planner.vocabulary.keys import (
    Assessment,
    Balance,
    CashPoint,
    Claim,
    ClaimedExit,
    Credit,
    Demand,
    Draw,
    Exit,
    Failover,
    FiscalYear,
    Investment,
    LoanYear,
    OnCredit,
    Overlap,
    OverlapExit,
    Payout,
    Stand,
    Start,
    Work,
)

MONEY = "money"
"""Unit of decisions on money: money units in the model, the currency of the case everywhere else."""
SYSTEMS = "systems"
UNITS = "systems or blocks"
YES = "yes = 1"
PERIODS = ("period", "leaves_in")
"""What plan.json calls parts of a key that are periods."""
YEAR = "fiscal_year"


@dataclass(frozen=True)
class Decision:
    """One kind of decision."""

    kind: str
    """Name of its columns."""
    index: str
    """Letters of its key on the model page."""
    label: str
    """What it counts, in one sentence."""
    unit: str
    key: type
    """Type of its key."""
    whole: bool = False
    """Whether it is a whole number."""
    fields: tuple[str, ...] = ()
    """What plan.json calls the parts of the key, laid flat; none where the decision follows from others and is not
    stored."""
    amount: str = ""
    """What plan.json calls its amount."""
    kept_as: str = ""
    """What plan.json and the keys of the sheet Decisions call it, where that is not its kind."""
    is_optional: bool = False
    """Whether plan.json leaves it out where nothing of it is decided."""

    @property
    def stored_as(self) -> str:
        """Its name in plan.json and in the keys of the sheet Decisions."""
        return self.kept_as or self.kind

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of the key that tell a row of a sheet from the others, on which time runs through the columns."""
        return self.fields[:-1] if self.fields[-1] in (*PERIODS, YEAR) else self.fields


_CLAIMED = ("programme", "investment", "site", "period")
_LEAVING = ("offer", "site", "period", "leaves_in")

DECISIONS = (
    Decision(
        "order", "o,d,t", "Systems ordered from offer o for site d at the start of t", SYSTEMS,
        Investment, True, ("offer", "site", "period"), "systems",
    ),
    Decision(
        "expand", "x,t", "Blocks of expansion x started in t; whole, because their sums over time are", "blocks",
        Start, True, ("expansion", "period"), "blocks",
    ),
    Decision(
        "exit", "s,d,k,t", "Systems s of vintage k that leave site d at the start of t; the rest that leaves at the "
        "end of its life is what earlier exits left, and so whole by itself", SYSTEMS,
        Exit, True, ("system", "site", "cohort", "period"), "systems",
    ),
    Decision(
        "serve", "w,s,d,t", "Systems s at d at work on w, on average over t", SYSTEMS,
        Work, False, ("workload", "system", "site", "period"), "systems",
    ),
    Decision(
        "failover", "l,w,s,d,t", "Systems s at d that would work on w, on average over t, if site l were lost", SYSTEMS,
        Failover, False, ("lost_site", "workload", "system", "site", "period"), "systems", is_optional=True,
    ),
    Decision(
        "claim", "j,i", "Systems or blocks of investment i claimed under programme j", UNITS,
        Claim, False, _CLAIMED, "units",
    ),
    Decision("draw", "f,t", "Money drawn from loan f at the start of t", MONEY, Draw, False, ("loan", "period"), MONEY),
    Decision(
        "repay", "f,t", "Money repaid to loan f at the end of t", MONEY, Balance, False, ("loan", "period"), MONEY
    ),
    Decision(
        "claimed_exit", "j,o,d,t,u", "Systems of order i claimed under j among those that leave at the start of u",
        SYSTEMS, ClaimedExit, False, ("programme", *_LEAVING), "systems", "leave",
    ),
    Decision(
        "overlap", "j,j',i", "Units claimed under j that an earlier programme j' pays for too", UNITS,
        Overlap, False, ("programme", "earlier", *_CLAIMED[1:]), "units", "both",
    ),
    Decision(
        "overlap_exit", "j,j',o,d,t,u", "Of the systems claimed under j that leave at the start of u, those that an "
        "earlier programme j' has paid for too", SYSTEMS,
        OverlapExit, False, ("programme", "earlier", *_LEAVING), "systems", "leave_both",
    ),
    Decision(
        "credit", "j,y", "Tax credit of j that is taken off the tax of y", MONEY,
        Credit, False, ("programme", "fiscal_year"), MONEY,
    ),
    Decision(
        "dividend", "y", "Paid to owners for the profit of y, and of earlier years", MONEY,
        Payout, False, ("fiscal_year",), MONEY, is_optional=True,
    ),
    Decision("join", "j", "Whether programme j is entered", YES, str, True, ("programme",), "joined"),
    Decision(
        "built", "x,t", "Blocks of expansion x started up to t; the search branches on these sums, which say when a "
        "block comes at the latest: on single periods it would find the same block again one period later", "blocks",
        Start, True,
    ),
    Decision("installed", "s,d,t", "Systems s that stand at d during t", SYSTEMS, Stand),
    Decision("unmet", "w,t", "Demand of w left unserved in t", "metric of the workload", Demand),
    Decision("owed", "f,t", "Owed to loan f at the end of t", MONEY, Balance),
    Decision("loan_cost", "f", "What loan f costs: its present value where that is negative", MONEY, str),
    Decision(
        "scheduled", "f,y", "What loan f obliges to repay in fiscal year y: falls due by its end, and was not repaid "
        "before it", MONEY, LoanYear
    ),
    Decision(
        "cover_room", "y", "Cash from operations of y beyond what a covenant asks for; below nothing only without debt "
        "service", MONEY, FiscalYear
    ),
    Decision("value_room", "y", "Debt below what book value allows at the end of y", MONEY, FiscalYear),
    Decision("equity_room", "y", "Debt below what equity allows at the end of y", MONEY, FiscalYear),
    Decision("retained_room", "y", "Profit until y beyond all dividends up to that for y", MONEY, FiscalYear),
    Decision("payout_room", "y", "What may be paid of the profit of y beyond the dividend for it", MONEY, FiscalYear),
    Decision(
        "lock_up_room", "y", "Cash from operations of y beyond what lenders ask for before owners are paid", MONEY,
        FiscalYear,
    ),
    Decision("pays_owners", "y", "Whether owners are paid for y", YES, FiscalYear, True),
    Decision("serves_debt", "y", "Whether y has any interest or scheduled repayment", YES, FiscalYear, True),
    Decision("assessed", "d,m", "Property tax on what stands at d at the start of month m", MONEY, Assessment),
    Decision("owes", "y", "Whether anything is owed at the end of y", YES, FiscalYear, True),
    Decision("gain", "y", "Profit before tax of fiscal year y, zero in a year with a loss", MONEY, FiscalYear),
    Decision("loss", "y", "Loss of fiscal year y, zero in a year with a profit", MONEY, FiscalYear),
    Decision("loss_used", "y", "Losses of earlier years set against the profit of y", MONEY, FiscalYear),
    Decision("lapsed", "y", "Losses that can no longer be used after the end of y", MONEY, FiscalYear),
    Decision("lapses", "y", "Whether losses lapse at the end of y", YES, FiscalYear, True),
    Decision("loss_carried", "y", "Losses left at the end of y for later years", MONEY, FiscalYear),
    Decision("profitable", "y", "Whether y makes a profit", YES, FiscalYear, True),
    Decision("exhausted", "y", "Whether y uses up all losses of earlier years", YES, FiscalYear, True),
    Decision(
        "earned", "j,y", "Tax credit that programme j gives for what is delivered in fiscal year y", MONEY, Credit
    ),
    Decision(
        "end_tax", "t", "Tax on selling what stands at the end of the last period for its terminal value; negative "
        "where a loss saves tax", MONEY, int
    ),
    Decision("cash", "m", "Cash in month m, after what is paid at its start and again at its end", MONEY, CashPoint),
    Decision(
        "hourly", "t", "What comes in less what goes out over t with its hours: revenue, energy, selling costs", MONEY,
        int,
    ),
    Decision(
        "monthly", "t", "What comes in over t in equal months, less what goes out so, such as rent and interest", MONEY,
        int,
    ),
    Decision(
        "taxed_hourly", "t", "Consumption tax on sales less that on energy and selling over t", MONEY, int
    ),
    Decision(
        "taxed_monthly", "t", "Consumption tax on rent, operations and maintenance over t", MONEY, int
    ),
    Decision(
        "on_credit", "l,t", "What of t is sold or used under terms of payment l, and paid later", MONEY, OnCredit
    ),
)  # fmt: skip
"""Every decision; those of plan.json first, in its order."""
STORED = {one.kind: one for one in DECISIONS if one.fields}
"""Decisions that a plan.json holds, by their kind."""
TIMED = tuple(one for one in STORED.values() if one.fields[-1] in PERIODS)
"""Those that are taken in a period; without programmes there are no others."""
BY_STORED_NAME = {one.stored_as: one for one in STORED.values()}
"""The same by the names that files have for them."""
