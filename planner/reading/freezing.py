"""What an earlier plan had decided up to a month becomes what is frozen in a case."""

from __future__ import annotations

from pathlib import Path

from planner.case.case import Case
from planner.case.quantities import Month
from planner.errors import Fault, InputError, Place
from planner.reading.case.file import Reading, overridden
from planner.reading.case.overrides import Override, labelled
from planner.reading.stored_decisions import Made
from planner.reading.tree.nodes import Node, tree_of
from planner.reading.xlsx.archive import looks_like_a_table
from planner.vocabulary.keys import Arrival


def with_frozen(reading: Reading, plan: Path, until: Month) -> Reading:
    """The case with what a plan.xlsx or a plan.json had ordered, started, let go and entered up to a month.

    Programmes count as entered where the plan claims something that is frozen under them.

    Raises:
        InputError: the file holds no plan, the case freezes decisions itself, or what is frozen cannot be in this case;
            a name that the case does not have is refused where it stands in the plan.
    """
    require_nothing_frozen(reading, "one of both", "remove `frozen:` from the case, or leave out --freeze")
    made = [one for one in decisions_made(plan) if one.month is None or one.month <= until]
    where = Place(str(plan))
    node = labelled(_frozen(reading.case, made, until, where), f"as planned in {plan.name}")
    return overridden(reading, [Override("frozen", node, "frozen")], reading.scenario)


def require_nothing_frozen(reading: Reading, allowed: str, remedy: str) -> None:
    """Refuses a case that freezes decisions itself, where others are to be frozen in it.

    Raises:
        InputError: it does.
    """
    said = reading.source.root.group.get("frozen")
    if said is not None and said.value is not None:
        raise InputError([Fault(said.place, "frozen", "the case says itself what is frozen", allowed, remedy)])


def decisions_made(plan: Path) -> list[Made]:
    """All that a plan.xlsx or a plan.json had decided.

    Raises:
        InputError: the file holds no plan, or an entry is none that the planner wrote.
    """
    if looks_like_a_table(plan):
        from planner.reading.workbook.made import made_in_workbook  # noqa: PLC0415 - the Excel library takes its time

        return [*made_in_workbook(plan)]
    from planner.reading.summary.made import made_in_summary  # noqa: PLC0415

    return [*made_in_summary(plan)]


def _frozen(case: Case, made: list[Made], until: Month, where: Place) -> Node:
    orders = [_entry(one, ("offer", "site"), "systems") for one in made if one.kind == "order"]
    blocks = [_entry(one, ("expansion",), "blocks") for one in made if one.kind == "expand"]
    exits = [_leaving(one) for one in made if one.kind == "exit" and not _is_over(case, one)]
    claimed = {one.names[0] for one in made if one.kind == "claim"}
    entered = {
        str(one.names[0]): Node(True, one.place)
        for one in made
        if one.kind == "join" and one.amount and one.names[0] in claimed
    }
    return Node(
        {
            "until": Node(str(until), where),
            "orders": Node(orders, where),
            "blocks": Node(blocks, where),
            "exits": Node(exits, where),
            "programmes": Node(entered, where),
        },
        where,
    )


def _entry(one: Made, fields: tuple[str, ...], amount: str) -> Node:
    """An entry of what is frozen, each part of it where the decision stands."""
    values = {field: str(name) for field, name in zip(fields, one.names, strict=True)}
    return tree_of({**values, "month": str(one.month), amount: int(one.amount)}, one.place)


def _leaving(one: Made) -> Node:
    system, site, arrival = one.names
    assert isinstance(arrival, Arrival)
    offer = {"offer": arrival.offer} if arrival.offer else {}
    came = {"system": str(system), "site": str(site), "arrived": str(arrival.month)}
    return tree_of({**came, **offer, "month": str(one.month), "systems": int(one.amount)}, one.place)


def _is_over(case: Case, one: Made) -> bool:
    """Whether what leaves does so at the end of its life, and so by itself."""
    system, _, arrival = one.names
    assert isinstance(arrival, Arrival)
    known = case.systems.get(str(system))
    return known is not None and one.month is not None and arrival.month.plus(known.useful_life.months) <= one.month
