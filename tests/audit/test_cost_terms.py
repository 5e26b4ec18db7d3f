"""Further terms of cost as the audit works them out by hand, and plans that it refuses; money in millions of yen."""

from __future__ import annotations

import pytest

from planner.audit import audit
from tests.audit.by_month import monthly, quarters
from tests.audit.cubes import bought, broken, line
from tests.cases.toy import MILLION, mn, toy

AT_WORK = {("training", "cube", "east", t): 1.0 for t in range(4)}


def test_selling_costs_come_with_the_hours_of_their_revenue() -> None:
    # A million a day, of which a fifth goes to others, and a half from July on.
    case = quarters(workloads__training__selling_costs={"2025-01": "20 %", "2025-07": "50 %"})
    audited = audit(case, bought(serve=AT_WORK))
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    shares = [0.2] * 6 + [0.5] * 6
    taken = [share * one for share, one in zip(shares, days, strict=True)]
    assert monthly(audited, "selling_costs") == pytest.approx(taken)
    assert line(audited, "revenue") == [90, 91, 92, 92]
    entries = [entry for entry in audited.accounts.entries if entry.line == "selling_costs"]
    assert {(entry.about, entry.month) for entry in entries} == {(("training", "cube", "east"), None)}
    assert audited.accounts.books.profit[0] == pytest.approx((90 * 0.8 - 5) * MILLION)
    assert audited.broken == ()


@pytest.mark.parametrize(("share", "rules"), [("50 %", set()), ("51 %", {"cash_balance"})])
def test_a_plan_that_lives_on_what_others_keep_is_refused(share: str, rules: set[str]) -> None:
    # 40 are there, a cube costs 100 a year after its order, and until then one that stands there earns 120.
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2024-01"}]
    case = toy(
        finance__opening_cash=mn(40),
        sites__east__fleet=fleet,
        workloads__training__price=f"{120 * MILLION / 8760!r} JPY/accelerator-hour",
        offers__maker__lead_time="1 year",
        workloads__training__selling_costs=share,
    )
    assert broken(case, bought(serve={("training", "cube", "east", 0): 1.0})) == rules
