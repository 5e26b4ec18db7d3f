"""When no plan exists: the statements of the case that contradict each other, and what would make a plan possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from planner.case.case import Case
from planner.explain.impossible import Conflict, Impossible, taken_apart
from planner.explain.narrowing import Whole
from planner.explain.remedies import remedies
from planner.explain.remedy import Remedy
from planner.explain.slips import Slips, slips
from planner.explain.statement import Statement
from planner.outcome import Provenance
from planner.reading.case.provenance import written_nearest
from planner.reading.tree.nodes import path_text

SECONDS = 180.0
"""Time after which no further change is looked for."""


MOST_LINES = 12
"""Statements of a contradiction that are told one by one."""
_UNNAMED: dict[Whole, str] = {
    "": "No plan exists. There was no time to find out which statements of the case contradict each other.",
    "systems": "No plan exists. With fractions of systems there would be one, with whole blocks and whole programmes: "
    "whole systems are in the way. There was no time to find out which statements contradict each other then.",
}
_KEPT: dict[Whole, str] = {
    "joins": "with programmes joined in part they could all be kept",
    "blocks": "with fractions of blocks they could all be kept",
    "systems": "with fractions of systems and blocks, and programmes joined in part, they could all be kept",
}


def no_plan_words(case: Case, provenance: Mapping[str, Provenance], seconds: float = SECONDS) -> str:
    """A message that says why a case has no plan, what proves it, and which changes would make a plan possible.

    After the seconds it says what is known so far.
    """
    found = taken_apart(case, seconds)
    slipped = slips(found)
    lines = conflict_lines(found, provenance)
    if slipped is None:
        return "\n".join([*lines, *remedy_lines(remedies(found))])
    lines += slip_lines(slipped)
    if slipped.left is not None:
        lines += conflict_lines(slipped.left, provenance, "With that set right, these")
        lines += remedy_lines(remedies(slipped.left), "With that set right, each of these")
    elif offered := remedies(found):
        lines += remedy_lines(offered, "Otherwise each of these")
    return "\n".join(lines)


def slip_lines(slipped: Slips) -> list[str]:
    """What was most likely meant, as it is pasted into a scenario."""
    gone = "there is a plan" if slipped.left is None else "these contradictions are gone"
    many = "a unit, the same one in several places" if len(slipped.slips) > 1 else "a unit"
    lines = [f"Most likely a slip of {many}. With what was meant {gone}, checked by planning again:"]
    for slip in slipped.slips:
        path = path_text(slip.figure.path)
        lines += [f"  - {path}: {slip.words}", f"       {path}: {slip.meant}"]
    return lines


def conflict_lines(
    found: Impossible, provenance: Mapping[str, Provenance], start: str = "No plan exists. These"
) -> list[str]:
    """The contradictions, statement by statement."""
    if not found.conflicts:
        return [_UNNAMED.get(found.stage, _UNNAMED[""])]
    lines = []
    for number, conflict in enumerate(found.conflicts):
        lines.append(_head(start if number == 0 else "Apart from that, these", conflict))
        lines += _statement_lines(found.case, conflict.statements, provenance)
        lines.append(f"  {_proof_words(conflict)}")
    if not found.complete:
        lines.append("There may be further contradictions; no time was left to look for them.")
    return lines


def _head(start: str, conflict: Conflict) -> str:
    some = "" if conflict.smallest else ", perhaps without some of them"
    if conflict.whole:
        return f"{start} statements of the case contradict each other in whole numbers{some}; {_KEPT[conflict.needs]}:"
    return f"{start} statements of the case contradict each other{some}:"


def _statement_lines(
    case: Case, statements: Sequence[Statement], provenance: Mapping[str, Provenance]
) -> Iterator[str]:
    """One line a statement; in a long list, one for all steps of a figure, and for one field of several systems."""
    alike: dict[object, list[Statement]] = {}
    for number, one in enumerate(statements):
        field = (one.path[0], one.path[-1]) if one.path[0] == "systems" else one.group
        alike.setdefault(field if len(statements) > MOST_LINES else number, []).append(one)
    for first, *others in alike.values():
        also = f"; also {', '.join(dict.fromkeys(_short(first, other) for other in others))}" if others else ""
        yield f"  - {_statement_words(case, first, provenance)}{also}"


def _short(first: Statement, other: Statement) -> str:
    """What tells a statement from one that is like it: the month of a step, or the system."""
    return next((a for a, b in zip_longest(other.path, first.path) if a is not None and a != b), path_text(other.path))


def _statement_words(case: Case, statement: Statement, provenance: Mapping[str, Provenance]) -> str:
    place = written_nearest(statement.path, provenance)
    line = f":{place.line}" if place and place.line else ""  # a cell of a workbook names itself
    where = f"{place.file}{line}: " if place else ""
    return f"{where}{path_text(statement.path)}: {statement.words}{case.calendar.span_words(statement.periods)}"


def _proof_words(conflict: Conflict) -> str:
    if conflict.needs == "systems":
        proof = "Proof: the search tried all whole numbers."
    elif conflict.needs:
        ways = "1 branch" if conflict.branches == 1 else f"{conflict.branches} branches"
        what = "to join programmes" if conflict.needs == "joins" else "to join programmes and to build whole blocks"
        proof = f"Proof: every way {what}, in {ways}, was ruled out with all else in fractions."
    elif conflict.proof is None:
        return "Proof: by the solver's arithmetic; it could not be repeated in exact fractions."
    else:
        proof = (
            f"Proof checked exactly: {len(conflict.proof.weights)} rows of the model, weighed and added up in "
            "fractions without rounding, leave more asked for than there is."
        )
    if conflict.smallest:
        return f"{proof} Without any one of these statements there would be a plan."
    return f"{proof} There was no time to find out which of these statements can be left out."


def remedy_lines(offered: list[Remedy], start: str = "Each of these") -> list[str]:
    """The changes, as they are pasted into a scenario."""
    if not offered:
        return [
            "No change that ends all of this was found in time: loosen one statement of each list, or plan "
            "again with a longer --time-limit."
        ]
    least = "; nine tenths of it is not enough" if all(remedy.is_least for remedy in offered) else ""
    lines = [f"{start} makes a plan possible, and was checked by planning again{least}:"]
    for number, remedy in enumerate(offered, start=1):
        changes = ", and ".join(
            f"{figure.change_words(change)}: {path_text(figure.path)}, now {figure.with_noun(figure.value)}"
            for figure, change in remedy.changes
        )
        lines.append(f"  {number}. {changes}{'' if remedy.is_least else '; less may do'}")
        lines += [f"       {path_text(path)}: {text}" for path, text in remedy.texts.items()]
    return lines
