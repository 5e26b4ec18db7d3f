"""Names: whatever the case refers to is declared somewhere in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planner.case.consistency.draft import EXAMPLE, Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known
from planner.case.quantities import look_alike, normal_name
from planner.case.words import listed, nearest, nearest_first

_SINGULAR = {
    "systems": "system", "offers": "offer", "sites": "site", "expansions": "expansion", "programmes": "programme",
    "regions": "region", "tags": "tag",
}  # fmt: skip

_KINDS = {
    "systems": "a system", "offers": "an offer", "sites": "a site", "expansions": "an expansion",
    "workloads": "a workload", "programmes": "a programme",
}  # fmt: skip
"""Sections whose names may stand in the place of others, and what has such a name."""
_DESCRIBED = {"regions": "give a site this region", "tags": "give an offer this tag"}
"""How a name comes to be one of what is not described by itself."""


def names_are_declared(draft: Draft) -> Iterator[Finding]:
    """Systems, sites and programmes that are named exist; where nothing of a kind does, that is one mistake."""
    nowhere: dict[str, list[tuple[Path, str]]] = {}
    for section, path, name in _references(draft):
        with as_far_as_known():
            if not draft.names(section):
                nowhere.setdefault(section, []).append((path, name))
            elif name not in draft.names(section):
                yield undeclared(path, name, section, draft.names(section), draft)
    for section, places in nowhere.items():
        if section != "sites":  # told by ``case_is_not_empty``
            yield none_of(section, (section,), places, draft)
    for name, programme in draft.programmes.items():
        for field, words in (("excludes", "excludes"), ("after", "stands after")):
            with as_far_as_known():
                others: tuple[str, ...] = getattr(programme, field)
                if name in others:
                    path = ("programmes", name, field, str(others.index(name)))
                    yield Finding(path, f"'{name}' {words} itself", "other programmes", "remove it")


def names_differ_by_more_than_case(draft: Draft) -> Iterator[Finding]:
    """No two entries of a section differ only in capital letters or width: spreadsheets take them for one name."""
    for section in ("systems", "offers", "sites", "expansions", "workloads", "programmes"):
        seen: dict[str, str] = {}
        for name in sorted(draft.names(section)):
            other = seen.setdefault(normal_name(name).casefold(), name)
            if other != name:
                found = f"'{name}' and '{other}' differ only in capital letters or width"
                yield Finding((section, name), found, "names that differ in more", "rename one of them")


def _references(draft: Draft) -> Iterator[tuple[str, Path, str]]:
    """Every name that stands for an entry of another section: the section, where the name stands, the name."""
    for name, offer in draft.offers.items():
        with as_far_as_known():
            yield "systems", ("offers", name, "system"), offer.system
    for name, site in draft.sites.items():
        with as_far_as_known():
            for number, fleet in enumerate(site.fleet):
                yield "systems", ("sites", name, "fleet", str(number), "system"), fleet.system
    for name, expansion in draft.expansions.items():
        with as_far_as_known():
            yield "sites", ("expansions", name, "site"), expansion.site
    for name, workload in draft.workloads.items():
        for field in ("price_by_system", "efficiency"):
            with as_far_as_known():
                for system in getattr(workload, field):
                    yield "systems", ("workloads", name, field, system), system
    for name, programme in draft.programmes.items():
        for field in ("systems", "sites", "excludes", "after"):
            section = "programmes" if field in ("excludes", "after") else field
            with as_far_as_known():
                for number, other in enumerate(getattr(programme, field)):
                    yield section, ("programmes", name, field, str(number)), other
    yield from _frozen(draft)


def _frozen(draft: Draft) -> Iterator[tuple[str, Path, str]]:
    """The names that stand in what is frozen."""
    if draft.frozen is None:
        return
    sections = {
        "offer": "offers", "site": "sites", "expansion": "expansions", "system": "systems", "programme": "programmes",
    }  # fmt: skip
    for group in ("orders", "blocks", "exits", "claims"):
        with as_far_as_known():
            for number, entry in enumerate(getattr(draft.frozen, group)):
                for field, section in sections.items():
                    with as_far_as_known():
                        name = getattr(entry, field, None)
                        if name is not None:
                            yield section, ("frozen", group, str(number), field), name
    with as_far_as_known():
        for name in draft.frozen.programmes:
            yield "programmes", ("frozen", "programmes", name), name


def regions_are_declared(draft: Draft) -> Iterator[Finding]:
    """Regions that programmes and workloads name have a site."""
    if not draft.is_whole("sites"):
        return  # the region of a site whose name is none is not known
    known = {site.region for site in draft.sites.values()}
    for section, entries in (("programmes", draft.programmes), ("workloads", draft.workloads)):
        for name, entry in entries.items():
            with as_far_as_known():
                for number, region in enumerate(entry.regions):
                    if known and region not in known:  # of no site at all ``case_is_not_empty`` tells
                        yield undeclared((section, name, "regions", str(number)), region, "regions", known)


def tags_are_declared(draft: Draft) -> Iterator[Finding]:
    """A limit on a tag of the supply chain speaks of a tag that some offer has."""
    if not draft.is_whole("offers"):
        return
    known = {tag for offer in draft.offers.values() for tag in offer.tags}
    limits = "supply_chain_limits"
    unknown = [((limits, tag), tag) for tag in draft.supply_chain_limits if tag not in known]
    if unknown and not known:
        yield none_of("tags", (limits,), unknown)
        return
    for path, tag in unknown:
        yield undeclared(path, tag, "tags", known)


def investments_have_one_name_each(draft: Draft) -> Iterator[Finding]:
    """No expansion is called like an offer: both are investments, told apart by their names."""
    for name in sorted(draft.names("offers") & draft.names("expansions")):
        yield Finding(("expansions", name), f"an offer is called '{name}' as well", "a name of its own", "rename one")


def case_is_not_empty(draft: Draft) -> Iterator[Finding]:
    """There is somewhere to put systems, and something to plan for."""
    write = f"write `{EXAMPLE}` with your own figures"
    if not draft.names("sites"):
        yield Finding(("sites",), "no site is described", "at least one site", write)
    if not draft.names("workloads") and draft.objective.installed_by is None:
        remedy = f"{write}, or take `objective: {{kind: compute, installed_by: 2027-03}}`"
        yield Finding(("workloads",), "there is nothing to plan for: no workload", "at least one workload", remedy)


def none_of(section: str, at: Path, places: Sequence[tuple[Path, str]], draft: Draft | None = None) -> Finding:
    """The finding of names of a kind of which nothing exists: one of it, however many places name them."""
    (path, name), *others = places
    if not others:
        return undeclared(path, name, section, (), draft)
    names = list(dict.fromkeys(name for _, name in places))
    remedy = f"describe {'it' if len(names) == 1 else 'them'} under `{section}:`"
    if section == "tags":
        remedy = "give offers these tags, or remove the limits"
    kind = _SINGULAR[section]
    said = listed([f"'{one}'" for one in names], "and", most=6)
    verb, those = ("is", kind) if len(names) == 1 else ("are", section)
    found = f"no {kind} is defined, and {said} {verb} named in {len(places)} places, first in {'.'.join(path)}"
    return Finding(at, found, f"at least the {those} that {verb} named", remedy)


def undeclared(path: Path, name: str, section: str, known: Iterable[str], draft: Draft | None = None) -> Finding:
    """The finding of a name that nothing of its kind has, with the names that are near.

    A ``draft`` tells whether the name is one of another kind, such as that of an offer in the place of its system.
    """
    known = sorted(one for one in known if path[:2] != (section, one))  # nothing is meant to name itself
    near = nearest(name, known)
    hint = f"did you mean '{near}'?" if near else ""
    kind = _SINGULAR[section]
    allowed = listed(nearest_first(name, known), most=6) if hint else listed(known)
    allowed = allowed if known else f"nothing, since no {kind} is defined"
    found = f"'{name}' is not defined as {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    other, remedy = _of_another_kind(name, section, draft) if draft is not None else ("", "")
    if not other and (letter := look_alike(name, near)):
        found += f": {letter}"
    remedy = remedy or ("" if other else hint) or f"{_DESCRIBED.get(section, 'describe it')}, or name another {kind}"
    return Finding(path, found + other, allowed, remedy)


def _of_another_kind(name: str, section: str, draft: Draft) -> tuple[str, str]:
    """What else has a name, and what was probably meant; nothing where nothing has it."""
    for kind, word in _KINDS.items():
        if kind == section or name not in draft.names(kind):
            continue
        meant = ""
        with as_far_as_known():
            if kind == "offers" and section == "systems" and name in draft.offers:
                meant = draft.offers[name].system
            if kind == "expansions" and section == "sites" and name in draft.expansions:
                meant = draft.expansions[name].site
            is_one = bool(meant) and meant in draft.names(section)
            return f"; it is the name of {word}", f"write {meant}, its {_SINGULAR[section]}" if is_one else ""
        return f"; it is the name of {word}", ""
    return "", ""
