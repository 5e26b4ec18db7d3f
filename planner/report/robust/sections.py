"""A robust plan as tables: what is decided by the date, each future with it, what is otherwise there, and checks."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.amounts import share_words
from planner.report.compare.tables import Cell, Chart, Column, Section, Table
from planner.report.input_words import InputWords
from planner.report.robust.words import OBJECTIVES, headlines
from planner.report.run_table import run_table
from planner.report.voice import Voice
from planner.studies.robust.outcome import InFuture, RobustOutcome, best_value, plain_value, robust_value
from planner.vocabulary.message import Text, say


def sections_of(outcome: RobustOutcome, voice: Voice) -> list[Section]:
    """All sections; the first is for the screen as well."""
    return _Sections(outcome, voice).all()


class _Sections:
    def __init__(self, outcome: RobustOutcome, voice: Voice) -> None:
        self.outcome, self.voice = outcome, voice
        self.unit = "money" if outcome.unit == outcome.currency else outcome.unit

    def say(self, text: Text) -> str:
        return self.voice(text)

    def all(self) -> list[Section]:
        found = [self._summary(), self._first_stage(), self._futures(), self._otherwise()]
        if self.outcome.breaking:
            found.append(self._broken())
        return [*found, self._checks(), self._run()]

    def _summary(self) -> Section:
        case = self.outcome.base.case
        title = self.say(
            say(
                "{case}: one first stage for {number} futures",
                case=case.title or case.name,
                number=str(len(self.outcome.futures)),
            )
        )
        words = tuple(self.say(one) for one in headlines(self.outcome, self.voice))
        return Section(self.say("Robust plan"), title, words, (self._worth(), self._side_by_side()))

    def _worth(self) -> Table:
        """The robust plan, the first stage of the plain plan, and knowing the future, by every measure."""
        outcome = self.outcome
        kept = not any(one.plain is None for one in outcome.futures)
        measures = [("expected value", outcome.expected), ("mean of the tail", outcome.tail)]
        if outcome.risk.share:
            measures.append(("both, as they are weighed", outcome.measured))
        rows = [
            (
                self.say(name),
                measure(robust_value),
                measure(plain_value) if kept else None,
                self._better_by(measure(robust_value), measure(plain_value)) if kept else None,
                measure(best_value),
                self._better_by(measure(best_value), measure(robust_value)),
            )
            for name, measure in measures
        ]
        head = (
            Column(self.say("measure")),
            Column(self.say("robust plan"), self.unit),
            Column(self.say("with the plain first stage"), self.unit),
            Column(self.say("difference"), self.unit, difference=self._pair(1, 2) if kept else None),
            Column(self.say("all known before"), self.unit),
            Column(self.say("short of it"), self.unit, difference=self._pair(4, 1)),
        )
        title = say("What it is worth: {value}", value=say(OBJECTIVES[outcome.base.proof.kind]))
        remark = say("The tail holds the worst {share} of all futures.", share=share_words(1 - outcome.risk.level))
        return Table(self.say(title), head, tuple(rows), self.say(remark), whole=True)

    def _side_by_side(self) -> Table:
        """Each future: its probability, what it is worth in three ways, and the regret."""
        rows = tuple(self._row(one) for one in self.outcome.futures)
        head = (
            Column(self.say("future")),
            Column(self.say("probability"), "share"),
            Column(self.say("best for it alone"), self.unit),
            Column(self.say("robust plan"), self.unit),
            Column(self.say("regret"), self.unit, difference=self._pair(2, 3)),
            Column(self.say("with the plain first stage"), self.unit),
            Column(self.say("what the robust one gains"), self.unit, difference=self._pair(3, 5)),
        )
        remark = "" if not self.outcome.breaking else self.say("– where the plain first stage breaks promises")
        return Table(self.say("Future by future"), head, rows, remark, whole=len(rows) <= 16)

    def _row(self, one: InFuture) -> tuple[Cell, ...]:
        robust, plain = robust_value(one), None if one.plain is None else plain_value(one)
        gain = None if plain is None else self._better_by(robust, plain)
        return one.name, one.weight, one.best, robust, self._better_by(one.best, robust), plain, gain

    def _pair(self, one: int, other: int) -> tuple[int, int]:
        """Two columns such that their difference is by how much the first is better."""
        return (one, other) if self.outcome.more_is_better else (other, one)

    def _better_by(self, one: float, other: float) -> float:
        return one - other if self.outcome.more_is_better else other - one

    def _first_stage(self) -> Section:
        """Every decision of the first stage beside that of the plain plan."""
        words = (
            self.say(
                say(
                    "What begins up to {date} and is the same in every future; what a future cannot order is not "
                    "ordered there.",
                    date=str(self.outcome.decide_by),
                )
            ),
            self.say(say("Found as {whose}.", whose=self.outcome.found_by)),
        )
        head = (
            Column(self.say("decision")),
            Column(self.say("period")),
            Column(self.say("unit"), "unit"),
            Column(self.say("robust plan"), "number"),
            Column(self.say("plain plan"), "number"),
            Column(self.say("difference"), "number", difference=(3, 4)),
        )
        table = Table(self.say("Decided by the date"), head, tuple(self._decided()), whole=True)
        return Section(self.say("First stage"), self.say("The first stage"), words, (table,))

    def _decided(self) -> Iterator[tuple[Cell, ...]]:
        mine, theirs, case = self.outcome.first, self.outcome.plain_first, self.outcome.base.case
        label = case.calendar.label
        for key in sorted({*mine.order, *theirs.order}, key=lambda one: (one.period, one.name, one.site)):
            what = say("order through {offer} for {site}", offer=key.name, site=key.site)
            here, there = mine.order.get(key, 0), theirs.order.get(key, 0)
            yield self.say(what), label(key.period), "systems", here, there, here - there
        for start in sorted({*mine.expand, *theirs.expand}, key=lambda one: (one.period, one.expansion)):
            what = say("start blocks of {expansion}", expansion=start.expansion)
            here, there = mine.expand.get(start, 0), theirs.expand.get(start, 0)
            yield self.say(what), label(start.period), "blocks", here, there, here - there
        for name in sorted({*mine.join, *theirs.join}):
            here, there = int(name in mine.join), int(name in theirs.join)
            yield self.say(say("enter {programme}", programme=name)), "", "yes = 1", here, there, here - there

    def _futures(self) -> Section:
        """Values weighed with their probability: their sums are the expected values."""
        kept = not any(one.plain is None for one in self.outcome.futures)
        rows: list[tuple[Cell, ...]] = []
        for one in self.outcome.futures:
            values = [one.best, robust_value(one), *([plain_value(one)] if kept else [])]
            weighed = [one.weight * value for value in values]
            rows.append((one.name, one.weight, *values, *weighed))
        titles = ["best for it alone", "robust plan", *(["with the plain first stage"] if kept else [])]
        head = (
            Column(self.say("future")),
            Column(self.say("probability"), "share"),
            *(Column(self.say(title), self.unit) for title in titles),
            *(
                Column(self.say(say("{what}, weighed", what=say(title))), self.unit, product_of=(1, 2 + place))
                for place, title in enumerate(titles)
            ),
        )
        first = 2 + len(titles)
        totals = (1, *range(first, first + len(titles)))
        table = Table(self.say("Expected values"), head, tuple(rows), "", totals=totals, wide=True)
        chart = Chart(
            "column",
            self.say("Value by future"),
            self.say("Columns: what each future is worth alone and with the robust plan"),
            0,
            tuple(range(2, 2 + len(titles))),
            0,
            self.say("future"),
            self.outcome.unit,
        )
        return Section(self.say("Futures"), self.say("Every future"), (), (table,), (chart,))

    def _otherwise(self) -> Section:
        """What is otherwise in each future."""
        rows: list[tuple[Cell, ...]] = []
        base = self.outcome.base.case
        for one in self.outcome.futures:
            if one.future.drawn:
                rows += [(one.name, drawn.driver, "", self.say(drawn.said), "") for drawn in one.future.drawn]
                continue
            words = InputWords(self.voice, base, one.robust.case)
            for change in one.inputs:
                values = (words.value(change.path, text) for text in (change.base, change.scenario))
                rows.append((one.name, words.name(change.path), *values, change.path))
        titles = ("future", "what", "case as it stands", "in this future", "path in the case file")
        head = tuple(Column(self.say(title)) for title in titles)
        table = Table(self.say("What comes otherwise"), head, tuple(rows), wide=True)
        return Section(self.say("Otherwise"), self.say("What comes otherwise in each future"), (), (table,))

    def _broken(self) -> Section:
        """What the plain plan breaks where its first stage leaves no plan."""
        rows = [
            (one.name, self.say(broken.rule.replace("_", " ")), broken.subject)
            for one in self.outcome.futures
            for broken in one.broken
        ]
        head = tuple(Column(self.say(title)) for title in ("future", "limit", "what it is about"))
        table = Table(self.say("What the plain plan breaks"), head, tuple(rows), wide=True)
        words = self.say("The plain plan is held there: what it buys stands, everything else adapts as well as it can.")
        return Section(self.say("Plain plan"), self.say("Futures in which the plain plan fails"), (words,), (table,))

    def _checks(self) -> Section:
        """Each future's plan was audited as every plan is."""
        rows = [
            (
                one.name,
                len(one.robust.audit.limits),
                len(one.robust.audit.broken),
                self.say(one.robust.proof.label),
                one.robust.proof.gap,
                one.robust.input_hash[:12],
            )
            for one in self.outcome.futures
        ]
        head = (
            Column(self.say("future")),
            Column(self.say("limits rechecked"), "count"),
            Column(self.say("broken"), "count"),
            Column(self.say("plan with this first stage")),
            Column(self.say("gap"), self.unit),
            Column(self.say("input hash")),
        )
        table = Table(self.say("Each future's plan, worked out again from its case"), head, tuple(rows), wide=True)
        return Section(self.say("Checks"), self.say("Checks"), (), (table,))

    def _run(self) -> Section:
        table = run_table(self.outcome.versions, self.outcome.options, self.voice)
        return Section(self.say("Run log"), self.say("Run log"), (), (table,))
