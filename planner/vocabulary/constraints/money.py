"""Profit and tax, loans, and cash."""

from __future__ import annotations

from planner.vocabulary.constraints.family import MONEY, YEAR, Family, RightSide

PROFIT = Family("taxable_profit", YEAR, MONEY, "definition", "gain less loss", by_hand="payment lags, retention")
GAIN = Family("taxable_profit", YEAR, MONEY, "definition", "gain in a good year", "gain")
LOSS = Family("taxable_profit", YEAR, MONEY, "definition", "loss in a bad year", "loss")
END_LOSS = Family(
    "taxable_profit", ("period",), MONEY, "definition", "tax that a loss on the end value saves", "end loss"
)
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
    effect="by row",
    lowers=True,
)
LOAN_TERM = Family(
    "loan_term",
    ("loan", "period"),
    MONEY,
    "bound",
    "repayments keep up",
    right=(_LOAN_TERM,),
    topic="loans",
    by_hand="grace period, balloon",
)
_LOAN_SHARE = RightSide(
    ("finance", "loans", "{loan}", "share_of_investment"),
    "share",
    1,
    "draws on {loan} are at most {text} of the capital expenditure so far",
    effect="anew",
)
LOAN_SHARE = Family(
    "loan_limit",
    ("loan", "period"),
    MONEY,
    "limit",
    "share of investment",
    "share",
    right=(_LOAN_SHARE,),
    topic="loans",
)
LOAN_COST = Family("loan_cost", ("loan",), MONEY, "definition", "what a loan costs")
LOAN_BALANCE = Family("loan_balance", ("loan", "period"), MONEY, "balance", "what is owed carries over")
_DEBT_SERVICE_COVER = RightSide(
    ("finance", "covenants", "least_debt_service_cover"),
    "amount",
    -1,
    "cash from operations pays for the debt service of a fiscal year at least {counted}",
    "times",
    effect="anew",
)
DEBT_SERVICE_COVER = Family(
    "debt_service_cover",
    YEAR,
    MONEY,
    "limit",
    "cash from operations beyond debt service",
    right=(_DEBT_SERVICE_COVER,),
    is_promise=True,
)
SCHEDULED = Family(
    "debt_service_cover", ("loan", "fiscal_year"), MONEY, "definition", "what the terms oblige to repay", "scheduled"
)
COVER_KEPT = Family("debt_service_cover", YEAR, MONEY, "definition", "cover of a year with debt service", "kept")
NO_DEBT_SERVICE = Family("debt_service_cover", YEAR, MONEY, "definition", "debt service of a year without any", "none")
_LEAST_LIQUIDITY = RightSide(
    ("finance", "covenants", "least_liquidity"),
    "money",
    -1,
    "at least {written} of cash, with lines that may be drawn, must be there at the end of a fiscal year with debt",
)
LEAST_LIQUIDITY = Family(
    "year_end_covenants",
    YEAR,
    MONEY,
    "limit",
    "liquidity at its end",
    "liquidity",
    right=(_LEAST_LIQUIDITY,),
    is_promise=True,
)
_LOAN_TO_VALUE = RightSide(
    ("finance", "covenants", "most_loan_to_value"),
    "share",
    1,
    "at most {text} of the book value of what stands there may be owed at the end of a fiscal year",
    effect="anew",
)
LOAN_TO_VALUE = Family(
    "year_end_covenants",
    YEAR,
    MONEY,
    "limit",
    "debt against book value",
    "value",
    right=(_LOAN_TO_VALUE,),
    is_promise=True,
)
_DEBT_TO_EQUITY = RightSide(
    ("finance", "covenants", "most_debt_to_equity"),
    "amount",
    1,
    "at most {counted} the equity in the books may be owed at the end of a fiscal year",
    "times",
    effect="anew",
)
DEBT_TO_EQUITY = Family(
    "year_end_covenants",
    YEAR,
    MONEY,
    "limit",
    "debt against equity",
    "equity",
    right=(_DEBT_TO_EQUITY,),
    is_promise=True,
)
VALUE_KEPT = Family("year_end_covenants", YEAR, MONEY, "definition", "book value of a year with debt", "value kept")
EQUITY_KEPT = Family("year_end_covenants", YEAR, MONEY, "definition", "equity of a year with debt", "equity kept")
NO_DEBT = Family("year_end_covenants", YEAR, MONEY, "definition", "debt at the end of a year without any", "none")
NO_DIVIDEND = Family("dividends", YEAR, MONEY, "definition", "dividend of a year that pays none", "none")
_OPENING_PROFIT = RightSide(
    ("finance", "dividends", "opening_retained_profit"),
    "money",
    1,
    "{written} of the profit of earlier years may be paid to owners, with what is earned since",
    at_start=True,
)
DISTRIBUTABLE = Family(
    "dividends", YEAR, MONEY, "limit", "all dividends within profit", "retained", right=(_OPENING_PROFIT,)
)
RETAINED_KEPT = Family("dividends", YEAR, MONEY, "definition", "profit of a year that pays", "retained kept")
_PAYOUT = RightSide(
    ("finance", "dividends", "most_share_of_profit"),
    "share",
    1,
    "at most {text} of a fiscal year's profit after tax may be paid to owners",
    effect="anew",
)
PAYOUT = Family("dividends", YEAR, MONEY, "limit", "dividend within its share of profit", "share", right=(_PAYOUT,))
PAYOUT_KEPT = Family("dividends", YEAR, MONEY, "definition", "share of profit of a year that pays", "share kept")
_LOCK_UP = RightSide(
    ("finance", "dividends", "lock_up_cover"),
    "amount",
    -1,
    "owners are paid for a fiscal year where cash from operations pays for its debt service at least {counted}",
    "times",
    effect="anew",
)
LOCK_UP = Family(
    "dividends", YEAR, MONEY, "limit", "debt service cover of a year that pays", "lock-up", right=(_LOCK_UP,)
)
LOCK_UP_KEPT = Family("dividends", YEAR, MONEY, "definition", "lock-up of a year that pays", "lock-up kept")
_DIVIDEND_STATED = RightSide(
    ("finance", "dividends", "stated", "{fiscal_year}"),
    "money",
    -1,
    "{written} are paid to owners for {fiscal_year}",
)
DIVIDEND_STATED = Family(
    "dividends", YEAR, MONEY, "limit", "dividend that is stated", "stated", right=(_DIVIDEND_STATED,), is_promise=True
)
LOSSES = Family("loss_carried", YEAR, MONEY, "balance", "losses carry over")
LOSSES_LEFT = Family("loss_carried", YEAR, MONEY, "bound", "losses that are left", "losses")
_LOSSES_OFFSET = RightSide(
    ("finance", "tax", "loss_use_limit"),
    "share",
    1,
    "losses of earlier years offset at most {text} of a year's profit",
    effect="by row",
    idle=1.0,
)
LOSSES_OFFSET = Family(
    "loss_carried", YEAR, MONEY, "bound", "share of profit offset", "profit", right=(_LOSSES_OFFSET,)
)
_LOSSES_LAPSE = RightSide(
    ("finance", "tax", "loss_years"),
    "years",
    1,
    "a loss can be set against profit for {counted}",
    noun="fiscal years",
    effect="by row",
)
LOSSES_LAPSE = Family("loss_carried", YEAR, MONEY, "bound", "losses that lapse", "lapse", right=(_LOSSES_LAPSE,))
LAPSE_AT_MOST = Family("loss_carried", YEAR, MONEY, "definition", "no more lapses than is left", "most that lapses")
NO_LAPSE = Family("loss_carried", YEAR, MONEY, "definition", "no loss lapses", "no lapse")
ALL_LOSSES = Family("loss_carried", YEAR, MONEY, "definition", "all losses", "all losses")
ALL_PROFIT = Family("loss_carried", YEAR, MONEY, "definition", "all profit", "all profit")
CASH_BALANCE = Family(
    "cash_balance",
    ("moment",),
    MONEY,
    "balance",
    "cash carries over",
    by_hand="money that comes in, lags, retention, tax, property tax, contracts",
)
RUNNING = Family(
    "cash_balance",
    ("period", "timing"),
    MONEY,
    "definition",
    "what runs over a period",
    "running",
    by_hand="selling costs, fees of loans",
)
CONSUMPTION_TAX = Family(
    "cash_balance", ("period", "timing"), MONEY, "definition", "consumption tax of a period", "consumption tax"
)
ON_CREDIT = Family(
    "cash_balance", ("terms", "period"), MONEY, "definition", "what of a period is paid later", "on credit"
)
_MINIMUM_CASH = RightSide(("finance", "minimum_cash"), "money", -1, "at least {written} must be left at any time")
MINIMUM_CASH = Family(
    "cash_balance",
    ("moment",),
    MONEY,
    "limit",
    "cash that must be left",
    "minimum",
    right=(_MINIMUM_CASH,),
    is_promise=True,
)
PROPERTY_TAX = Family("property_tax", ("site", "day"), MONEY, "definition", "property tax assessed")
_CAPEX_LIMIT = RightSide(
    ("finance", "capex_limits", "{fiscal_year}"), "money", 1, "at most {written} may be invested in {fiscal_year}"
)
CAPEX_LIMIT = Family(
    "capex_limit",
    YEAR,
    MONEY,
    "limit",
    "investment of a year",
    right=(_CAPEX_LIMIT,),
    by_hand="contracts",
    is_promise=True,
)
