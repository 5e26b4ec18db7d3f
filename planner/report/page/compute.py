"""Capacity, demand and promise, in each metric in which something is asked for or promised."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from planner.audit.hosting import metric_value
from planner.case.workload import Metric
from planner.outcome import Outcome
from planner.report.page.axes import LABEL, vertical
from planner.report.page.canvas import MOST_SERIES, Canvas
from planner.report.page.document import Grid, Picture
from planner.report.page.times import TimeAxis
from planner.report.voice import Voice
from planner.report.workbook.physical.placements import metric_label
from planner.vocabulary.keys import Demand

HEIGHT = 230.0


def compute_pictures(outcome: Outcome, voice: Voice) -> Iterator[Picture]:
    """A picture for each metric."""
    case = outcome.case
    promised = (duty.metric for rules in case.programmes.values() for duty in rules.obligations)
    for number, metric in enumerate(dict.fromkeys([*(one.metric for one in case.workloads.values()), *promised])):
        yield _Compute(outcome, voice, metric).picture(number)


class _Compute:
    """What all installed systems can do in a metric, what is asked for in it, and what is promised."""

    def __init__(self, outcome: Outcome, voice: Voice, metric: Metric) -> None:
        self.voice, self.metric, self.case = voice, metric, outcome.case
        calendar, installed = self.case.calendar, outcome.audit.quantities.installed
        periods = range(calendar.periods)
        able: dict[str, list[float]] = {}
        self.installed = [0.0] * calendar.periods
        for (system, _, t), count in installed.items():
            machine = self.case.systems[system]
            each = (metric_value(machine, metric) or 0.0) * count
            able.setdefault(system, [0.0] * calendar.periods)[t] += each * machine.availability
            self.installed[t] += each
        ranked = sorted(((name, of) for name, of in able.items() if any(of)), key=lambda one: (-max(one[1]), one[0]))
        self.able = dict(ranked[:MOST_SERIES] if len(ranked) <= MOST_SERIES else ranked[: MOST_SERIES - 1])
        if others := ranked[len(self.able) :]:
            self.able[voice("other systems")] = [sum(of[t] for _, of in others) for t in periods]
        workloads = {name: one for name, one in self.case.workloads.items() if one.metric == metric}
        self.asked = [sum(one.amount.at(calendar.starts[t]) or 0.0 for one in workloads.values()) for t in periods]
        unmet = outcome.audit.quantities.unmet
        self.served = [
            self.asked[t] - sum(max(0.0, unmet.get(Demand(name, t), 0.0)) for name in workloads) for t in periods
        ]
        self.promised: list[float | None] = [None] * calendar.periods
        for limit in outcome.audit.limits:
            if limit.rule == "obligation" and limit.unit == metric and limit.period is not None:
                self.promised[limit.period] = max(limit.right, self.promised[limit.period] or 0.0)

    @property
    def _floors(self) -> list[float]:
        return [floor for floor in self.promised if floor is not None]

    def picture(self, number: int) -> Picture:
        """The picture with its figures."""
        voice, label, digits = self.voice, self.case.calendar.label, self.voice.digits
        metric = voice.speaker.unit(metric_label(self.metric))
        head = (
            voice("Period"),
            *(self.able if len(self.able) > 1 else ()),
            voice("whole fleet"),
            voice("installed"),
            voice("demand"),
            voice("served"),
            voice("promised"),
        )
        rows = []
        for t in range(self.case.calendar.periods):
            systems = [of[t] for of in self.able.values()]
            floor = self.promised[t]
            amounts = [
                *(systems if len(systems) > 1 else ()),
                sum(systems),
                self.installed[t],
                self.asked[t],
                self.served[t],
            ]
            rows.append((label(t), *(digits(one) for one in amounts), "–" if floor is None else digits(floor)))
        words = voice(
            "Areas over time: what each system can do in {metric}; lines: what is installed, asked for and promised. "
            "At most {most} is installed.",
            metric=metric,
            most=f"{digits(max(self.installed))} {metric}",
        )
        return Picture(
            f"compute-{number + 1}",
            voice("Capacity, demand and promise: {metric}", metric=metric),
            words,
            self.draw,
            Grid(head, tuple(rows)),
            voice(
                "Areas: installed systems as far as they are available, all sites together; they also serve work that "
                "is asked for in other units. A promise counts what is installed."
            ),
        )

    def draw(self, canvas: Canvas) -> None:
        """Areas on top of each other, and lines over them."""
        voice = self.voice
        entries = [("area", f"a{number}", name) for number, name in enumerate(self.able)]
        entries.append(("line", "outline", voice("installed")))
        if any(self.asked):
            entries.append(("line", "demand", voice("demand")))
        if self._floors:
            entries.append(("line", "limit", voice("promised")))
        top = canvas.legend(0, entries)
        unit = voice.unit_of_metric(self.metric, [*self.installed, *self.asked, *self._floors])
        amounts = [one / unit.size for one in (*self.installed, *self.asked, *self._floors)]
        scale, left = vertical(canvas, amounts, unit.words, top, HEIGHT)
        axis = TimeAxis(self.case.calendar, left, canvas.width - 4)
        axis.draw(canvas, voice, top + LABEL, top + LABEL + HEIGHT)
        periods = range(self.case.calendar.periods)

        def steps(amounts: list[float]) -> list[tuple[float, float]]:
            return [(axis.period(t + side), scale(amounts[t] / unit.size)) for t in periods for side in (0, 1)]

        below = [0.0 for _ in periods]
        for number, of in enumerate(self.able.values()):
            above = [low + own for low, own in zip(below, of, strict=True)]
            canvas.path([*steps(above), *reversed(steps(below))], f"a{number}", closed=True)
            below = above
        canvas.path(steps(self.installed), "outline")
        if any(self.asked):
            for kind in ("halo", "demand"):
                canvas.path(steps(self.asked), kind)
        for kind in ("halo", "limit"):
            for begin, end, floor in self._promises():
                height = scale(floor / unit.size)
                canvas.line(axis.period(begin), height, axis.period(end), height, kind)

    def _promises(self) -> Iterator[tuple[int, int, float]]:
        """First period, the one behind the last, and the floor of each stretch with one promise."""
        begin = 0
        for floor, stretch in itertools.groupby(self.promised):
            end = begin + len(list(stretch))
            if floor is not None:
                yield begin, end, floor
            begin = end
