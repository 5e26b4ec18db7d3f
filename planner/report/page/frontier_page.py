"""``frontier.html``: the plan along an input, and a slider over the plans that were made; it makes none of its own."""

from __future__ import annotations

from collections.abc import Sequence

from planner.decisions import summed
from planner.report.compare.frontier import breakpoint_words, varied
from planner.report.compare.tables import Section, Table
from planner.report.compare.varied import Varied
from planner.report.page.axes import LABEL, below, vertical
from planner.report.page.canvas import Canvas, Scale
from planner.report.page.charts import number_of
from planner.report.page.document import Grid, Picture
from planner.report.page.markup import Markup, element
from planner.report.page.study_page import Study, study_page
from planner.report.voice import Voice
from planner.studies.frontier.frontier import Frontier, Map

HEIGHT = 250.0
FIGURES = ("npv", "grants", "capex", "lowest_cash", "accelerators_ordered", "gap")
"""What the table of plans tells of each, behind the value of the input."""
MOST_STORED = 160
"""Plans that a page holds for its sliders: all where there are no more, else those at turns first."""
MOST_NAMES = 6
"""Kinds of systems that the slider names."""
SCRIPT = """
document.querySelectorAll('.slider').forEach(function(box){
  var range=box.querySelector('input'),own=document.querySelectorAll('[data-of="'+box.id+'"]');
  function show(){own.forEach(function(one){var on=one.dataset.n===range.value;
    if(one.classList.contains('stored')){one.hidden=!on;if(on)range.setAttribute('aria-valuetext',one.dataset.words)}
    else one.classList.toggle('now',on)})}
  range.addEventListener('input',show);show();
});
"""
"""Shows the plan that the slider points at, and marks it in the pictures."""


def frontier_page(found: Map, sections: Sequence[Section], language: str) -> str:
    """The page as text."""
    case = found.case
    voice = Voice(language, case.finance.currency)
    pictures: dict[int, Sequence[Picture]] = {number + 1: [] for number in range(len(found.lines))}
    sliders: dict[int, Markup] = {}
    along, *_ = varied(found, voice)
    for number, line in enumerate(found.lines):
        most = MOST_STORED // len(found.lines)
        planned = _Line(line, sections[number + 1].tables[0], f"line-{number + 1}", along, most)
        if planned.points:
            place = 0 if found.second is None else number + 1  # a map has pictures of its own in front
            pictures[place], sliders[place] = [planned.picture()], planned.slider()
    study = Study(
        stem="frontier",
        title=case.title or case.name,
        over=f"{case.name} · {voice('where the plan turns')}",
        input_hash=found.base.input_hash,
        sections=sections,
        pictures=pictures,
        before=sliders,
        script=SCRIPT,
    )
    return study_page(study, voice)


class _Line:
    """The plans along one line, with their figures as the workbook has them, and its turns."""

    def __init__(self, line: Frontier, plans: Table, key: str, along: Varied, most: int) -> None:
        self.line, self.key, self.along, self.voice = line, key, along, along.voice
        found = [
            (point, point.outcome, dict(zip(FIGURES, map(number_of, row[1:]), strict=False)))
            for point, row in zip(line.points, plans.rows, strict=True)
            if point.outcome is not None
        ]
        self.left_out = max(0, len(found) - most)
        turns = {value for one in line.breakpoints for value in (one.low, one.high)}
        at_turns = [place for place, (point, *_) in enumerate(found) if point.value in turns]
        self.points = [found[place] for place in kept_places(len(found), at_turns, most)]

    def picture(self) -> Picture:
        """Net present value over the input, with the turns."""
        voice, words = self.voice, self.along.value
        rows = tuple(
            (words(point.value), voice.money(figures["npv"]), voice(point.said)) for point, _, figures in self.points
        )
        turns = "; ".join(voice(breakpoint_words(self.line, one, words)) for one in self.line.breakpoints)
        told = voice("Points: net present value of each plan along the input; it turns at {turns}.", turns=turns or "–")
        head = (self.along.name, voice("net present value"), voice("plan"))
        title = voice("Net present value along {input}", input=self.along.name)
        return Picture(f"{self.key}-worth", title, told, self._draw, Grid(head, rows, texts=(2,)))

    def _draw(self, canvas: Canvas) -> None:
        voice, parameter = self.voice, self.line.parameter
        entries = [("circle", "m3", voice("a plan that was made"))]
        if self.line.breakpoints:
            entries.append(("line", "limit", voice("the plan turns")))
        top = canvas.legend(0, entries)
        amounts = [figures["npv"] for _, _, figures in self.points]
        unit = voice.unit_of_money(amounts)
        heights = [amount / unit.size for amount in amounts]
        scale, left = vertical(canvas, heights, unit.words, top, HEIGHT, from_nothing=False)
        rows = (top + LABEL, top + LABEL + HEIGHT)
        across = self._across(canvas, left, rows)
        for one in self.line.breakpoints:
            x = across((one.low + one.high) / 2 if one.value is None else one.value)
            canvas.line(x, rows[0], x, rows[1], "limit")
        places = [(across(point.value), scale(figures["npv"] / unit.size)) for point, _, figures in self.points]
        canvas.path(places, "l4")
        for number, (x, y) in enumerate(places):
            canvas.mark(x, y, "circle", "m3", data_of=self.key, data_n=str(number))
        if parameter.is_month:
            for value, anchor in ((parameter.low, ""), (parameter.high, "end")):
                canvas.text(across(value), rows[1] + 15, self.along.value(value), "soft", anchor)

    def _across(self, canvas: Canvas, left: float, rows: tuple[float, float]) -> Scale:
        """Where a value of the input stands; months are named at both ends alone."""
        parameter = self.line.parameter
        span = (left + 8, canvas.width - 12)
        if parameter.is_month:
            return Scale(parameter.low, parameter.high, *span, ())
        values = [parameter.low, parameter.high]
        return below(canvas, values, self.along.axis, span, rows)

    def slider(self) -> Markup:
        """A slider over the stored plans; without a script the first one is shown, and the table has all."""
        voice = self.voice
        name = f"{self.key}-range"
        last = len(self.points) - 1
        label = voice("{input}: the plans that were made", input=self.along.name)
        if self.left_out:
            label = voice("{plans}; {count} more are in the workbook", plans=label, count=self.left_out)
        attributes = {"type": "range", "min": "0", "max": str(last), "step": "1", "value": "0", "id": name}
        return element(
            "div",
            element("label", label, **{"for": name}),
            element("input", **attributes),
            *(self._panel(number) for number in range(last + 1)),
            class_="slider",
            id=self.key,
        )

    def _panel(self, number: int) -> Markup:
        point, outcome, figures = self.points[number]
        voice, words = self.voice, self.along.value(point.value)
        offers = outcome.case.offers
        systems = summed((offers[offer].system, count) for (offer, _), count in outcome.decisions.ordered.items())
        ranked = sorted(systems.items(), key=lambda one: (-one[1], one[0]))
        told = ", ".join(f"{count:,} × {system}" for system, count in ranked[:MOST_NAMES])
        if len(ranked) > MOST_NAMES:
            told += ", " + voice("{count} more", count=len(ranked) - MOST_NAMES)
        facts = [
            (voice("net present value"), voice.money(figures["npv"])),
            (voice("grants"), voice.money(figures["grants"])),
            (voice("capital expenditure"), voice.money(figures["capex"])),
            (voice("lowest cash"), voice.money(figures["lowest_cash"])),
            (voice("accelerators ordered"), f"{figures['accelerators_ordered']:,.0f}"),
            (voice("gap"), voice.percent(figures["gap"])),
        ]
        tiles = [
            element("div", element("dt", name), element("dd", figure, class_="figure"), class_="tile")
            for name, figure in facts
        ]
        return element(
            "div",
            element("p", element("strong", f"{self.along.name} {words}")),
            element("p", told or voice("Nothing is bought.")),
            element("dl", *tiles, class_="tiles"),
            class_="stored",
            hidden="hidden" if number else None,
            data_of=self.key,
            data_n=str(number),
            data_words=words,
        )


def kept_places(count: int, first: Sequence[int], most: int) -> list[int]:
    """Places among some that are kept where there are too many: both ends, those that are named, and others evenly.

    >>> kept_places(5, [], 9), kept_places(100, [40, 41], 6)
    ([0, 1, 2, 3, 4], [0, 25, 40, 41, 50, 99])
    """
    if count <= most:
        return [*range(count)]
    kept = dict.fromkeys([0, count - 1, *first][:most])
    spread = max(1, most - len(kept))
    others = (round(number * count / (spread + 2)) for number in range(1, spread + 2))
    for place in (one for one in others if one not in kept):
        if len(kept) < most:
            kept[place] = None
    return sorted(kept)
