"""What must hold of any case with loans, tax and books: more credit, less tax and later tax never hurt."""

from __future__ import annotations

import copy
import itertools
from functools import cache
from typing import Any

import pytest

from tests.rival.currency import restated
from tests.rival.generator import tiny_fields
from tests.whole.test_properties import CLOSE, Fields, not_worse, objective_of, planned, whole_numbers


def keeps_accounts(number: int) -> Fields | None:
    """The case of a number, where its investments are taxed, with one rate for all of the horizon."""
    fields = tiny_fields(number)
    if "tax" not in fields["finance"]:
        return None
    fields["finance"]["tax"]["rate"] = "30 %"
    return fields


ENOUGH = 5
"""In so many of the cases a change has to help; in some nothing is bought, or profit does not count."""


@cache
def cases() -> list[Fields]:
    """The cases that every property starts from; most that are drawn are not taxed."""
    return [*itertools.islice(filter(None, map(keeps_accounts, itertools.count(4000))), 30)]


def changed(fields: Fields, **finance: Any) -> Fields:
    """The case with other terms of finance."""
    return {**copy.deepcopy(fields), "finance": copy.deepcopy(fields["finance"]) | finance}


def taxed(fields: Fields, **terms: Any) -> Fields:
    """The case with other terms of tax."""
    return changed(fields, tax={**fields["finance"]["tax"], **terms})


def gains(before: Fields, after: Fields) -> bool:
    """Asserts that a change does no harm, and tells whether it helps."""
    first, second = objective_of(planned(before)), objective_of(planned(after))
    assert not_worse(second, first), before["name"]
    return second > first + 1


def test_a_further_loan_never_lowers_the_objective() -> None:
    further = {"limit": "30 mn JPY", "rate": "1 %", "term": "5 years"}
    helped = [gains(case, changed(case, loans={**case["finance"]["loans"], "further": further})) for case in cases()]
    assert sum(helped) >= ENOUGH


def test_a_higher_tax_rate_never_raises_the_objective() -> None:
    # Without a terminal value: what is left in the books above it would save tax at the end.
    some = [changed(case, terminal_value=False) for case in cases()]
    helped = [gains(taxed(case, rate="40 %"), case) for case in some]
    assert sum(helped) >= ENOUGH


def test_an_opening_loss_never_lowers_the_objective() -> None:
    some = [taxed(case, opening_loss="0 JPY") for case in cases()]
    assert sum(gains(case, taxed(case, opening_loss="10 mn JPY")) for case in some) >= ENOUGH


def test_a_longer_payment_lag_never_lowers_the_objective() -> None:
    some = [taxed(case, payment_lag="0 months") for case in cases()]
    assert sum(gains(case, taxed(case, payment_lag="14 months")) for case in some) >= ENOUGH


def test_putting_tax_on_grants_off_never_lowers_the_objective() -> None:
    # With one rate, and losses of one year that may be set against all profit of the next.
    granted = (case for case in map(keeps_accounts, itertools.count(4000)) if case and case["programmes"])
    some = [taxed(changed(case, asset_grants="income"), loss_use_limit=1.0) for case in itertools.islice(granted, 40)]
    assert sum(gains(case, changed(case, asset_grants="reduce_book_value")) for case in some) >= ENOUGH


@pytest.mark.parametrize(("currency", "yen"), [("MJY", 1e6), ("USD", 128.0)])
def test_units_never_change_a_plan(currency: str, yen: float) -> None:
    for case in cases():
        before, after = planned(case), planned(restated(case, currency, yen))
        assert (before is None) == (after is None), case["name"]
        if before is not None and after is not None:
            assert whole_numbers(after) == whole_numbers(before), case["name"]
            value = after.proof.objective * (1.0 if before.proof.kind == "compute" else yen)
            assert value == pytest.approx(before.proof.objective, rel=CLOSE, abs=10.0), case["name"]
            profit = [amount * yen for amount in after.audit.accounts.books.profit]
            if before.proof.kind == "npv":
                assert profit == pytest.approx(before.audit.accounts.books.profit, rel=1e-6, abs=1000.0), case["name"]
