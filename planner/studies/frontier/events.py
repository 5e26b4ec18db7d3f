"""What counts as a turn of the plan: any whole decision, which things are chosen at all, one thing, or a figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass

from planner.case.case import Case
from planner.case.words import listed, spelling_hint
from planner.errors import Fault, InputError, Place
from planner.outcome import Outcome
from planner.studies.condition import parse_condition
from planner.studies.dates import dated
from planner.studies.tasks import Run
from planner.vocabulary.message import Message, joined, say, verbatim

FiguresOf = Callable[[Outcome], Mapping[str, float]]
"""The headline figures of a plan by name."""
DECISIONS, CHOICES = "decisions", "choices"
NO_PLAN = "no plan"
VERBS = ("opens", "joined", "bought", "built")
"""A site is bought or built for; a programme is joined or pays; an offer is ordered from; a block is built."""
_ABOUT = re.compile(r"(?P<name>.+?)\s+(is\s+)?(?P<verb>\w+)")


@dataclass(frozen=True)
class Event:
    """How the plans of a frontier are told apart."""

    text: str
    _state: Callable[[Outcome], Hashable]

    def state(self, run: Run) -> Hashable:
        """What the plan of a run is with regard to the event; equal states are no turn."""
        if run.outcome is None:
            return NO_PLAN if run.proven else f"{NO_PLAN} found in time"
        return self._state(run.outcome)

    def words(self, run: Run) -> Message:
        """The state in words."""
        state = self.state(run)
        if isinstance(state, bool):
            return verbatim(self.text) if state else say("not: {event}", event=self.text)
        if run.outcome is None:
            return say(str(state))
        return state_words(run.plan) if self.text in (DECISIONS, CHOICES) else verbatim(str(state))


def event_of(text: str, case: Case, names: Collection[str], figures_of: FiguresOf) -> Event:
    """Reads an event: 'decisions', 'choices', 'NAME opens|joined|bought|built', or a condition on figures.

    Raises:
        InputError: there is no such thing, with the nearest name.
    """
    text = text.strip()
    if text == DECISIONS:
        return Event(text, whole_decisions)
    if text == CHOICES:
        return Event(text, choices)
    match = _ABOUT.fullmatch(text)
    if match is not None and match["verb"] in VERBS:
        return Event(text, _happens(match["name"], match["verb"], case, text))
    if re.search("[<>=]", text):
        condition = parse_condition(text, names, case.finance.currency, "--event")

        def holds(outcome: Outcome) -> bool:
            figures = figures_of(outcome)
            return condition.holds(figures, figures)

        return Event(text, holds)
    allowed = f"{DECISIONS}, {CHOICES}, a name with {listed(VERBS)}, or a condition such as 'npv > 0'"
    hint = spelling_hint(text.split()[-1] if text else "", (DECISIONS, CHOICES, *VERBS))
    raise InputError([Fault(Place("--event"), "", f"'{text}' is no event", allowed, hint)])


def whole_decisions(outcome: Outcome) -> Hashable:
    """All decisions in whole numbers, by date: orders, blocks, exits and programmes joined."""
    decisions, calendar = outcome.decisions, outcome.case.calendar
    joined = frozenset(name for name, yes in decisions.join.items() if yes)
    tables = (dated(decisions, calendar, table) for table in ("order", "expand", "exit"))
    return tuple(frozenset(table.items()) for table in tables), joined


def choices(outcome: Outcome) -> Hashable:
    """Which offers, sites, blocks and programmes are chosen at all, however much and whenever."""
    return frozenset((verb, name) for verb in VERBS for name in _chosen(outcome, verb))


def state_words(outcome: Outcome) -> Message:
    """What is chosen, in one line."""
    parts = [verbatim(f"{name} {sum_:,}") for name, sum_ in sorted(outcome.decisions.bought.items())]
    parts += [say("{name} joined", name=name) for name, yes in sorted(outcome.decisions.join.items()) if yes]
    return verbatim(joined(parts, ", ")) if parts else say("nothing bought")


def _happens(name: str, verb: str, case: Case, text: str) -> Callable[[Outcome], Hashable]:
    known: list[str] = {
        "opens": [*case.sites],
        "joined": [*case.programmes],
        "bought": [*case.offers],
        "built": [*case.expansions],
    }[verb]
    if name not in known:
        found = f"'{text}': the case has no '{name}' of that kind"
        raise InputError([Fault(Place("--event"), "", found, listed(known), spelling_hint(name, known))])
    return lambda outcome: name in _chosen(outcome, verb)


def _chosen(outcome: Outcome, verb: str) -> set[str]:
    decisions, case = outcome.decisions, outcome.case
    built = {expansion for expansion, _ in decisions.expand}
    if verb == "opens":
        return {site for _, site, _ in decisions.order} | {case.expansions[expansion].site for expansion in built}
    if verb == "bought":
        return {offer for offer, _, _ in decisions.order}
    if verb == "built":
        return built
    return {name for name, yes in decisions.join.items() if yes} | {programme for programme, *_ in decisions.claim}
