"""What can be wrong with a pool beside its operators' cases: its form, and what all of them share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic_core import PydanticCustomError

from planner.case.case import Case
from planner.case.pool import Pool
from planner.case.quantities import LONGEST_NAME, Money, Month, normal_name, parse_file_name, shown
from planner.case.words import listed, spelling_hint
from planner.errors import Fault
from planner.reading.pool.shared import COMMON, COPIED, SHARED
from planner.reading.tree.nodes import Node, nearest, path_text

_TOP = ("name", "title", "objective", "target", "participation", *COPIED, *SHARED, "common", "operators")
_BELONG_TO_ALL = {
    "offers": ("system", "available", "allocation"),
    "programmes": ("kind", "total_cap", "fiscal_year_caps"),
}
"""Fields of a shared entry that hold for all operators together, so that none of them can have its own."""


def faults_of_form(root: Node) -> list[Fault]:
    """Fields that have no place where they stand."""
    operators = root.group.get("operators")
    if operators is None:  # whatever else it holds, it was not written as a pool
        remedy = "write `operators:` with one entry for each; a case of one operator is planned with: plan CASE"
        return [Fault(root.place, "operators", "a pool needs operators", "at least one operator", remedy)]
    faults = _unknown(root, (), _TOP, "a pool")
    if not operators.group:
        remedy = "write one entry for each operator"
        return [*faults, Fault(operators.place, "operators", "a pool needs operators", "at least one operator", remedy)]
    if "common" in root.group:
        faults += _unknown(root.group["common"], ("common",), COMMON, "what is common")
    faults += _names(root, operators)
    for name, operator in operators.group.items():
        faults += _unknown(operator, ("operators", name), ("title", *SHARED, *COMMON), "an operator")
        faults += _overridden(root, name, operator)
    faults += _programmes_with_sites(root)
    return faults


def _names(root: Node, operators: Node) -> Iterator[Fault]:
    """Names of operators that cannot be those of their folder and, behind the name of the pool, of their case."""
    pool, seen = root.group.get("name"), dict[str, str]()
    room = LONGEST_NAME - len(f"{pool.value if pool is not None else ''}-")
    for name, node in operators.group.items():
        path, other = path_text(("operators", name)), seen.setdefault(_alike(name), name)
        try:
            parse_file_name(name)
        except PydanticCustomError as error:
            words = error.context or {}
            yield Fault(node.place, path, words["found"], words["allowed"], words["remedy"])
            continue
        if other != name:
            found = f"'{name}' and '{other}' differ only in capital letters or width"
            yield Fault(node.place, path, found, "names that differ in more", "rename one of them")
        elif len(name) > room:
            allowed = f"at most {LONGEST_NAME} characters together with the name of the pool"
            yield Fault(node.place, path, f"the name has {len(name)} characters", allowed, "shorten one of them")


def _alike(name: str) -> str:
    """What names have in common that some file systems take for one."""
    return normal_name(name).casefold()


def _unknown(node: Node, path: tuple[str, ...], known: tuple[str, ...], what: str) -> list[Fault]:
    if node.value is not None and not isinstance(node.value, dict):
        return [Fault(node.place, path_text(path), f"{shown(node.value)} is not a group", "a group of fields")]
    faults = []
    for key, child in node.group.items():
        if key in known:
            continue
        remedy = spelling_hint(key, known)
        if key in SHARED and path == ("common",):
            remedy = f"write {key} at the top of the pool file"
        elif key in COMMON and not path:
            remedy = f"write {key} under common, if it holds for every operator, or under one operator"
        faults.append(
            Fault(child.place, path_text((*path, key)), f"unknown field {shown(key)} of {what}", listed(known), remedy)
        )
    return faults


def _overridden(root: Node, name: str, operator: Node) -> list[Fault]:
    """What an operator says about shared entries that is not its own to say."""
    faults = []
    for section, fields in _BELONG_TO_ALL.items():
        shared = root.entries(section)
        for entry, node in operator.entries(section).items():
            for field in fields if entry in shared else ():
                child = node.child(field)
                if child is not None:
                    path = path_text(("operators", name, section, entry, field))
                    remedy = "operator_cap is its own award" if section == "programmes" else "give its offer a new name"
                    found = f"{section}.{entry} is shared, and its {field} holds for all operators together"
                    faults.append(Fault(child.place, path, found, f"{field} at the top of the pool file", remedy))
    return faults


def _programmes_with_sites(root: Node) -> list[Fault]:
    faults = []
    for name, programme in root.entries("programmes").items():
        sites = programme.child("sites")
        if sites is not None:
            remedy = "name regions, or state the sites under an operator"
            found = "a shared programme cannot name sites, which are those of one operator"
            faults.append(Fault(sites.place, path_text(("programmes", name, "sites")), found, "", remedy))
    return faults


def faults_between(root: Node, pool: Pool, cases: Mapping[str, Case]) -> list[Fault]:
    """What does not fit between the pool and the cases of its operators."""
    faults = [*_objective_faults(root, pool), *_currency_faults(root, cases)]
    calendar = next((case.calendar for case in cases.values()), None)
    if calendar is None:
        return faults
    months: list[tuple[tuple[str, ...], Month | None]] = [
        (("objective", "installed_by"), pool.objective.installed_by),
        (("target", "by"), pool.target.by if pool.target is not None else None),
    ]
    for path, month in months:
        if month is not None and not calendar.start <= month < calendar.end:
            place = root.group[path[0]].group[path[1]].place
            span = f"{calendar.start} to {calendar.end.plus(-1)}"
            faults.append(Fault(place, path_text(path), f"{month} is outside the horizon", span))
    return faults


def _objective_faults(root: Node, pool: Pool) -> Iterator[Fault]:
    objective, node = pool.objective, root.group.get("objective")
    if node is None:
        return
    for field, value in (("installed_by", objective.installed_by), ("least", objective.least)):
        if objective.kind == "npv" and value is not None:
            yield Fault(
                node.group[field].place,
                f"objective.{field}",
                "is given, but the objective is npv",
                "with kind: compute or compute_per_public_yen",
                "remove it",
            )
    if objective.kind != "compute_per_public_yen":
        return
    if objective.least is None and (pool.target is None or not pool.target.must_hold):
        remedy = "add `least:`, or a target with `must_hold: yes`"
        yield Fault(node.place, "objective", "by the yen alone, the smallest plan is the best", "", remedy)
    if not root.entries("programmes"):
        yield Fault(node.place, "objective.kind", "there is no shared programme that pays", "npv or compute")


def _currency_faults(root: Node, cases: Mapping[str, Case]) -> Iterator[Fault]:
    currencies = {name: case.finance.currency for name, case in cases.items()}
    if len(set(currencies.values())) > 1:
        found = f"the operators count in {listed(sorted(set(currencies.values())), word='and')}"
        yield Fault(root.group["operators"].place, "operators", found, "one currency for all of them", "")
        return
    for name, node in root.entries("programmes").items():
        for path, cap in _shared_caps(name, cases):
            currency = next(iter(currencies.values()))
            if cap.currency != currency:
                found = f"a shared cap in {cap.currency}, but the operators count in {currency}"
                yield Fault(nearest(node, path).place, path_text(("programmes", name, *path)), found, currency)


def _shared_caps(name: str, cases: Mapping[str, Case]) -> list[tuple[tuple[str, ...], Money]]:
    """The caps of a shared programme with their paths; they are the same in every case that has it."""
    programme = next((case.programmes[name] for case in cases.values() if name in case.programmes), None)
    if programme is None:
        return []
    total = [] if programme.total_cap is None else [(("total_cap",), programme.total_cap)]
    return [*total, *((("fiscal_year_caps", str(year)), cap) for year, cap in programme.fiscal_year_caps.items())]
