"""What is said of a kind of rows of the model, and of a figure of the case on their right-hand side."""

from __future__ import annotations

from typing import Literal, NamedTuple

Role = Literal["limit", "balance", "join", "bound", "definition"]
"""limit: its right-hand side is a figure of the case. balance: what is there carries over. join: it binds only who
joins a programme. bound: decisions stay within other decisions. definition: a decision is worked out from others."""
Kind = Literal["kW", "Gbps", "money", "share", "count", "amount", "years", "months", "month", "days"]
"""How a figure of the case is counted and written."""
Effect = Literal["exact", "by row", "anew"]
"""exact: as much more on the right-hand side is just what a change of the figure does. Then one lever serves all of its
rows, and its price is read off the linear programme beside the plan. by row: each row has a lever of its own, that only
says that the figure can help. anew: the same, and it is priced by the linear programme of the changed case."""
VINTAGE, INVESTMENT, YEAR = ("system", "site", "arrival"), ("bought", "site", "start"), ("fiscal_year",)
MONEY, UNITS, METRIC = "money units", "systems or blocks", "the workload's metric"


class RightSide(NamedTuple):
    """A figure of the case that a family holds plans to; its path and its words name the index in curly brackets."""

    path: tuple[str, ...]
    kind: Kind | Literal["resource"]
    """How it is counted; "resource" as the resource of the row is."""
    loosens: Literal[1, -1]
    """1 where more of it loosens, -1 where less does."""
    words: str
    """What the case says with it; besides the index, they may name what ``planner.explain.levers`` knows of it."""
    noun: str = ""
    """What a plain number counts."""
    effect: Effect = "exact"
    lowers: bool = False
    """Whether more of it makes the right-hand side smaller."""
    times: Literal["", "may_go_unserved", "protected_share", "amount"] = ""
    """The figure of the model by which one unit of it counts there."""
    at_start: bool = False
    """Whether it is one figure of the whole plan, exchanged at its start, though there is a row for each period."""
    idle: float | None = None
    """Value at which it limits nothing."""


class Family(NamedTuple):
    """A kind of rows of one rule."""

    rule: str
    """Name of the rule, and of its rows."""
    by: tuple[str, ...]
    """What its rows go by: the names of their index."""
    unit: str
    role: Role
    label: str
    """What it is, in a few words."""
    part: str = ""
    """The word in the names of its rows that tells them from others of the rule."""
    right: tuple[RightSide, ...] = ()
    by_hand: str = ""
    """What else the case says that loosens it, with levers of a kind of their own in ``planner.explain``."""
    topic: str = ""
    """Families of one topic stand next to each other; in the search, all of a noun comes before the next noun."""
    keys_behind: int = 0
    """How many keys stand behind that word."""
    elastic: bool = False
    """Whether only the model in which statements can be loosened has such rows."""
    is_promise: bool = False
    """Whether it asks for what can fail in fact, at a price, when things come otherwise than planned, such as cash that
    must be left; the others say what is there, or what a contract allows."""
