"""A plan in many futures as tables: what it comes to, what breaks, the worst that may come, and what pulls most."""

from __future__ import annotations

from collections.abc import Sequence

from planner.finance.tail import tail_mean
from planner.language import Speaker
from planner.report.compare.tables import Cell, Chart, Column, Section, Table, columns
from planner.report.stress.every_future import EveryFuture
from planner.report.stress.promises import miss, promise
from planner.report.stress.telling import FIGURES
from planner.report.stress.words import Sentences
from planner.studies.spread import mean, percentile, rank_correlation
from planner.studies.stress import Pull, Stress, Stressed
from planner.vocabulary.message import joined, say

SHARES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
TAIL = 0.05
"""Share of the worst futures whose mean is shown."""
MOST_WORST = 10
LOW_AND_HIGH = 2
WORST_CAUSES = 4
"""Drivers that are named for one future: those whose own pull is largest."""


def sections_of(found: Stress, speaker: Speaker) -> list[Section]:
    """All sections; the first one is for the screen as well."""
    return _Sections(found, speaker).all()


class _Sections(Sentences):
    def all(self) -> list[Section]:
        title = say("{case} in {number} futures", case=self._case(), number=f"{len(self.found.futures):,}")
        sheets: tuple[tuple[str, str, Table], ...] = (
            ("Promises", "Promises that break", self._broken()),
            ("Worst futures", "The worst futures", self._worst()),
            ("What moves it", "What moves it most", self._pulls()),
        )
        first = Section(self.say("Stress"), self.say(title), tuple(map(self.say, self.words())), (self._spread(),))
        others = [
            Section(self.say(name), self.say(heading), (), (table,), self._charts(table))
            for name, heading, table in sheets
            if table.rows
        ]
        return [first, *others, EveryFuture(self.found, self.speaker).section()]

    def _charts(self, table: Table) -> tuple[Chart, ...]:
        """Beside the drivers: the figure at their low and their high points."""
        places = tuple(number for number, column in enumerate(table.columns) if column.title == self.there())
        if len(places) != LOW_AND_HIGH:
            return ()
        words = self.say(say("Columns: {figure} at the low and the high point of each", figure=say(self.title)))
        return (Chart("column", self.there(), words, 0, places, 0, "", self.currency),)

    def _case(self) -> str:
        return self.found.base.case.title or self.found.base.case.name

    def _spread(self) -> Table:
        rows: list[tuple[Cell, ...]] = []
        for name, (title, unit) in FIGURES.items():
            values, weights = self.found.values(name)
            if not values:
                continue
            planned = self.found.planned["figures"].get(name)
            told = self.currency if unit == "money" else unit
            points = [percentile(values, weights, share) for share in SHARES]
            tail = tail_mean(values, weights, 1.0 - TAIL)
            rows.append((self.say(title), told, planned, mean(values, weights), tail, *points))
        head = (
            Column(self.say("figure")),
            Column(self.say("unit"), "unit"),
            *self.head("number", "as planned", "mean", "mean of the worst 5 %"),
            *columns("number", *(f"P{round(100 * share)}" for share in SHARES)),
        )
        remark = "P10 is the value that is not exceeded with a probability of 10 %; each is that of one of the futures."
        return Table(self.say("What the plan comes to"), head, tuple(rows), self.say(remark), whole=True)

    def _broken(self) -> Table:
        """Each promise that is broken in any future: how probable that is, how far, and what is at stake."""
        known = self.found.known
        total = sum(one.future.weight for one in known)
        held: dict[tuple[str, str], list[tuple[Stressed, dict[str, float]]]] = {}
        for one in known:
            for missed in one.record["broken"]:
                held.setdefault((missed["rule"], missed["name"]), []).append((one, missed))
        rows: list[tuple[Cell, ...]] = []
        for (rule, name), cases in sorted(held.items(), key=lambda item: -_weight(item[1])):
            weights = [one.future.weight for one, _ in cases]
            shorts = [missed["short"] for _, missed in cases]
            deepest = max(cases, key=lambda case: case[1]["short"])[1]
            stake = mean([one.record["grants"].get(name, 0.0) for one, _ in cases], weights)
            is_programme = name in self.found.base.case.programmes
            rows.append(
                (
                    self.say(promise(rule, name)),
                    _weight(cases) / total,
                    str(deepest["unit"]),
                    percentile(shorts, weights, 0.5),
                    deepest["short"],
                    str(deepest["at"]),
                    stake if is_programme else None,
                )
            )
        head = (
            Column(self.say("promise")),
            Column(self.say("probability that it breaks"), "share"),
            Column(self.say("unit"), "unit"),
            *self.head("number", "missed by, as a rule", "missed by, at worst"),
            Column(self.say("when, at worst")),
            Column(self.say("grants at stake, on average"), "money"),
        )
        remark = "" if rows else "Every promise is kept in every future."
        return Table(
            self.say("How probable, and how far"), head, tuple(rows), self.say(remark) if remark else "", whole=True
        )

    def _worst(self) -> Table:
        ranked = [one for one in self.found.known if one.figure(self.leading) is not None]
        ranked.sort(key=lambda one: one.figure(self.leading) or 0.0)
        rows = [
            (
                one.future.name,
                one.figure(self.leading),
                one.figure("lowest_cash"),
                str(one.record["lowest_cash_at"]),
                self._causes(one),
                self._misses(one),
            )
            for one in ranked[:MOST_WORST]
        ]
        head = (
            Column(self.say("future")),
            *self.head("money", FIGURES[self.leading][0], "lowest cash"),
            *self.head("text", "in", "what comes", "what breaks"),
        )
        return Table(self.say(say("The lowest {figure}", figure=say(self.title))), head, tuple(rows), whole=True)

    def _causes(self, one: Stressed) -> str:
        """What was drawn there, what pulls most by itself first; the scenario where it is one."""
        if not one.future.drawn:
            scenario = self.found.base.case.scenarios.get(one.future.name)
            return (scenario.title if scenario else "") or one.future.name
        ranks = {pull.driver: number for number, pull in enumerate(self._ranked_pulls())}
        told = sorted(one.future.drawn, key=lambda drawn: ranks.get(drawn.driver, len(ranks)))
        return self.say(say("{causes}", causes=joined([drawn.said for drawn in told[:WORST_CAUSES]], "; ")))

    def _misses(self, one: Stressed) -> str:
        if not one.record["broken"]:
            return self.say("nothing")
        return self.say(
            say("{misses}", misses=joined([miss(missed, self.voice) for missed in one.record["broken"]], "; "))
        )

    def _ranked_pulls(self) -> list[Pull]:
        return sorted(self.found.pulls, key=self._width, reverse=True)

    def _width(self, pull: Pull) -> float:
        low, high = pull.low.figure(self.leading), pull.high.figure(self.leading)
        return 0.0 if low is None or high is None else abs(high - low)

    def _pulls(self) -> Table:
        """A tornado: each driver alone at its low and its high point, the widest first."""
        rows: list[tuple[Cell, ...]] = []
        for pull in self._ranked_pulls():
            low, high = pull.low.figure(self.leading), pull.high.figure(self.leading)
            rows.append(
                (
                    pull.driver,
                    self._drawn(pull.low, pull.driver),
                    low,
                    self._drawn(pull.high, pull.driver),
                    high,
                    None if low is None or high is None else high - low,
                    self._correlation(pull.driver),
                )
            )
        head = (
            Column(self.say("what moves")),
            Column(self.say("low")),
            Column(self.there(), "money"),
            Column(self.say("high")),
            Column(self.there(), "money"),
            Column(self.say("difference"), "money", difference=(4, 2)),
            Column(self.say("rank correlation"), "ratio"),
        )
        remark = "Each alone at its points of 10 % and 90 %, an event without and with it; all else as planned."
        return Table(self.say("Each alone"), head, tuple(rows), self.say(remark) if rows else "", whole=True)

    def _drawn(self, one: Stressed, driver: str) -> str:
        return next((self.say(drawn.said) for drawn in one.future.drawn if drawn.driver == driver), "–")

    def _correlation(self, driver: str) -> float | None:
        both = [
            (drawn.value, value, one.future.weight)
            for one in self.found.known
            for drawn in one.future.drawn
            if drawn.driver == driver and (value := one.figure(self.leading)) is not None
        ]
        if len(both) < 3:
            return None
        drawn, values, weights = zip(*both, strict=True)
        return rank_correlation(drawn, values, weights)


def _weight(cases: Sequence[tuple[Stressed, object]]) -> float:
    return sum(one.future.weight for one, _ in cases)
