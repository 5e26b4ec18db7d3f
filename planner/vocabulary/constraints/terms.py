"""How long systems stay, which programmes pay for the same unit, and when what they give can be used."""

from __future__ import annotations

from planner.vocabulary.constraints.family import INVESTMENT, MONEY, UNITS, VINTAGE, YEAR, Family, RightSide

_END_OF_LIFE = RightSide(
    ("systems", "{system}", "useful_life"), "months", 1, "{system} serve for {written}", effect="by row", lowers=True
)
END_OF_LIFE = Family(
    "useful_life", VINTAGE, "systems", "bound", "gone in the end", right=(_END_OF_LIFE,), by_hand="fleets"
)
LEAVE_ONCE = Family("useful_life", VINTAGE, "systems", "bound", "no more leave than arrived", by_hand="fleets")
_AID_INTENSITY = RightSide(
    ("finance", "public_money_ceiling"),
    "share",
    1,
    "{public_money} pay at most {text} of the cost of an investment",
    effect="anew",
)
AID_INTENSITY = Family(
    "aid_intensity", INVESTMENT, MONEY, "limit", "public money on an investment", right=(_AID_INTENSITY,)
)
_RETENTION = RightSide(
    ("programmes", "{programme}", "retention"),
    "months",
    -1,
    "what {programme} paid for stays for {written}",
    effect="by row",
    lowers=True,
)
RETENTION = Family(
    "retention", (*VINTAGE, "set", "programme"), "systems", "bound", "claimed systems stay", right=(_RETENTION,)
)
CLAIM_ONCE = Family(
    "claim_once", (*INVESTMENT, "set"), UNITS, "bound", "no unit is claimed twice", by_hand="exclusions"
)
CLAIM_ALONE = Family(
    "claim_once", (*INVESTMENT, "programme"), UNITS, "bound", "claim within what is bought", "alone", elastic=True
)
CLAIMED_EXITS = Family("claimed_exits", (*VINTAGE, "set", "period"), "systems", "bound", "claimed and leaving")
CLAIMED_STAYS = Family(
    "claimed_exits", (*VINTAGE, "set"), "systems", "bound", "claimed and staying", "stay", by_hand="exclusions"
)
CLAIMED_EXITS_IN_ALL = Family(
    "claimed_exits", ("programme", *INVESTMENT), "systems", "bound", "claimed and leaving in all"
)
_OVERLAP = (*INVESTMENT, "later", "earlier")
OVERLAP = Family(
    "stacking_order",
    _OVERLAP,
    UNITS,
    "bound",
    "what does not fit side by side",
    by_hand="exclusions, order of programmes",
)
OVERLAP_OF_CLAIM = Family("stacking_order", (*_OVERLAP, "programme"), UNITS, "bound", "overlap within a claim")
OVERLAP_EXITS = Family(
    "stacking_order",
    (*_OVERLAP, "period"),
    "systems",
    "bound",
    "what leaves and does not fit side by side",
    by_hand="exclusions, order of programmes",
)
OVERLAP_OF_EXITS = Family(
    "stacking_order", (*_OVERLAP, "period", "programme"), "systems", "bound", "leaving overlap within a claim"
)
OVERLAP_EXITS_IN_ALL = Family("stacking_order", _OVERLAP, "systems", "bound", "overlap that leaves", "leave")
CREDIT_EARNED = Family("tax_credit", ("programme", "fiscal_year"), MONEY, "definition", "credit earned")
_CREDIT_LIMIT = RightSide(
    ("programmes", "{programme}", "tax_limit"),
    "share",
    1,
    "{programme} takes at most {text} off a year's tax",
    effect="anew",
)
CREDIT_LIMIT = Family(
    "tax_credit",
    ("programme", "fiscal_year"),
    MONEY,
    "bound",
    "credit within its share",
    "limit",
    right=(_CREDIT_LIMIT,),
    topic="credits",
)
CREDIT_KEPT = Family(
    "tax_credit",
    ("programme", "first_year", "fiscal_year"),
    MONEY,
    "bound",
    "credit before it lapses",
    topic="credits",
    by_hand="years kept",
)
CREDITS = Family("tax_credit", YEAR, MONEY, "bound", "all credits within the tax")
CLAIM_BY_DATE = Family(
    "claim_by_date",
    ("programme", *INVESTMENT, "date"),
    UNITS,
    "bound",
    "no claim outside",
    by_hand="windows",
    elastic=True,
)
DRAW_BY_DATE = Family(
    "draw_by_date", ("loan", "period", "date"), MONEY, "bound", "no draw outside", by_hand="windows", elastic=True
)
