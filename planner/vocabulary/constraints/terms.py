"""How long systems stay, which programmes pay for the same unit, and when what they give can be used."""

from __future__ import annotations

from planner.vocabulary.constraints.family import MONEY, UNITS, Family, RightSide

_END_OF_LIFE = RightSide(
    ("systems", "{system}", "useful_life"), "months", 1, "{system} serve for {written}", exact=False, lowers=True
)
END_OF_LIFE = Family(
    "useful_life",
    ("system", "site", "cohort"),
    "systems",
    "bound",
    "gone at the end of life",
    right=(_END_OF_LIFE,),
    loosened_by="fleets",
)
LEAVE_ONCE = Family(
    "useful_life", ("system", "site", "cohort"), "systems", "bound", "no more leave than arrived", loosened_by="fleets"
)
_PUBLIC_SHARE = RightSide(
    ("finance", "public_money_ceiling"),
    "share",
    1,
    "{public_money} pay at most {value:.0%} of the cost of an investment",
    exact=False,
    priced_anew=True,
)
PUBLIC_SHARE = Family(
    "public_share", ("bought", "site", "start"), MONEY, "limit", "public money on an investment", right=(_PUBLIC_SHARE,)
)
_RETENTION = RightSide(
    ("programmes", "{programme}", "retention"),
    "months",
    -1,
    "what {programme} paid for stays for {written}",
    exact=False,
    lowers=True,
)
RETENTION = Family(
    "retention",
    ("system", "site", "cohort", "set", "programme"),
    "systems",
    "bound",
    "claimed systems stay",
    right=(_RETENTION,),
)
CLAIM_ONCE = Family(
    "claim_once",
    ("bought", "site", "start", "set"),
    UNITS,
    "bound",
    "no unit is claimed twice",
    loosened_by="programmes that exclude each other",
)
CLAIM_ALONE = Family(
    "claim_once",
    ("bought", "site", "start", "programme"),
    UNITS,
    "bound",
    "no claim beyond what is bought",
    "alone",
    elastic=True,
)
LEAVE_AT_ONCE = Family(
    "leave_with_grant",
    ("system", "site", "cohort", "set", "period"),
    "systems",
    "bound",
    "claimed among those that leave",
)
STAY = Family(
    "leave_with_grant",
    ("system", "site", "cohort", "set"),
    "systems",
    "bound",
    "claimed among those that stay",
    "stay",
    loosened_by="programmes that exclude each other",
)
LEAVE_IN_ALL = Family(
    "leave_with_grant", ("programme", "bought", "site", "start"), "systems", "bound", "no more leave than are claimed"
)
_OVERLAP = ("bought", "site", "start", "later", "earlier")
OVERLAP = Family(
    "remainder",
    _OVERLAP,
    UNITS,
    "bound",
    "claims that do not fit side by side",
    loosened_by="programmes that exclude each other, or come after each other",
)
OVERLAP_OF_CLAIM = Family("remainder", (*_OVERLAP, "programme"), UNITS, "bound", "overlap within a claim")
OVERLAP_LEAVING = Family(
    "remainder",
    (*_OVERLAP, "period"),
    "systems",
    "bound",
    "claims that do not fit side by side, of those that leave",
    loosened_by="programmes that exclude each other, or come after each other",
)
OVERLAP_OF_LEAVING = Family(
    "remainder", (*_OVERLAP, "period", "programme"), "systems", "bound", "overlap within a claim, of those that leave"
)
OVERLAP_IN_ALL = Family("remainder", _OVERLAP, "systems", "bound", "no more of an overlap leave than it has", "leave")
CREDIT_EARNED = Family("tax_credit", ("programme", "fiscal_year"), MONEY, "definition", "credit earned")
_CREDIT_LIMIT = RightSide(
    ("programmes", "{programme}", "tax_limit"),
    "share",
    1,
    "{programme} takes at most {text} off a year's tax",
    exact=False,
    priced_anew=True,
)
CREDIT_LIMIT = Family(
    "tax_credit",
    ("programme", "fiscal_year"),
    MONEY,
    "bound",
    "credit within its share of the tax",
    "limit",
    right=(_CREDIT_LIMIT,),
    topic="credits",
)
CREDIT_KEPT = Family(
    "tax_credit",
    ("programme", "first_year", "fiscal_year"),
    MONEY,
    "bound",
    "credit used before it lapses",
    topic="credits",
    loosened_by="how long a credit is kept",
)
CREDITS = Family("tax_credit", ("fiscal_year",), MONEY, "bound", "all credits within the tax")
CLAIM_BY_DATE = Family(
    "claim_by_date",
    ("programme", "bought", "site", "start", "date"),
    UNITS,
    "bound",
    "no claim outside a window",
    loosened_by="windows of the programme",
    elastic=True,
)
DRAW_BY_DATE = Family(
    "draw_by_date",
    ("loan", "period", "date"),
    MONEY,
    "bound",
    "no draw outside a window",
    loosened_by="window of the loan",
    elastic=True,
)
