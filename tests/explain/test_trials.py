"""The least change of one figure is found in few looks, from what fractions need on, and never said to be less."""

from __future__ import annotations

import time

import pytest

from planner.errors import NoProofError
from planner.explain import trials
from planner.explain.figure import Figure
from planner.explain.trials import Trials
from tests.cases.toy import mn, toy

CASH = Figure(("finance", "opening_cash"), 1e9, "money", 1, "JPY")


class Oracle:
    """Answers for the planner: enough from a threshold on, unsettled just around it."""

    def __init__(self, threshold: float, doubt: float = 0.0) -> None:
        self.threshold, self.doubt, self.asked = threshold, doubt, list[float]()

    def __call__(self, case, deadline):
        change = case.finance.opening_cash.amount - CASH.value
        self.asked.append(change)
        if abs(change - self.threshold) < self.doubt * self.threshold:
            raise NoProofError("nobody knows")
        return change >= self.threshold


def tried(monkeypatch, oracle: Oracle) -> Trials:
    monkeypatch.setattr(trials, "has_plan", oracle)
    return Trials(CASH, toy(finance__opening_cash=mn(1000)), time.monotonic() + 60)


@pytest.mark.parametrize("more", [1.0, 1.001, 1.04, 1.3, 1.9, 40.0])
@pytest.mark.parametrize("least", [16.2e9, 1.01e9, 0.99e9])
def test_it_is_the_least_change_to_two_digits_whatever_whole_numbers_ask_for_beyond_fractions(monkeypatch, least, more):
    oracle = Oracle(least * more)
    remedy = tried(monkeypatch, oracle).smallest(least)
    ((figure, change),) = remedy.changes
    assert figure == CASH and remedy.is_least
    assert change >= oracle.threshold > 0.9 * change
    assert change in oracle.asked, "what is offered was not planned"
    assert len(oracle.asked) <= (4 if more < 1.1 else 10 if more < 2 else 16)


@pytest.mark.parametrize("least", [0.0, 9e9])
def test_nothing_known_or_too_much_said_of_what_fractions_need_does_no_harm(monkeypatch, least):
    remedy = tried(monkeypatch, oracle := Oracle(2.34e9)).smallest(least)
    ((_, change),) = remedy.changes
    assert remedy.is_least
    assert change >= oracle.threshold > 0.9 * change


def test_where_no_change_is_enough_none_is_offered(monkeypatch):
    assert tried(monkeypatch, Oracle(1e14)).smallest(2e9) is None


def test_where_any_change_is_enough_the_search_ends_with_next_to_nothing(monkeypatch):
    remedy = tried(monkeypatch, oracle := Oracle(1e-300)).smallest(0.0)
    ((_, change),) = remedy.changes
    assert 0 < change <= 1e-8 * CASH.value
    assert len(oracle.asked) <= 20


@pytest.mark.parametrize("doubt", [0.03, 0.12, 0.4])
def test_where_it_is_not_settled_that_less_is_not_enough_it_is_not_said(monkeypatch, doubt):
    remedy = tried(monkeypatch, oracle := Oracle(2e9, doubt)).smallest(1.9e9)
    ((_, change),) = remedy.changes
    assert change >= oracle.threshold * (1 + doubt)
    assert remedy.is_least == any(0.9 * change <= asked < oracle.threshold * (1 - doubt) for asked in oracle.asked)
    assert remedy.is_least == (doubt < 0.05)
    assert change <= 2 * oracle.threshold


def test_a_change_is_least_only_where_nine_tenths_of_it_is_known_not_to_be_enough(monkeypatch):
    assert tried(monkeypatch, Oracle(2e9)).is_least(2.1e9)
    assert not tried(monkeypatch, Oracle(2e9)).is_least(1.9e9)
    assert not tried(monkeypatch, Oracle(2e9)).is_least(2.5e9)
    assert not tried(monkeypatch, Oracle(2e9, 0.1)).is_least(2.3e9)


def test_where_the_time_is_over_what_was_confirmed_is_offered(monkeypatch):
    oracle = Oracle(30e9)
    one = tried(monkeypatch, oracle)

    def late(case, deadline):
        if one.high < float("inf"):
            one.deadline = 0.0
            raise NoProofError("the time is over")
        return oracle(case, deadline)

    monkeypatch.setattr(trials, "has_plan", late)
    ((_, change),) = (remedy := one.smallest(0.0)).changes
    assert change == trials.furthest(CASH) and not remedy.is_least
