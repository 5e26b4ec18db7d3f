"""A cube that costs 100 and comes at once, and what tests of the audit ask about it; money in millions of yen.

Three years, the fiscal year is that of the calendar, and discounting is off.
"""

from __future__ import annotations

from typing import Any

from planner.audit import audit
from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome import Audit
from tests.cases.toy import MILLION, programme, toy
from tests.decided import decided

A_CUBE = ("maker", "east", 0)
VINTAGE = ("cube", "east", "2025-01 maker")
IN_BOOKS: dict[str, Any] = {
    "finance__asset_grants": "reduce_book_value",
    "finance__depreciation": {"systems": "4 years"},
}
TAXED = {"finance__tax": {"rate": "50 %", "payment_lag": "0 months"}}


def bought(count: int = 1, **tables: Any) -> Decisions:
    """So many cubes in the first year, and what else was decided."""
    return decided(order={A_CUBE: count}, **tables)


def claims(**units: float) -> dict[tuple[str, str, str, int], float]:
    return {(name, *A_CUBE): amount for name, amount in units.items()}


def millions(amounts: Any) -> list[float]:
    return [round(amount / MILLION, 9) for amount in amounts]


def line(audited: Audit, name: str) -> list[float]:
    accounts = audited.accounts
    return millions(accounts.lines[name] if name in accounts.lines else accounts.books.charges[name])


def broken(case: Case, decisions: Decisions) -> set[str]:
    return {limit.rule for limit in audit(case, decisions).broken}


def leaving(early_exit: str, leaves_at: int = 1, **terms: Any) -> tuple[Case, Decisions]:
    """Two cubes, half of both paid by a grant that wants them for four years; one of them leaves."""
    rules = programme(0.5, retention="4 years", early_exit=early_exit, **terms)
    case = toy(programmes={"half": rules})
    leaver = ("half", *A_CUBE, leaves_at)
    return case, bought(2, claim=claims(half=2), exit={(*VINTAGE, leaves_at): 1}, claimed_exit={leaver: 1.0})


def both_leave(**amounts: float) -> tuple[Case, Decisions]:
    """Three cubes, two under each claim, one of them under both; two leave, one under each claim."""
    terms = {"retention": "4 years", "early_exit": "repay_all"}
    rules = {"prefecture": programme(0.2, **terms), "ministry": programme(0.5, after=["prefecture"], **terms)}
    said = {"ministry": 1.0, "prefecture": 1.0, "overlap_exit": 0.0, "overlap": 1.0, **amounts}
    pair = ("ministry", "prefecture", *A_CUBE)
    return toy(programmes=rules), bought(
        3,
        claim=claims(prefecture=2, ministry=2),
        overlap={pair: said["overlap"]},
        exit={(*VINTAGE, 1): 2},
        claimed_exit={(name, *A_CUBE, 1): said[name] for name in ("ministry", "prefecture")},
        overlap_exit={(*pair, 1): said["overlap_exit"]} if said["overlap_exit"] else {},
    )


def credited(lead: str = "0 months", **terms: Any) -> Case:
    """A tenth of the price of a cube off the tax: at 50 % the profit of 40 a year is taxed with 20."""
    return toy(
        **TAXED,
        offers__maker__lead_time=lead,
        programmes={"law": programme(0.1, kind="tax_credit", **terms)},
    )


def with_credit(cubes: int = 1, **used: float) -> Decisions:
    """One cube at work, so many of them claimed, and credit used by year in millions."""
    return bought(
        cubes,
        claim=claims(law=cubes),
        serve={("training", "cube", "east", t): 1.0 for t in range(3)},
        credit={("law", int(year[1:])): amount * MILLION for year, amount in used.items()},
    )
