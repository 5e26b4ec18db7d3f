"""What lenders, programmes and the case ask of a plan: where a plan breaks it, or comes near."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planner.case.case import Case
from planner.outcome import Limit, Outcome
from planner.report.compare.tables import Cell, Column, Flag, Section, Table, columns
from planner.report.compare.verdict import plain, plan_name
from planner.report.stress.figures import COVENANTS, NAMED, name_of, when_of
from planner.report.stress.promises import promise
from planner.report.voice import Voice
from planner.report.workbook.physical.placements import metric_label
from planner.studies.binding import binding
from planner.studies.compare import Comparison
from planner.vocabulary.message import joined

WATCHED = ("debt_service_cover", COVENANTS, "cash_balance", "capex_limit", *NAMED)
"""Rules that others hold the plan to."""
TO_LENDERS = ("debt_service_cover", COVENANTS, "cash_balance")
"""Rules of which hardly any room is worth a sentence."""
NEAR = 0.1
"""Share of a limit that is left where a plan comes near to it."""
COVER, SERVICE = "debt_service_cover", "service_level"


def promises_section(comparison: Comparison, voice: Voice) -> Section:
    """What others hold every plan to."""
    table = _promises(comparison, voice)
    name = voice("Covenants and floors")
    return Section(name, voice("What is broken, nearly broken, or without room"), (), (table,), on_screen=False)


def warnings_of(comparison: Comparison, voice: Voice) -> Iterator[str]:
    """A sentence for each promise that is broken, and for each promise to lenders that leaves hardly any room."""
    found: dict[tuple[str, str, bool], list[str]] = {}
    for one in _watched(comparison):
        flag, limit = _flag(one.limit, voice), one.limit
        if flag.colour == "red" or (flag.colour == "amber" and limit.rule in TO_LENDERS):
            key = (voice(promise(limit.rule, name_of(limit))), str(flag), one.keeps_to_base)
            when = voice(when_of(limit, one.outcome.case.calendar))
            found.setdefault(key, []).append(voice("{name} ({when})", name=plan_name(one.name, voice), when=when))
    for (words, kept, keeps_to_base), plans in found.items():
        template = "{promise}: {kept} in {plans}"
        if keeps_to_base:
            template = "{promise}: {kept} if the base is kept to in {plans}"
        yield voice(template, promise=words, kept=kept, plans=joined(plans, ", "))


class _Watched(NamedTuple):
    """The tightest place of a promise in a plan."""

    name: str
    """Of the plan."""
    keeps_to_base: bool
    """Whether it is not the plan of the scenario but the decisions of the base under its figures."""
    limit: Limit
    outcome: Outcome
    """The plan of the case that the limit is of."""

    def told(self, voice: Voice) -> str:
        """What the plan is called."""
        if self.keeps_to_base:
            return voice("{scenario}, if the base is kept to", scenario=self.name)
        return plan_name(self.name, voice)


def _watched(comparison: Comparison) -> Iterator[_Watched]:
    """The tightest place of each promise in each plan.

    Of the decisions of the base under the figures of a scenario it is what they break.
    """
    for name, outcome in comparison.plans:
        yield from (_Watched(name, False, limit, outcome) for limit in _tightest(outcome.audit.limits, outcome.case))
    for one in comparison.scenarios:
        there = None if one.difference is None else one.difference.bridge.ex_post
        if there is not None and one.run.outcome is not None:
            plan = one.run.outcome
            yield from (_Watched(one.name, True, limit, plan) for limit in _tightest(there.audit.broken, plan.case))


def _promises(comparison: Comparison, voice: Voice) -> Table:
    """The tightest place of each promise in each plan, and whether it is kept there."""
    rows = tuple(_row(one.told(voice), one.limit, one.outcome, voice) for one in _watched(comparison))
    head = (
        *columns("text", *map(voice, ("plan", "promise", "where it is tightest"))),
        Column(voice("unit"), "unit"),
        *columns("number", *map(voice, ("at least", "in the plan", "at most"))),
        Column(voice("room left"), "number", room_of=(4, 5, 6)),
        Column(voice("kept")),
    )
    remark = voice("nearly broken: less than {share} of the limit is left.", share=voice.percent(NEAR))
    if any(one.difference is not None and one.difference.bridge.ex_post for one in comparison.scenarios):
        kept_to = voice(
            "If the base is kept to: its decisions, as far as a scenario allows them, under the scenario's figures."
        )
        remark = voice.sentences(remark, kept_to)
    told = remark if rows else voice("none")
    return Table(voice("Covenants, floors and promises"), head, rows, told, whole=True, wide=True)


def _is_asked(limit: Limit, case: Case) -> bool:
    """Whether anything was promised; a workload of which nothing has to be served has such limits as well."""
    return limit.rule != SERVICE or bool(case.workloads[limit.about.names[0]].must_serve)


def _tightest(limits: tuple[Limit, ...], case: Case) -> Iterator[Limit]:
    """The limit of each promise that leaves least room, as a share of itself."""
    found: dict[tuple[str, str], Limit] = {}
    for limit in limits:
        if limit.rule in WATCHED and limit.sense != "=" and _is_asked(limit, case):
            key = (limit.rule, name_of(limit))
            if key not in found or _share(limit) < _share(found[key]):
                found[key] = limit
    yield from sorted(found.values(), key=lambda limit: WATCHED.index(limit.rule))


def _share(limit: Limit) -> float:
    return limit.slack / max(1.0, abs(limit.right))


def _row(told: str, limit: Limit, outcome: Outcome, voice: Voice) -> tuple[Cell, ...]:
    case, (left, right, unit) = outcome.case, (limit.left, limit.right, limit.unit)
    covenants = case.finance.covenants
    if limit.rule == COVER and covenants is not None and covenants.least_debt_service_cover and right > 0:
        least = covenants.least_debt_service_cover
        left, right, unit = left / right * least, least, "times"
    words = voice(promise(limit.rule, name_of(limit)))
    if abs(limit.slack) <= limit.tolerance:
        left = right  # what is left is the rounding of sums
    ends: tuple[Cell, Cell, Cell] = (right, left, None) if limit.sense == ">=" else (None, left, right)
    room = left - right if limit.sense == ">=" else right - left
    return (told, words, voice(when_of(limit, case.calendar)), metric_label(unit), *ends, room, _flag(limit, voice))


def _flag(limit: Limit, voice: Voice) -> Flag:
    if not limit.holds:
        return Flag(voice("broken"), "red")
    if limit.slack <= limit.tolerance:
        return Flag(voice("kept, without room"), "amber")
    if _share(limit) < NEAR:
        return Flag(voice("kept, nearly broken"), "amber")
    return Flag(voice("kept"), "green")


def binding_section(comparison: Comparison, voice: Voice) -> Section:
    """Limits of the case without room left, and when they bind in each plan."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    titles: dict[tuple[str, str], tuple[str, str]] = {}
    for name, outcome in comparison.plans:
        for one in binding(outcome):
            key = (one.rule, one.subject)
            titles.setdefault(key, (voice(plain(one.rule)), voice(one.words)))
            label = outcome.case.calendar.label
            found.setdefault(key, {})[name] = bound_words(tuple(label(t) for t in one.periods), voice)
    plans = [name for name, _ in comparison.plans]
    rows = tuple(
        (*titles[key], *(Flag(of[name], "amber") if name in of else None for name in plans))
        for key, of in found.items()
    )
    names = (plan_name(name, voice) for name in plans)
    head = columns("text", *map(voice, ("rule", "about")), *names)
    title = voice("Limits that bind, by plan")
    table = Table(title, head, rows, "" if rows else voice("none"), wide=True)
    return Section(voice("Limits that bind"), title, (), (table,), on_screen=False)


def bound_words(periods: tuple[str, ...], voice: Voice) -> str:
    """When a limit binds."""
    if not periods:
        return voice("binds")
    if len(periods) == 1:
        return periods[0]
    return voice("{count} periods, {first} to {last}", count=len(periods), first=periods[0], last=periods[-1])
