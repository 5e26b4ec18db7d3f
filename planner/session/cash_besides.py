"""Cash that came or went otherwise than the lines of a plan work out: told by the actuals, or left unexplained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.case.quantities import Month
from planner.outcome import Outcome
from planner.outcome.variance import CashDifference
from planner.reading.past import Past
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Message, say

ONE = 0.5
"""Money below half of one unit is rounding."""
UNEXPLAINED = say("cash that no sheet explains")


def differences_of(past: Past, outcome: Outcome, cash: Mapping[Month, float]) -> tuple[CashDifference, ...]:
    """Cash that came or went otherwise than the lines of a plan work out.

    Args:
        past: what has happened.
        outcome: a plan.
        cash: what its case holds besides already.
    """
    return tuple(_differences(past, outcome, cash))


def _differences(past: Past, outcome: Outcome, cash: Mapping[Month, float]) -> Iterator[CashDifference]:
    accounts, calendar, as_of = outcome.audit.accounts, outcome.case.calendar, past.as_of
    booked = 0.0

    def difference(words: Message, month: Month, amount: float, *, is_lasting: bool = True) -> CashDifference:
        factor = accounts.discount[calendar.number_of(month)]
        return CashDifference(words, month, amount, factor * amount, is_lasting)

    for words, month, amount, is_lasting in _grants(past):
        booked += amount if month == as_of else 0.0
        yield difference(words, month, amount, is_lasting=is_lasting)
    for entry in past.entries["Cash flow"]:
        line, since, actual = entry.text("line"), entry.month("month"), entry.number("money")
        if actual is None or since is None:
            continue
        t = calendar.period_containing(since)
        amount = actual - CASH_LINES[line].sign * accounts.lines[line][t]
        if abs(amount) >= ONE:
            booked += amount
            label = say("{line} of {month}", line=say(CASH_LINES[line].label), month=str(since))
            yield difference(label, as_of, amount)
    if past.actuals.cash is not None:
        last = calendar.number_of(as_of) - 1
        before = sum(amount for month, amount in cash.items() if month < as_of)
        worked_out = accounts.cash_at_end[last] - before
        rest = past.actuals.cash - worked_out - booked
        if abs(rest) >= ONE:
            yield difference(UNEXPLAINED, as_of, rest)


def _grants(past: Past) -> Iterator[tuple[Message, Month, float, bool]]:
    """Grants that came otherwise than planned: what, when, how much, and whether it is lost or gained for good."""
    calendar, as_of = past.plan.reading.case.calendar, past.as_of
    for entry in past.entries["Grants"]:
        planned, paid = entry.number("money as planned") or 0.0, entry.number("money") or 0.0
        due = entry.month("month")
        assert due is not None
        received, programme = entry.month("received") or due, entry.text("programme")
        same = calendar.period_containing(received) == calendar.period_containing(due)
        if abs(paid - planned) < ONE and (same or received < as_of):
            continue
        came = paid if received < as_of else 0.0
        lasting = abs(paid - planned) >= ONE
        if abs(came - planned) >= ONE:
            words = say("grant of {programme}, due in {month}", programme=programme, month=str(due))
            yield words, as_of, came - planned, lasting
        if received >= as_of and paid:
            template, later = "grant of {programme}, due in {month}, expected in {later}", str(received)
            yield say(template, programme=programme, month=str(due), later=later), received, paid, lasting
