"""What the screen and plan.json say of loans, of owners and of rates of return, with figures worked by hand."""

from __future__ import annotations

import io
import math
from typing import Any

import pytest
from rich.console import Console

from planner.outcome import Outcome
from planner.planning import plan_case
from planner.report.headline import Headline, headline
from planner.report.summary_file import summary
from planner.report.terminal import show
from tests.audit.test_financing import annuity, revenue
from tests.cases.toy import MILLION, mn, toy, yearly


def made(cash: float = 60, rate: float = 0.2, **changes: Any) -> Outcome:
    """A cube of 100 that earns 60 a year, so much cash, and a loan; 10 % are discounted."""
    bank = {"limit": mn(100), "rate": rate, "term": "5 years"}
    terms = {"finance__discount_rate": 0.1, "finance__loans": {"bank": bank}, "finance__opening_cash": mn(cash)}
    return plan_case(toy(**{**terms, **changes}), gap=0.0)


def rows(outcome: Outcome) -> dict[str, str]:
    """Lines of figures, by the first words."""
    screen = io.StringIO()
    show(outcome, [], Console(file=screen, width=160, no_color=True))
    names = ("net present value", "cost of loans", "value to the owners", "rate of return")
    lines = screen.getvalue().splitlines()
    return {name: " ".join(line.split()) for line in lines for name in names if line.startswith(name)}


def test_what_a_dear_loan_costs_stands_below_the_value_that_it_is_taken_off() -> None:
    outcome = made()
    facts, cost = headline(outcome), annuity(40 * 0.2 / 12, 1) + 40 / 1.1 - 40
    assert facts.cost_of_loans == pytest.approx(cost * MILLION)
    assert facts.npv == pytest.approx(facts.npv_before_financing - facts.cost_of_loans)
    assert rows(outcome)["cost of loans"] == "cost of loans 3.97 mn JPY more than capital at 10 %; already taken off"
    assert cost == pytest.approx(3.97, abs=0.01)


def test_a_cheap_loan_is_told_to_cost_nothing_and_no_loan_is_not_told() -> None:
    cheap = made(rate=0.02)
    assert rows(cheap)["cost of loans"] == "cost of loans 0 JPY none is dearer than capital at 10 %"
    assert headline(cheap).npv == headline(cheap).npv_before_financing
    assert "cost of loans" not in rows(made(cash=150))


def test_the_value_to_the_owners_is_told_where_it_is_known_what_they_expect() -> None:
    outcome = made(cash=150, finance__cost_of_equity=0.15)
    value = revenue(0.15) - 100
    facts = headline(outcome)
    assert facts.equity_value == pytest.approx(value * MILLION)
    rate = facts.equity_rate_of_return
    assert rate is not None and rate == facts.internal_rate_of_return  # nothing is borrowed
    assert revenue(rate) == pytest.approx(100)
    words = f"value to the owners {value:.2f} mn JPY at their 15 %, after loans; rate of return {100 * rate:.1f} %"
    assert rows(outcome)["value to the owners"] == words
    assert "value to the owners" not in rows(made())
    assert (headline(made()).equity_value, headline(made()).equity_rate_of_return) == (None, None)


def test_a_loan_lifts_the_rate_of_return_of_owners_above_that_of_the_plan() -> None:
    owners = {"finance__cost_of_equity": 0.15, "objective": {"kind": "equity"}}
    borrowed, alone = (headline(made(cash=150, rate=rate, **owners)) for rate in (0.02, 0.2))
    assert borrowed.internal_rate_of_return == pytest.approx(alone.internal_rate_of_return)
    assert borrowed.equity_value is not None and borrowed.equity_value > 0
    assert borrowed.equity_rate_of_return is None  # all of 100 is lent: owners pay nothing in, and there is no rate
    half = {"bank": {"limit": mn(50), "rate": 0.02, "term": "5 years"}}
    outcome = made(cash=150, finance__loans=half, **owners)
    lifted = headline(outcome)
    assert lifted.equity_rate_of_return is not None and alone.equity_rate_of_return is not None
    assert lifted.equity_rate_of_return > alone.equity_rate_of_return + 0.1
    # The 50 go back on the last day, more than is earned in December: flows turn twice, and another rate is negative.
    assert lifted.equity_rates_of_return == 2
    assert rows(outcome)["value to the owners"].endswith("one of 2 that would do")
    assert rows(made(cash=150, rate=0.02, **owners))["value to the owners"].endswith("rate of return none")


def test_the_terminal_value_is_told_after_the_tax_on_it() -> None:
    # Half of 100 is left, in the books at nothing: 30 % of 50 are tax.
    terms = {
        "finance__resale": [{"age": "0 months", "share": 0.5}],
        "finance__terminal_value": True,
        "finance__depreciation": {"systems": "3 years"},
    }
    taxed = made(cash=150, finance__tax={"rate": 0.3, "payment_lag": "0 months"}, **terms)
    assert headline(taxed).terminal_value_present == pytest.approx(35 / 1.331 * MILLION)
    assert rows(taxed)["net present value"].endswith("of it terminal value 26.30 mn after tax")
    assert rows(made(cash=150, **terms))["net present value"].endswith("of it terminal value 37.57 mn")


def with_a_late_bill(bill: float) -> Outcome:
    """230 earned by the day in 2025 and nothing later; in 2027 a contract is paid for that brings nothing."""
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2027-01", "unpaid": mn(bill)}]
    work = {"metric": "accelerators", "amount": {"2025-01": 1, "2026-01": 0}, "price": yearly(230)}
    return made(cash=300, sites__east__fleet=fleet, workloads__training=work)


def test_where_several_rates_of_return_would_do_the_modified_one_is_told() -> None:
    outcome = with_a_late_bill(132)
    facts = headline(outcome)
    assert (facts.sign_changes, facts.rates_of_return) == (2, 2)
    ends = (31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)
    days = [end - start for start, end in zip((0, *ends), ends, strict=False)]
    out = 100 + 132 / 1.21
    earned = math.fsum(230 / 365 * n * 1.1 ** ((730 - end) / 365) for n, end in zip(days, ends, strict=True))
    modified = (earned / out) ** 0.5 - 1
    assert facts.modified_internal_rate_of_return == pytest.approx(modified)
    assert modified == pytest.approx(0.1245, abs=0.0001)
    words = f"flows turn 2 times, 2 rates would do; modified {100 * modified:.1f} %"
    assert rows(outcome)["rate of return"].endswith(words)


def test_where_flows_turn_and_one_rate_alone_would_do_that_is_said() -> None:
    # The other root is below -99 % a year.
    outcome = with_a_late_bill(0.1)
    facts = headline(outcome)
    assert (facts.sign_changes, facts.rates_of_return, facts.modified_internal_rate_of_return) == (2, 1, None)
    assert rows(outcome)["rate of return"].endswith("flows turn 2 times, and no other rate would do")


def test_the_summary_file_tells_loan_by_loan_and_the_shield_by_month() -> None:
    written = summary(made(rate=0.12, finance__tax={"rate": 0.3, "payment_lag": "0 months"}))
    (name,) = written["loan_costs"]
    assert name == "bank"
    assert written["loan_costs"]["bank"] == written["headline"]["cost_of_loans"] > 0
    interest = sum(period["interest"] for period in written["periods"])
    assert sum(month["shield"] for month in written["months"]) == pytest.approx(0.3 * interest)
    assert written["months"][11]["shield"] == pytest.approx(0.3 * written["periods"][0]["interest"])


@pytest.mark.parametrize("figure", ["rates_of_return", "equity_value", "cost_of_loans"])
def test_new_figures_are_ones_that_conditions_may_name(figure: str) -> None:
    assert figure in Headline.__dataclass_fields__
