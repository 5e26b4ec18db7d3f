"""Cash by month: after payments and at the end, beside the floor and what is owed."""

from __future__ import annotations

from planner.outcome import Outcome
from planner.report.page.axes import LABEL, vertical
from planner.report.page.canvas import Canvas
from planner.report.page.document import Grid, Picture
from planner.report.page.times import TimeAxis
from planner.report.voice import Voice

HEIGHT = 250.0


class CashPicture:
    """Cash and debt over the months of a plan."""

    def __init__(self, outcome: Outcome, voice: Voice) -> None:
        self.voice, self.calendar = voice, outcome.case.calendar
        accounts = outcome.audit.accounts
        self.after, self.end = accounts.cash_after_payments, accounts.cash_at_end
        floors = {limit.about.names[0]: limit.right for limit in outcome.audit.limits if limit.rule == "cash_balance"}
        self.floor = [floors[str(month)] for month in self.calendar.months]
        self.debt = [accounts.debt_at(t) for t in range(self.calendar.periods)]
        self.has_debt = any(amount > 0.5 for amount in self.debt)

    def picture(self) -> Picture:
        """The picture with its figures."""
        voice = self.voice
        debt = (voice("debt at the end of the period"),) if self.has_debt else ()
        head = (voice("Month"), voice("after payments"), voice("at the end"), voice("floor"), *debt)
        rows = []
        for number, month in enumerate(self.calendar.months):
            amounts = [self.after[number], self.end[number], self.floor[number]]
            cells = [voice.short(amount) for amount in amounts]
            if self.has_debt:
                cells.append(voice.short(self.debt[self.calendar.period_of(number)]))
            rows.append((str(month), *cells))
        lowest = min(self.after)
        return Picture(
            "cash",
            voice("Cash by month"),
            voice(
                "Lines over the months: cash after payments and at the end, its floor, and debt. "
                "The least is {lowest}, the floor {floor}.",
                lowest=voice.money(lowest),
                floor=voice.money(self.floor[self.after.index(lowest)]),
            ),
            self.draw,
            Grid(head, tuple(rows)),
        )

    def draw(self, canvas: Canvas) -> None:
        """Lines through the balances; what is owed stands still within a period."""
        voice = self.voice
        entries = [
            ("line", "l0", voice("cash at the end of the month")),
            ("line", "l4", voice("after the payments at its start")),
            ("line", "limit", voice("floor")),
        ]
        if self.has_debt:
            entries.append(("line", "l1", voice("debt")))
        top = canvas.legend(0, entries)
        unit = voice.unit_of_money([*self.after, *self.end, *self.debt])
        amounts = [amount / unit.size for amount in (*self.after, *self.end, *self.debt, *self.floor)]
        height, left = vertical(canvas, amounts, unit.words, top, HEIGHT)
        axis = TimeAxis(self.calendar, left, canvas.width - 4)
        axis.draw(canvas, voice, top + LABEL, top + LABEL + HEIGHT)
        steps = [
            (axis.at(m + side), height(least / unit.size)) for m, least in enumerate(self.floor) for side in (0, 1)
        ]
        canvas.path(steps, "limit")
        if self.has_debt:
            points = [
                (axis.period(t + side), height(owed / unit.size)) for t, owed in enumerate(self.debt) for side in (0, 1)
            ]
            canvas.path(points, "l1")
        for amounts_of, kind, later in ((self.after, "l4", 0), (self.end, "l0", 1)):
            canvas.path([(axis.at(m + later), height(a / unit.size)) for m, a in enumerate(amounts_of)], kind)
