"""The audit of dividends: what it works out by itself, and plans that it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.errors import AuditError
from planner.outcome import Audit
from tests.cases.paying import paying_case
from tests.cases.toy import MILLION
from tests.decided import decided

BOUGHT: dict[str, Any] = {
    "order": {("maker", "east", 0): 1},
    "serve": {("training", "cube", "east", t): 1.0 for t in range(3)},
    "draw": {("bank", 0): 90 * MILLION},
    "repay": {("bank", t): 30 * MILLION for t in range(3)},
}


def audited(dividends: dict[int, float], **changes: Any) -> Audit:
    """The case with a cube, the loan repaid in its parts, and so much paid for fiscal years, in millions."""
    amounts = {(year,): amount * MILLION for year, amount in dividends.items()}
    return audit(paying_case(**changes), decided(**BOUGHT, dividend=amounts))


def broken(dividends: dict[int, float], **changes: Any) -> list[str]:
    return [limit.subject for limit in audited(dividends, **changes).broken]


def test_a_dividend_moves_cash_and_equity_in_its_month_and_counts_for_owners_there() -> None:
    """26 are earned in 2025, after 9 of interest, and 29 in 2026."""
    seen, without = audited({2025: 4, 2026: 14.5}), audited({}, finance__dividends=None)
    accounts, before = seen.accounts, without.accounts
    assert not seen.broken
    moved = [one - other for one, other in zip(accounts.cash_at_end, before.cash_at_end, strict=True)]
    assert [round(one / MILLION, 6) for one in moved] == [0] * 14 + [-4] * 12 + [-18.5] * 10
    assert accounts.npv == pytest.approx(before.npv)
    left = accounts.cash_at_end[-1] / MILLION
    value = -10 + 4 / 1.1 ** (455 / 365) + 14.5 / 1.1 ** (820 / 365) + left / 1.1**3
    assert accounts.equity == pytest.approx(value * MILLION)


FROM_BEFORE = {"finance__dividends": {"opening_retained_profit": "5 mn JPY"}, "finance__opening_cash": "20 mn JPY"}
STATED = "dividend for FY2025, as it is stated"


@pytest.mark.parametrize(
    ("dividends", "changes", "told"),
    [
        ({2026: 14.5}, {}, [STATED]),
        ({2025: 4.1, 2026: 14.5}, {}, [STATED]),
        ({2025: 4, 2026: 14.6}, {}, ["dividend for FY2026, of its profit after tax"]),
        ({2025: 31.1}, {"finance__dividends": {"opening_retained_profit": "5 mn JPY"}}, ["of profit that is kept"]),
        ({2025: 31, 2026: 29.1}, FROM_BEFORE, ["that is kept"]),
        ({2025: 1}, {"finance__dividends": {"lock_up_cover": 1.54}}, ["for its debt service before a dividend"]),
        ({2025: 1}, {"finance__dividends": {"opening_retained_profit": "-26 mn JPY"}}, ["of profit that is kept"]),
    ],
)
def test_a_plan_that_pays_what_it_may_not_is_refused(
    dividends: dict[int, float], changes: dict[str, Any], told: list[str]
) -> None:
    found = broken(dividends, **changes)
    assert len(found) == len(told), found
    assert all(words in one for words, one in zip(told, found, strict=True))
    rules = {limit.rule for limit in audited(dividends, **changes).broken}
    assert rules == {"dividends"}


def test_just_what_may_be_paid_is_accepted() -> None:
    assert broken({2025: 31, 2026: 29}, **FROM_BEFORE) == []
    assert broken({2025: 1}, finance__dividends={"lock_up_cover": 60 / 39}) == []


def test_a_dividend_for_a_year_that_is_not_paid_for_within_the_horizon_is_none() -> None:
    for year, changes in ((2027, {}), (2024, {}), (2026, {"finance__dividends": {"payment_lag": "13 months"}})):
        with pytest.raises(AuditError, match=f"dividend {year}: none is paid for such a fiscal year"):
            audited({year: 1}, **changes)
    with pytest.raises(AuditError, match="none is paid"):
        audited({2025: 1}, finance__dividends=None)
    with pytest.raises(AuditError, match="is not an amount of zero or more"):
        audited({2025: -1})
