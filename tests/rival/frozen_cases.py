"""Cases in which something is frozen, repeatable by number."""

from __future__ import annotations

from functools import cache
from random import Random

from planner.case.case import Case
from planner.decisions import Decisions
from tests.decided import plan_laid_flat
from tests.rival.arrivals import arrival_month
from tests.rival.books import Books
from tests.rival.generator import tiny_fields
from tests.rival.known import witnessed
from tests.rival.supply import Fields

OFTEN = 0.5
"""How often a decision of the best plan is changed before it is frozen, or one that was not made is."""
SELDOM = 0.3
"""How often all that the best plan had not decided is left out for good."""


@cache
def plain_case(number: int) -> Case:
    """The same case in which nothing is frozen."""
    return Case.model_validate(tiny_fields(number))


def frozen_case(number: int) -> Case:
    """The case of a number, frozen up to some month: mostly nearly as in its best plan, else a little at random."""
    chance, figures = Random(f"frozen {number}"), Books(plain_case(number))
    _, witness = witnessed(plain_case, number)
    plan = plan_laid_flat(Decisions() if witness is None else witness.decisions)
    last, starts = chance.randrange(len(figures.starts)), figures.starts
    later = chance.choice([0, 0, figures.calendar.months_per_period - 1])
    frozen: Fields = {"until": str(starts[last].plus(later))}
    orders = [(key, plan.order.get(key, 0)) for key in sorted(figures.orders) if key[2] <= last]  # type: ignore[call-overload]
    frozen["orders"] = [
        {"offer": offer, "site": site, "month": str(starts[t]), "systems": units}
        for (offer, site, t), made in orders
        if (units := nearly(chance, made)) or chance.random() < OFTEN
    ]
    blocks = [(key, plan.expand.get(key, 0)) for key in sorted(figures.blocks) if key[1] <= last]  # type: ignore[call-overload]
    frozen["blocks"] = [
        {"expansion": name, "month": str(starts[t]), "blocks": units}
        for (name, t), made in blocks
        if (units := nearly(chance, made)) or chance.random() < OFTEN
    ]
    frozen["exits"] = exits(figures, plan, last, chance)
    joinable = [name for name in figures.case.programmes if figures.must_join(name)]
    frozen["programmes"] = {
        name: bool(plan.join.get(name)) != (chance.random() < OFTEN) for name in joinable if chance.random() < OFTEN
    }
    frozen |= money(figures, plan, last, chance)
    frozen["complete"] = chance.random() < SELDOM
    return Case.model_validate(tiny_fields(number) | {"frozen": frozen})


def money(figures: Books, plan: Decisions, last: int, chance: Random) -> Fields:
    """Claims, draws and repayments of the best plan, some of them, mostly as they are."""
    currency, starts = figures.case.finance.currency, figures.starts
    found: Fields = {"claims": [], "draws": [], "repayments": []}
    for (programme, name, site, t), units in plan.claim.items():  # type: ignore[misc]  # keys laid flat
        if t <= last and chance.random() < OFTEN:
            of = {"programme": programme, "investment": name, "site": site, "month": str(starts[t])}
            found["claims"].append(of | {"units": units * chance.choice([1, 1, 1, 0.5])})
    for field, table in (("draws", plan.draw), ("repayments", plan.repay)):
        for (loan, t), amount in table.items():
            if t <= last and amount > 1 and chance.random() < OFTEN:
                asked = f"{amount * chance.choice([1, 1, 1, 0.5])!r} {currency}"
                found[field].append({"loan": loan, "month": str(starts[t]), "money": asked})
    return found


def nearly(chance: Random, made: int) -> int:
    """A number that is near the one of the best plan, mostly it."""
    return max(0, made + chance.choice([0, 0, 0, 0, 0, 0, 0, 1, -1]))


def exits(figures: Books, plan: Decisions, last: int, chance: Random) -> list[Fields]:
    """Exits of the best plan that are early, and some of what stands there, each perhaps with another number."""
    made = {key[:3]: (key[3], units) for key, units in plan.exit.items()}  # type: ignore[index]  # keys laid flat
    for vintage, units in figures.fleet.items():
        if vintage not in made and chance.random() < OFTEN:
            made[vintage] = (chance.randrange(last + 1), min(1, units))
    found = []
    for (system, site, arrival), (t, units) in made.items():
        is_early = t < figures.life_end(system, arrival) and t in figures.exit_periods(system, arrival)
        if t <= last and is_early and chance.random() < OFTEN:
            month, _, offer = arrival.partition(" ")
            came: Fields = {"arrived": str(arrival_month(month)), **({"offer": offer} if offer else {})}
            leaving = {"month": str(figures.starts[t]), "systems": nearly(chance, units)}
            found.append({"system": system, "site": site, **came, **leaving})
    return found
