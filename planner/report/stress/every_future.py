"""Every future in a row, with what was drawn in it and what the plan comes to there."""

from __future__ import annotations

from planner.report.compare.tables import Cell, Chart, Column, Section, Table, columns
from planner.report.stress.telling import FIGURES, Telling
from planner.vocabulary.message import say


class EveryFuture(Telling):
    """The sheet of all futures."""

    def section(self) -> Section:
        """Every future in a row, the worst first, with what was drawn."""
        drivers = list(dict.fromkeys(drawn.driver for one in self.found.futures for drawn in one.future.drawn))
        ranked = sorted(
            self.found.futures, key=lambda one: (one.figure(self.leading) is None, one.figure(self.leading) or 0.0)
        )
        rows: list[tuple[Cell, ...]] = []
        for one in ranked:
            drawn = {found.driver: found.value for found in one.future.drawn}
            broken = len(one.record["broken"]) if one.is_known else None
            figures = (one.figure(name) for name in FIGURES)
            rows.append((one.future.name, one.future.weight, broken, *figures, *(drawn.get(name) for name in drivers)))
        head = (
            Column(self.say("future")),
            Column(self.say("probability"), "share"),
            Column(self.say("promises broken"), "count"),
            *(Column(self.say(title), unit) for title, unit in FIGURES.values()),
            *columns("value", *drivers),
        )
        table = Table(self.say("Every future, the worst first"), head, tuple(rows), wide=True)
        place = 3 + list(FIGURES).index(self.leading)
        title = self.say(self.title)
        words = self.say(say("Columns: {figure} of every future, the worst first", figure=say(self.title)))
        chart = Chart("column", title, words, 0, (place,), 0, "", self.currency)
        return Section(self.say("Futures"), self.say("Every future"), (), (table,), (chart,))
