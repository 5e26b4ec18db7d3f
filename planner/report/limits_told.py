"""A limit that binds, as whoever decides reads it: what it says, when it binds, and the change that its worth is of."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from planner.case.case import Case
from planner.language import LANGUAGES, Speaker
from planner.outcome import LimitPrice
from planner.report.amounts import digits
from planner.report.compare.tables import unit_message
from planner.report.served import with_metrics
from planner.report.voice import Voice
from planner.report.workbook.engine.input_figures import path_words
from planner.vocabulary.message import Message, say, verbatim

PLAN_AGAIN = "only planning again tells"
"""What stands for a worth that nobody can tell beside the plan."""
SCALES = {"": 1.0, "thousand": 1e3, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_AMOUNT = re.compile(r"(?P<sign>[+−-]?)(?P<number>[\d,_]+(?:\.\d+)?)(?: (?P<scale>thousand|mn|bn|tn))? (?P<unit>.+)")
_NO_NAMES = ("the ", "at ", "an ", "of ")
"""How sentences begin that do not begin with a name of the user, which stays as it is written."""
_CURRENCY = re.compile(r"[A-Z]{3}")
_COUNTED = {
    one: f"{one}s" for one in ("accelerator", "system", "block", "month", "day", "year", "hour", "post", "rack", "time")
}
"""Units of one thing, and what catalogues call several."""


def limit_told(price: LimitPrice, names: Mapping[str, Message], code: str) -> Message:
    """What a limit says; its own sentence is English, so that in another language it is told as Inputs calls it.

    Args:
        price: the limit.
        names: what Inputs calls each figure, by its path.
        code: the language.
    """
    if code == LANGUAGES[0] and price.words:
        words = with_metrics(price.words)
        return verbatim(words[0].upper() + words[1:] if words.startswith(_NO_NAMES) else words)
    value = amount_told(price.value, code)
    if price.path in names:
        return say("{what}: {value}", what=names[price.path], value=value)
    above, _, last = price.path.rpartition(".")
    if above in names:
        return say("{what} from {month}: {value}", what=names[above], month=last, value=value)
    return say("{what}: {value}", what=path_words(price.path), value=value)


def periods_told(price: LimitPrice, case: Case) -> Message:
    """In which periods it binds."""
    span = price.span(case.calendar)
    if not span:
        return say("all periods")
    return verbatim(span[0]) if len(span) == 1 else say("{first} to {last}", first=span[0], last=span[-1])


def reach_told(reach: float) -> Message:
    """Up to how many changes each is worth as much; nothing where that is not known."""
    return say("without end") if math.isinf(reach) else verbatim(digits(reach) if reach > 0 else "")


def amount_told(text: str, code: str) -> Message:
    """An amount as a case file has it, such as ``+1 system``, in the words and with the signs of a language."""
    text = with_metrics(text)
    found = _AMOUNT.fullmatch(text)
    if found is None or code == LANGUAGES[0]:
        return verbatim(text)
    number = float(found["number"].replace(",", "").replace("_", "")) * SCALES[found["scale"] or ""]
    unit, sign = found["unit"], found["sign"]
    if unit == "%":
        return say("{number} %", number=f"{sign}{found['number']}")
    if _CURRENCY.fullmatch(unit):
        return verbatim(f"{sign}{Voice(code, unit).stated(number)}")
    amount, known = f"{sign}{number:,.12g}", unit_message(_COUNTED.get(unit, unit))
    words = Speaker(code).unit(known)
    return verbatim(f"{amount} {words}") if words.isascii() else say("{amount} {unit}", amount=amount, unit=known)
