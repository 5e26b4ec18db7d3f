"""What happens when: halls, orders until they arrive, last days of programmes, and when grants are paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.audit.dates import delivery_month, ready_month
from planner.case.quantities import Month
from planner.outcome import Outcome
from planner.report.page.canvas import LETTER, Canvas, cut, width_of
from planner.report.page.document import Grid, Picture
from planner.report.page.times import TimeAxis
from planner.report.voice import Voice

LANE, HEAD = 15.0, 19.0
"""Height of one bar with what is around it, and of the line that names what follows."""
MOST_GROUPS, MOST_HALLS = 16, 6
"""Offers and halls that a picture shows, and halls among them; the table holds all."""
MOST_BARS = 90
"""Orders that a picture shows."""


@dataclass(frozen=True)
class Bar:
    """From one month to another: an order until it arrives, a block until it is ready."""

    start: Month
    end: Month
    words: str


@dataclass(frozen=True)
class Point:
    """Something that falls on a month."""

    month: Month
    words: str
    amount: float = 0.0


@dataclass(frozen=True)
class Group:
    """What is shown under one name."""

    name: str
    kind: str
    """'hall', 'order', 'deadline' or 'receipt'."""
    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    weight: int = 0
    """Accelerators that are ordered."""


def blocks_words(count: int, voice: Voice) -> str:
    """A number of blocks."""
    return voice("1 block") if count == 1 else voice("{count} blocks", count=f"{count:,}")


class Timetable:
    """The dates of a plan."""

    def __init__(self, outcome: Outcome, voice: Voice) -> None:
        self.outcome, self.voice, self.case = outcome, voice, outcome.case
        self.groups = [*self._halls(), *self._orders(), *self._deadlines(), *self._receipts()]

    def picture(self) -> Picture:
        """The picture with its dates."""
        voice = self.voice
        note = voice("A bar begins with the order, or the start of a block, and ends when it arrives or is ready.")
        left_out = sum(group.kind in ("hall", "order") for group in self.groups) - len(self._drawn_bars())
        if left_out > 0:
            note += " " + voice("{count} more rows are in the table.", count=left_out)
        head = (voice("what"), voice("from"), voice("to"), voice("how many, how much"))
        rows = [
            *((group.name, str(bar.start), str(bar.end), bar.words) for group in self.groups for bar in group.bars),
            *((group.name, str(one.month), "", one.words) for group in self.groups for one in group.points),
        ]
        words = voice(
            "Bars over the months: {halls} starts of halls, {orders} orders; marks: {dates} deadlines and payments.",
            halls=sum(len(group.bars) for group in self.groups if group.kind == "hall"),
            orders=sum(len(group.bars) for group in self.groups if group.kind == "order"),
            dates=sum(len(group.points) for group in self.groups),
        )
        return Picture(
            "when",
            voice("Halls, orders, deadlines and grants paid"),
            words,
            self.draw,
            Grid(head, tuple(rows), texts=(1, 2, 3)),
            note,
        )

    def draw(self, canvas: Canvas) -> None:
        """Rows of bars and marks over the months."""
        voice = self.voice
        entries = [
            ("area", "bar hall", voice("halls: from start to ready")),
            ("area", "bar", voice("systems: from order to arrival")),
            ("flag", "mbad", voice("deadlines")),
            ("circle", "m2", voice("grants paid")),
        ]
        kinds = {group.kind for group in self.groups}
        there = dict(zip(entries, ("hall", "order", "deadline", "receipt"), strict=True))
        top = canvas.legend(0, [entry for entry in entries if there[entry] in kinds])
        axis = TimeAxis(self.case.calendar, 0.0, canvas.width - 4)
        shown = [*self._drawn_bars(), *(group for group in self.groups if group.points)]
        bottom = top + sum(self._height(group, axis) for group in shown)
        axis.draw(canvas, voice, top, bottom)
        for x in sorted({axis.month(one.month) for group in shown if group.kind == "deadline" for one in group.points}):
            canvas.line(x, top, x, bottom, "limit")
        for group in shown:
            canvas.text(0, top + 13, cut(group.name, canvas.width - 8), "strong")
            top += HEAD
            if group.bars:
                top = self._draw_bars(canvas, axis, group, top)
            else:
                top = self._draw_points(canvas, axis, group, top)

    def _drawn_bars(self) -> list[Group]:
        """Halls and orders that the picture shows, those of most systems where it has no room for all."""
        bars = [one for one in self.groups if one.bars]
        halls = [one for one in bars if one.kind == "hall"][:MOST_HALLS]
        orders = sorted((one for one in bars if one.kind == "order"), key=lambda one: -one.weight)
        chosen, shown = halls, sum(len(one.bars) for one in halls)
        for one in orders[: MOST_GROUPS - len(halls)]:
            shown += len(one.bars)
            if shown <= MOST_BARS:
                chosen = [*chosen, one]
        return [one for one in bars if one in chosen]

    def _height(self, group: Group, axis: TimeAxis) -> float:
        lanes = self._lanes(group, axis) if group.bars else self._levels(group, axis)
        return HEAD + LANE * (1 + max(lane for lane, *_ in lanes)) + 4

    def _lanes(self, group: Group, axis: TimeAxis) -> list[tuple[int, Bar, float, float, float]]:
        """Lane, bar, its ends and where its words begin; bars that meet stand in different lanes."""
        free: list[float] = []
        found = []
        for bar in group.bars:
            first, last = axis.month(bar.start), max(axis.month(bar.end), axis.month(bar.start) + 4)
            words = last + 4
            until = words + width_of(bar.words) + LETTER
            if until > axis.last:  # no room behind the bar
                words = max(0.0, first - width_of(bar.words) - 4)
                until = last + LETTER
            begins = min(first, words)
            lane = next((number for number, end in enumerate(free) if end <= begins), len(free))
            free[lane : lane + 1] = [until]
            found.append((lane, bar, first, last, words))
        return found

    def _draw_bars(self, canvas: Canvas, axis: TimeAxis, group: Group, top: float) -> float:
        lanes = self._lanes(group, axis)
        for lane, bar, first, last, words in lanes:
            y = top + lane * LANE
            canvas.rect(first, y + 2, last - first, LANE - 4, "bar hall" if group.kind == "hall" else "bar")
            canvas.text(words, y + 12, bar.words)
        return top + LANE * (1 + max(lane for lane, *_ in lanes)) + 4

    def _levels(self, group: Group, axis: TimeAxis) -> list[tuple[int, Point, float, float]]:
        """Level, point, where it stands and where its words begin; those that would meet stand on different levels."""
        free: list[float] = []
        found = []
        for point in group.points:
            x, room = axis.month(point.month), width_of(point.words)
            words = x + 8
            if words + room > axis.last + LETTER:  # no room behind the mark
                words = max(0.0, x - 8 - room)
            until = max(x + 8, words + room) + LETTER
            begins = min(x - 6, words)
            level = next((number for number, end in enumerate(free) if end <= begins), len(free))
            free[level : level + 1] = [until]
            found.append((level, point, x, words))
        return found

    def _draw_points(self, canvas: Canvas, axis: TimeAxis, group: Group, top: float) -> float:
        levels = self._levels(group, axis)
        for level, point, x, words in levels:
            y = top + level * LANE + 8
            shape, kind = ("flag", "mbad") if group.kind == "deadline" else ("circle", "m2")
            canvas.mark(x, y, shape, kind)
            canvas.text(words, y + 4.5, point.words)
        return top + LANE * (1 + max(level for level, *_ in levels)) + 4

    def _halls(self) -> Iterator[Group]:
        starts, say = self.case.calendar.starts, self.voice
        for name, expansion in self.case.expansions.items():
            bars = tuple(
                Bar(starts[t], ready_month(self.case, name, t), blocks_words(count, say))
                for (one, t), count in sorted(self.outcome.decisions.expand.items())
                if one == name
            )
            if bars:
                yield Group(say("{name} at {site}", name=name, site=expansion.site), "hall", bars)

    def _orders(self) -> Iterator[Group]:
        starts, say = self.case.calendar.starts, self.voice
        for offer, site in sorted({(order.name, order.site) for order in self.outcome.decisions.order}):
            bars = tuple(
                Bar(starts[t], delivery_month(self.case, offer, t), f"{count:,}")
                for (name, place, t), count in sorted(
                    self.outcome.decisions.order.items(), key=lambda one: one[0].period
                )
                if (name, place) == (offer, site)
            )
            each = self.case.systems[self.case.offers[offer].system].accelerators
            weight = each * self.outcome.decisions.ordered[offer, site]
            yield Group(say("{name} at {site}", name=offer, site=site), "order", bars, weight=weight)

    def _deadlines(self) -> Iterator[Group]:
        """Last months of programmes that give something, within the horizon."""
        calendar, say = self.case.calendar, self.voice
        claimed = {claim.programme for claim in self.outcome.decisions.claim}
        for name, rules in self.case.programmes.items():
            if name not in claimed:
                continue
            dates = [
                (rules.order_window.last, say("last month to order")),
                (rules.in_service_by, say("last month of delivery")),
                *((duty.first, say("promise begins")) for duty in rules.obligations),
            ]
            points = [
                Point(month, f"{words} {month}")
                for month, words in dates
                if month is not None and calendar.start <= month < calendar.end
            ]
            if points:
                yield Group(
                    say("deadlines of {programme}", programme=name),
                    "deadline",
                    points=tuple(sorted(points, key=lambda one: one.month)),
                )

    def _receipts(self) -> Iterator[Group]:
        """Grants by programme and month, as they are paid."""
        paid: dict[str, dict[Month, float]] = {}
        for entry in self.outcome.audit.accounts.entries:
            if entry.line == "grants" and entry.month is not None:
                month = self.case.calendar.months[entry.month]
                of = paid.setdefault(entry.about[0], {})
                of[month] = of.get(month, 0.0) + entry.amount
        for name, amounts in paid.items():
            points = tuple(Point(month, self.voice.short(amount), amount) for month, amount in sorted(amounts.items()))
            yield Group(self.voice("grants paid by {programme}", programme=name), "receipt", points=points)
