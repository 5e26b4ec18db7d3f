"""What figures of a case file are called, and their values, for whoever reads them in a language."""

from __future__ import annotations

from planner.case.case import Case
from planner.language import caption
from planner.reading.workbook.figures import SHARES
from planner.report.limits_told import amount_told
from planner.report.served import with_metrics
from planner.report.voice import Voice
from planner.report.workbook.engine.input_figures import BY_GROUP, figures_by_path, path_words
from planner.vocabulary.message import Message, joined, say, verbatim


class InputWords:
    """Says figures of some cases by what Inputs calls them, and values as the language writes them."""

    def __init__(self, voice: Voice, *cases: Case) -> None:
        self.voice, self.cases = voice, cases
        self.figures = {path: figure for case in cases for path, figure in figures_by_path(case).items()}

    def name(self, path: str) -> str:
        """What the figure at a path is called, with the month or what else of its path stands behind; names may hold
        dots."""
        start, rest = path, ""
        while start and start not in self.figures:
            start, _, part = start.rpartition(".")
            rest = f"{part}.{rest}".removesuffix(".")
        if start:
            label = self.figures[start].label
            return self.voice(say("{what}, {when}", what=label, when=rest) if rest else label)
        group, _, below = path.partition(".")
        nouns = (name for case in self.cases for name in getattr(case, group, None) or ()) if group in BY_GROUP else ()
        owner = next((name for name in nouns if below.startswith(f"{name}.")), None)
        if owner is None:
            return self.voice(path_words(path))
        fields = below.removeprefix(f"{owner}.").split(".")
        return self.voice(say(BY_GROUP[group], name=owner, what=joined(map(self._field, fields), ", ")))

    def _field(self, name: str) -> Message:
        """A field that Inputs does not list, as the template calls it; or a position in a list."""
        if name.isdigit():
            return say("number {position}", position=int(name) + 1)
        words = name.replace("_", " ")
        return verbatim(self.voice.speaker.catalogue.texts.get(words, caption(self.voice.language, words)))

    def value(self, path: str, text: str) -> str:
        """A value as people read it: a share in per cent, a large number in groups, units in the language."""
        figure = self.figures.get(path)
        if figure is not None and str(figure.unit) in SHARES:
            try:
                return self.voice.percent(float(text))
            except ValueError:  # a share that changes by month, or none
                return text
        if not self.voice.is_english:
            return self.voice(amount_told(text, self.voice.language))
        number, space, unit = text.partition(" ")
        plain = number.removeprefix("-").replace("_", "")
        if "_" in number and plain.isdigit():
            return f"{int(number):,}{space}{unit}"
        return with_metrics(text)
