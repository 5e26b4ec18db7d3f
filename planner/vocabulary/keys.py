"""What decisions, parameters and rows are about, as typed keys.

A key equals and hashes as the plain tuple of its parts, and keys nest: a claim holds its investment. A bare number in
a key is always a period, counted from 0; what is shown as one text, such as an arrival or a fiscal year, has a type of
its own that says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal, NamedTuple, get_type_hints

from planner.case.quantities import FiscalYear, Month

__all__ = [
    "Arrival", "Assessment", "Balance", "CapKey", "CapKind", "CashPoint", "Claim", "ClaimedExit", "Credit", "Day",
    "Demand", "Draw", "ExclusiveSet", "Exit", "Failover", "FiscalYear", "Investment", "LoanYear", "Month", "OnCredit",
    "Overlap", "OverlapExit", "PaidLater", "Payout", "Stand", "Start", "Vintage", "Work", "flat", "key_of",
]  # fmt: skip


class Investment(NamedTuple):
    """What money can be spent on: units of an offer or of an expansion, at a site, in the period of the order."""

    name: str
    """An offer or an expansion."""
    site: str
    period: int


class Start(NamedTuple):
    """Blocks of an expansion by the period in which they are started."""

    expansion: str
    period: int


class Arrival(NamedTuple):
    """What comes with one order: its month of arrival and its offer; of systems without an order the month alone.

    >>> str(Arrival(Month.of(2024, 10), "b200-market")), str(Arrival(Month.of(2024, 6)))
    ('2024-10 b200-market', '2024-06')
    """

    month: Month
    offer: str = ""

    def __str__(self) -> str:
        return f"{self.month} {self.offer}" if self.offer else str(self.month)


class Vintage(NamedTuple):
    """Systems of one kind that come to one site with one arrival: equally old, and bought at one price."""

    system: str
    site: str
    arrival: Arrival

    @property
    def names(self) -> tuple[str, str, str]:
        """System, site and arrival as texts."""
        return self.system, self.site, str(self.arrival)


class Exit(NamedTuple):
    """Systems of a vintage that leave at the start of a period."""

    vintage: Vintage
    period: int


class Stand(NamedTuple):
    """Systems that stand at a site in a period."""

    system: str
    site: str
    period: int


class Work(NamedTuple):
    """Systems at a site at work on a workload, over a period."""

    workload: str
    system: str
    site: str
    period: int


class Failover(NamedTuple):
    """Systems at a site that would work on a workload if another site were lost, over a period."""

    lost: str
    """The site that is lost."""
    workload: str
    system: str
    site: str
    period: int


class Demand(NamedTuple):
    """What a workload asks for in a period."""

    workload: str
    period: int


class Claim(NamedTuple):
    """Units of an investment claimed under a programme."""

    programme: str
    investment: Investment


class ClaimedExit(NamedTuple):
    """Claimed systems among those that leave at the start of a period."""

    claim: Claim
    period: int


class Overlap(NamedTuple):
    """Units of an investment claimed under a programme and under an earlier one, which comes before it."""

    programme: str
    earlier: str
    investment: Investment

    @property
    def claim(self) -> Claim:
        """The claim under the programme that comes later."""
        return Claim(self.programme, self.investment)

    @property
    def earlier_claim(self) -> Claim:
        """The claim under the one that comes before it."""
        return Claim(self.earlier, self.investment)


class OverlapExit(NamedTuple):
    """Systems claimed under both programmes of an overlap among those that leave at the start of a period."""

    overlap: Overlap
    period: int


class Draw(NamedTuple):
    """Money drawn from a loan at the start of a period."""

    loan: str
    period: int


class Balance(NamedTuple):
    """What is repaid to a loan, or still owed on it, at the end of a period."""

    loan: str
    period: int


class LoanYear(NamedTuple):
    """What a loan asks for in a fiscal year."""

    loan: str
    year: FiscalYear


class Payout(NamedTuple):
    """The dividend for a fiscal year."""

    year: FiscalYear


class CashPoint(NamedTuple):
    """A turn of cash within a month: after what is paid at its start, or at its end.

    >>> str(CashPoint(Month.of(2024, 10))), str(CashPoint(Month.of(2024, 10), at_end=True))
    ('2024-10 start', '2024-10 end')
    """

    month: Month
    at_end: bool = False

    def __str__(self) -> str:
        return f"{self.month} {'end' if self.at_end else 'start'}"


class Day(NamedTuple):
    """The first day of a month.

    >>> str(Day(Month.of(2025, 1)))
    '2025-01'
    """

    month: Month

    def __str__(self) -> str:
        return str(self.month)


class Assessment(NamedTuple):
    """The property tax on what stands at a site on a day."""

    site: str
    day: Day


class PaidLater(NamedTuple):
    """What is paid alike: sales or costs that are open for equally many days, and run over a period in one way; of
    sales that are paid in advance the days are less than nothing.

    >>> str(PaidLater("receivables_increase", "hours", 45.0)), str(PaidLater("payables_increase", "months", 30.0))
    ('customers after 45 days, by hours', 'suppliers after 30 days, by months')
    >>> str(PaidLater("prepayments_increase", "hours", -90.0))
    'customers 90 days before, by hours'
    """

    line: Literal["receivables_increase", "payables_increase", "prepayments_increase"]
    """The line of the cash flow that it moves."""
    timing: Literal["hours", "months"]
    days: float

    def __str__(self) -> str:
        if self.line == "prepayments_increase":
            return f"customers {-self.days:.12g} days before, by {self.timing}"
        who = "customers" if self.line == "receivables_increase" else "suppliers"
        return f"{who} after {self.days:.12g} days, by {self.timing}"


class OnCredit(NamedTuple):
    """What of a period is paid later."""

    terms: PaidLater
    period: int


class Credit(NamedTuple):
    """Tax credit of a programme in a fiscal year."""

    programme: str
    year: FiscalYear


CapKind = Literal["total", "operator"] | FiscalYear
"""A cap on all that a programme gives, on what one operator gets, or on what is given in a fiscal year."""


class CapKey(NamedTuple):
    """A cap of a programme."""

    programme: str
    kind: CapKind


class ExclusiveSet(tuple[str, ...]):
    """Names of programmes that exclude each other pairwise; a programme alone is one as well.

    >>> str(ExclusiveSet(("national", "regional")))
    'national+regional'
    """

    __slots__ = ()

    def __str__(self) -> str:
        return "+".join(self)


_WHOLE = (Arrival, CashPoint, Day, ExclusiveSet, PaidLater)
"""Parts of a key that are tuples and yet one text."""


def flat(key: Iterable[object]) -> Iterator[object]:
    """What a key names, one after the other, keys within it laid flat; arrivals, moments, days and sets stay whole.

    >>> list(flat(ClaimedExit(Claim("aid", Investment("maker", "east", 0)), 3)))
    ['aid', 'maker', 'east', 0, 3]
    """
    for part in key:
        if isinstance(part, tuple) and not isinstance(part, _WHOLE):
            yield from flat(part)
        else:
            yield part


def key_of[K](kind: type[K], parts: Iterable[object]) -> K:
    """The key of a kind from what it names, laid flat.

    >>> key_of(Claim, ("aid", "maker", "east", 0))
    Claim(programme='aid', investment=Investment(name='maker', site='east', period=0))
    """
    found: K = _built(kind, iter(parts))
    return found


def _built(kind: Any, parts: Iterator[object]) -> Any:  # noqa: ANN401 - any kind of key
    if kind in _WHOLE or not hasattr(kind, "_fields"):
        return next(parts)
    return kind(*(_built(part, parts) for part in _kinds_within(kind)))


@cache
def _kinds_within(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any kind of key
    return tuple(get_type_hints(kind).values())
