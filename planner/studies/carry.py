"""One plan under the figures of another case: what of it may be done there, and what that is worth."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.audit import audit
from planner.audit.dates import delivery_period, life_end_period
from planner.audit.facts import Facts
from planner.audit.placement import require_well_formed
from planner.case.case import Case
from planner.decisions import Decisions, cohort_month, cohort_of
from planner.errors import AuditError
from planner.outcome import Audit


@dataclass(frozen=True)
class Carried:
    """A plan as it can be carried out in another case, and its accounts there."""

    decisions: Decisions
    audit: Audit
    dropped: int
    """Decisions that the other case does not allow at all, such as a claim under a programme that it does not have."""
    cut: int
    """Decisions about work that had to be cut, to the systems that stand there or to the demand that is there."""

    @property
    def broken(self) -> int:
        """Limits of the other case that what is left of the plan breaks."""
        return len(self.audit.broken)

    @property
    def whole(self) -> bool:
        """Whether the plan is a plan of the other case as it stands."""
        return not (self.dropped or self.cut or self.broken)


def carried(decisions: Decisions, case: Case, home: Case) -> Carried | None:
    """A plan of ``home`` in another case; nothing where their periods differ, since decisions are by period.

    Decisions that the case does not allow are left out. What arrives later or earlier leaves so much later or earlier.
    If limits are broken then, work is cut: to the systems that stand there, and to the demand. What limits are still
    broken is only counted: such a plan shows what the new figures do to the old decisions, it is no plan of the case.
    """
    if case.calendar != home.calendar:
        return None
    allowed, dropped = _allowed(_moved(decisions, case, home), case)
    allowed, loose = _grounded(allowed, case)
    dropped += loose
    audited = audit(case, allowed)
    cut = 0
    if audited.broken:
        for narrower in (_within_fleet, _within_demand):
            serve = narrower(allowed, case, audited)
            cut += sum(serve.get(key, 0.0) != amount for key, amount in allowed.serve.items())
            allowed = dataclasses.replace(allowed, serve=serve)
            audited = audit(case, allowed)
    return Carried(allowed, audited, dropped, cut)


def _allowed(decisions: Decisions, case: Case) -> tuple[Decisions, int]:
    """The decisions that the case allows one by one, and how many it does not.

    Each is held against the case together with the orders, exits and claims that are kept, which it may rest on.
    """
    kept = Decisions()
    dropped = 0
    for table in (field.name for field in dataclasses.fields(Decisions)):
        entries: Mapping[Any, Any] = getattr(decisions, table)
        if _is_allowed(dataclasses.replace(kept, **{table: dict(entries)}), case):
            kept = dataclasses.replace(kept, **{table: dict(entries)})
            continue
        base = kept if table in ("exit", "leave") else Decisions()
        fine = {
            key: value
            for key, value in entries.items()
            if _is_allowed(dataclasses.replace(base, **{table: {key: value}}), case)
        }
        dropped += len(entries) - len(fine)
        kept = dataclasses.replace(kept, **{table: fine})
    return kept, dropped


def _grounded(decisions: Decisions, case: Case) -> tuple[Decisions, int]:
    """The decisions without those about orders that were left out, and how many these are."""
    lots = Facts(case, decisions).cohorts
    bought = {*decisions.order, *((name, case.expansions[name].site, t) for name, t in decisions.expand)}
    exits = {key: count for key, count in decisions.exit.items() if key[:3] in lots}
    claims = {key: units for key, units in decisions.claim.items() if key[1:] in bought}
    leave = {key: units for key, units in decisions.leave.items() if key[:4] in claims}
    before = len(decisions.exit) + len(decisions.claim) + len(decisions.leave)
    grounded = dataclasses.replace(decisions, exit=exits, claim=claims, leave=leave)
    return grounded, before - len(exits) - len(claims) - len(leave)


def _is_allowed(decisions: Decisions, case: Case) -> bool:
    try:
        require_well_formed(case, decisions)
    except AuditError:
        return False
    return True


def _moved(decisions: Decisions, case: Case, home: Case) -> Decisions:
    """The decisions with exits moved along with their lots; what would leave after the horizon stays to its end."""
    periods = range(case.calendar.periods)
    exits: dict[tuple[str, str, str, int], int] = {}
    for (system, site, cohort, t), count in decisions.exit.items():
        lot = _lot_there(cohort, case, home)
        later = t + _shift(cohort, lot, case)
        if system in case.systems and system in home.systems and t == life_end_period(home, system, cohort):
            later = life_end_period(case, system, lot)
        if later in periods:
            exits[system, site, lot, later] = exits.get((system, site, lot, later), 0) + count
    leave: dict[tuple[str, str, str, int, int], float] = {}
    for (programme, offer, site, t, u), amount in decisions.leave.items():
        cohort = _lot_of_order(offer, t, home)
        later = u + _shift(cohort, _lot_there(cohort, case, home), case)
        if later in periods:
            leave[programme, offer, site, t, later] = amount
    return dataclasses.replace(decisions, exit=exits, leave=leave)


def _lot_of_order(offer: str, t: int, case: Case) -> str:
    return cohort_of(case.calendar.start.plus(delivery_period(case, offer, t) * case.calendar.months_per_period), offer)


def _lot_there(cohort: str, case: Case, home: Case) -> str:
    """How the systems of a lot are called in the other case, where its offer may have another lead time."""
    offer = cohort.partition(" ")[2]
    if offer not in home.offers or offer not in case.offers:
        return cohort
    return next(
        (
            _lot_of_order(offer, t, case)
            for t in range(home.calendar.periods)
            if _lot_of_order(offer, t, home) == cohort
        ),
        cohort,
    )


def _shift(cohort: str, lot: str, case: Case) -> int:
    """How many periods later a lot comes than another."""
    return (int(cohort_month(lot)) - int(cohort_month(cohort))) // case.calendar.months_per_period


def _within_fleet(decisions: Decisions, case: Case, audited: Audit) -> dict[tuple[str, str, str, int], float]:
    """Work cut in equal parts to what stands: of each system, at each site, in each period."""
    installed = audited.quantities.installed
    working = _sums(((s, d, t), amount) for (_, s, d, t), amount in decisions.serve.items())
    able = {
        (s, d, t): case.systems[s].availability * installed.get((s, d, t), 0) / amount
        for (s, d, t), amount in working.items()
        if amount > 0
    }
    return _scaled(decisions.serve, {key: able.get(key[1:], 1.0) for key in decisions.serve})


def _within_demand(decisions: Decisions, case: Case, audited: Audit) -> dict[tuple[str, str, str, int], float]:
    """Work cut in equal parts to the demand of each workload in each period."""
    able: dict[tuple[str, int], float] = {}
    for (workload, t), unmet in audited.quantities.unmet.items():
        asked = case.workloads[workload].amount.at(case.calendar.starts[t]) or 0.0
        if asked - unmet > 0:
            able[workload, t] = asked / (asked - unmet)
    return _scaled(decisions.serve, {key: able.get((key[0], key[3]), 1.0) for key in decisions.serve})


def _scaled[K](amounts: Mapping[K, float], able: Mapping[K, float]) -> dict[K, float]:
    scaled = {key: amount if able[key] >= 1 else amount * able[key] for key, amount in amounts.items()}
    return {key: amount for key, amount in scaled.items() if amount > 0}


def _sums[K](pairs: Iterable[tuple[K, float]]) -> dict[K, float]:
    found: dict[K, float] = {}
    for key, amount in pairs:
        found[key] = found.get(key, 0.0) + amount
    return found
