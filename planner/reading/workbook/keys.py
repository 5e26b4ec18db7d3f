"""Keys of the rows on the sheet Decisions: the one thing that is hidden, and the only thing that says what a row is.

A key is a compact list in JSON, such as ``["order","maker","north"]``: the kind of the decision and the names that tell
its row from the others, exactly as the case has them, whatever the language of the workbook.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.quantities import Month, shown
from planner.case.words import listed
from planner.reading.stored_decisions import Parts
from planner.reading.workbook.layout import FIRST
from planner.vocabulary.decisions import BY_STORED_NAME, STORED
from planner.vocabulary.keys import Arrival

Names = tuple[object, ...]
"""What tells a row from others of its kind: the key of its decisions but for the period in which they are taken."""
EXAMPLE = '["order","maker","north"]'


def key_column(calendar: Calendar) -> int:
    """The column of the keys, behind the last period."""
    return FIRST + calendar.periods


def key_text(kind: str, names: Names, calendar: Calendar) -> str:
    """The key of a row; a period is named by its label, and an arrival by its month and its offer."""
    parts: list[str | list[str]] = [STORED[kind].stored_as]
    for name in names:
        if isinstance(name, Arrival):
            parts.append([str(part) for part in name if part])
        else:
            parts.append(calendar.label(name) if isinstance(name, int) else str(name))
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


class WrongKeyError(ValueError):
    """A text is no key of a row: what is wrong with it, and what is allowed."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(found)
        self.found, self.allowed = found, allowed


class Keys:
    """Reads keys, for one case."""

    def __init__(self, case: Case) -> None:
        self.parts = Parts(case.calendar)
        self.names: dict[str, Collection[str]] = {
            "offer": case.offers,
            "site": case.sites,
            "lost_site": case.sites,
            "expansion": case.expansions,
            "system": case.systems,
            "workload": case.workloads,
            "programme": case.programmes,
            "earlier": case.programmes,
            "investment": [*case.offers, *case.expansions],
            "loan": case.finance.loans,
            "period": self.parts.periods,
        }

    def read(self, text: object) -> tuple[str, Names]:
        """The kind of a row and its names.

        Raises:
            WrongKeyError: it is no key, or names something that the case does not have.
        """
        match _listed(text):
            case [str(stored), *said] if stored in BY_STORED_NAME:
                one = BY_STORED_NAME[stored]
                fields = one.names
                if len(said) != len(fields):
                    found = f"{shown(text)} has {len(said)} names behind its kind, not {len(fields)}"
                    raise WrongKeyError(found, listed([stored, *fields], "and"))
                return one.kind, tuple(self._name(field, name) for field, name in zip(fields, said, strict=True))
            case [str(stored), *_]:
                raise WrongKeyError(f"{shown(stored)} is no kind of decision", listed(BY_STORED_NAME))
            case _:
                raise WrongKeyError(f"{shown(text)} is no key of a decision", f"a key such as {EXAMPLE}")

    def _name(self, field: str, said: object) -> object:
        if field == "cohort":
            return self._arrival(said)
        if not isinstance(said, str) or said not in self.names[field]:
            raise WrongKeyError(f"{shown(said)} is no {field} of the case", listed(self.names[field]))
        return self.parts.part(field, said)

    def _arrival(self, said: object) -> Arrival:
        match said:
            case [str(month)]:
                return Arrival(_month(month))
            case [str(month), str(offer)]:
                return Arrival(_month(month), str(self._name("offer", offer)))
            case _:
                raise WrongKeyError(f"{shown(said)} is no cohort", 'a list such as ["2024-10","maker"] or ["2024-10"]')


def _listed(text: object) -> Sequence[object]:
    """The list that a text says; an empty one where it says none."""
    try:
        found = json.loads(text) if isinstance(text, str) else []
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise WrongKeyError(f"{shown(text)} is no month", "a month such as 2024-10") from error
