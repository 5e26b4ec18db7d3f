"""What programmes give at most, and what they ask for in return."""

from __future__ import annotations

from planner.vocabulary.constraints.family import INVESTMENT, MONEY, UNITS, Family, RightSide

_TOTAL_CAP = RightSide(("programmes", "{programme}", "total_cap"), "money", 1, "{programme} {gives} {written}{how}")
TOTAL_CAP = Family(
    "programme_cap",
    ("programme",),
    MONEY,
    "limit",
    "given in all",
    "total",
    right=(_TOTAL_CAP,),
    topic="caps",
    by_hand="payment lags",
)
_OPERATOR_CAP = RightSide(
    ("programmes", "{programme}", "operator_cap"), "money", 1, "{programme} {gives} {written}{how}"
)
OPERATOR_CAP = Family(
    "programme_cap",
    ("programme",),
    MONEY,
    "limit",
    "given to one operator",
    "operator",
    right=(_OPERATOR_CAP,),
    topic="caps",
)
_YEAR_CAP = RightSide(
    ("programmes", "{programme}", "fiscal_year_caps", "{fiscal_year}"),
    "money",
    1,
    "{programme} {gives} {written}{how} in {fiscal_year}",
)
YEAR_CAP = Family(
    "programme_cap",
    ("programme", "fiscal_year"),
    MONEY,
    "limit",
    "given in a year",
    right=(_YEAR_CAP,),
    topic="caps",
    by_hand="payment lags",
)
JOIN = Family("programme_cap", ("programme",), MONEY, "join", "nothing unless joined", "join")
JOIN_CLAIM = Family(
    "programme_cap", ("programme", *INVESTMENT), UNITS, "join", "no claim unless joined", "join", keys_behind=3
)
_OBLIGATION = RightSide(
    ("programmes", "{programme}", "obligations", "{own_number}", "floor"),
    "amount",
    -1,
    "{programme} asks for {counted}",
    "{metric}",
)
OBLIGATION = Family(
    "obligation",
    ("programme", "number", "period"),
    "of the obligation",
    "limit",
    "what stands",
    right=(_OBLIGATION,),
    by_hand="its months",
    is_promise=True,
)
_MINIMUM_INVESTMENT = RightSide(
    ("programmes", "{programme}", "minimum_investment"), "money", -1, "{programme} asks for {written} of eligible cost"
)
MINIMUM_INVESTMENT = Family(
    "minimum_investment",
    ("programme",),
    MONEY,
    "limit",
    "eligible cost claimed",
    right=(_MINIMUM_INVESTMENT,),
    is_promise=True,
)
