"""Profit and tax, loans, and cash."""

from __future__ import annotations

from planner.vocabulary.constraints.family import MONEY, Family, RightSide

PROFIT = Family(
    "taxable_profit",
    ("fiscal_year",),
    MONEY,
    "definition",
    "profit is gain less loss",
    loosened_by="payment lags, retention",
)
GAIN = Family("taxable_profit", ("fiscal_year",), MONEY, "definition", "gain in a good year", "gain")
LOSS = Family("taxable_profit", ("fiscal_year",), MONEY, "definition", "loss in a bad year", "loss")
END_TAX = Family("taxable_profit", ("period",), MONEY, "definition", "tax on the end value", "end")
_LOAN_DRAWN = RightSide(
    ("finance", "loans", "{loan}", "limit"), "money", 1, "at most {written} of {loan} may be drawn in all"
)
LOAN_DRAWN = Family("loan_limit", ("loan",), MONEY, "limit", "all draws", right=(_LOAN_DRAWN,), topic="loans")
_LOAN_OWED = RightSide(
    ("finance", "loans", "{loan}", "limit"), "money", 1, "at most {written} of {loan} may be owed", at_start=True
)
LOAN_OWED = Family("loan_limit", ("loan", "period"), MONEY, "limit", "what is owed", right=(_LOAN_OWED,), topic="loans")
_LOAN_TERM = RightSide(
    ("finance", "loans", "{loan}", "term"),
    "months",
    1,
    "a draw on {loan} is repaid {repaid} {written}",
    exact=False,
    lowers=True,
)
LOAN_TERM = Family(
    "loan_term", ("loan", "period"), MONEY, "bound", "repayments keep up", right=(_LOAN_TERM,), topic="loans"
)
_LOAN_SHARE = RightSide(
    ("finance", "loans", "{loan}", "share_of_investment"),
    "share",
    1,
    "draws on {loan} are at most {value:.0%} of the capital expenditure so far",
    exact=False,
    priced_anew=True,
)
LOAN_SHARE = Family(
    "loan_limit",
    ("loan", "period"),
    MONEY,
    "limit",
    "draws within their share of investment",
    "share",
    right=(_LOAN_SHARE,),
    topic="loans",
)
LOAN_BALANCE = Family("loan_balance", ("loan", "period"), MONEY, "balance", "what is owed carries over")
LOSSES = Family("loss_carried", ("fiscal_year",), MONEY, "balance", "losses carry over")
LOSSES_LEFT = Family("loss_carried", ("fiscal_year",), MONEY, "bound", "losses that are left", "losses")
_LOSSES_OFFSET = RightSide(
    ("finance", "tax", "loss_use_limit"),
    "share",
    1,
    "losses of earlier years offset at most {value:.0%} of a year's profit",
    exact=False,
    idle=1.0,
)
LOSSES_OFFSET = Family(
    "loss_carried",
    ("fiscal_year",),
    MONEY,
    "bound",
    "losses against their share of profit",
    "profit",
    right=(_LOSSES_OFFSET,),
)
ALL_LOSSES = Family("loss_carried", ("fiscal_year",), MONEY, "definition", "all losses", "all losses")
ALL_PROFIT = Family("loss_carried", ("fiscal_year",), MONEY, "definition", "all profit", "all profit")
CASH_BALANCE = Family(
    "cash_balance",
    ("period",),
    MONEY,
    "balance",
    "cash carries over",
    loosened_by="opening cash, funding, payment lags, retention, tax rate, contracts",
)
_MINIMUM_CASH = RightSide(
    ("finance", "minimum_cash"), "money", -1, "at least {written} must be left at the end of every period"
)
MINIMUM_CASH = Family(
    "cash_balance", ("period",), MONEY, "limit", "cash that must be left", "minimum", right=(_MINIMUM_CASH,)
)
_CAPEX_LIMIT = RightSide(
    ("finance", "capex_limits", "{fiscal_year}"), "money", 1, "at most {written} may be invested in {fiscal_year}"
)
CAPEX_LIMIT = Family(
    "capex_limit",
    ("fiscal_year",),
    MONEY,
    "limit",
    "capital expenditure of a fiscal year",
    right=(_CAPEX_LIMIT,),
    loosened_by="contracts",
)
