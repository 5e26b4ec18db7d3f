"""Random tiny cases about what blocks are worth at the end, and about blocks that retire before it.

What is drawn has chances of its own, so that the cases that it is added to stay as they are.
"""

from __future__ import annotations

from random import Random

from planner.case.calendar import MONTHS_PER_PERIOD
from planner.case.case import Case
from tests.rival.generator import tiny_fields
from tests.rival.supply import Fields
from tests.rival.taxed import taxed_fields
from tests.rival.wearing import wearing_fields

ROOM: Fields = {"power": "20 kW"}
DRAWS = (wearing_fields, tiny_fields, taxed_fields)


def retiring_case(number: int) -> Case:
    """The case of a number: one of depreciation, of property tax or of neither, whose blocks have a life."""
    fields, chance = DRAWS[number % len(DRAWS)](number), Random(f"{number} life of blocks")
    months = MONTHS_PER_PERIOD[fields["calendar"]["period"]]
    finance: Fields = fields["finance"]
    finance["discount_rate"] = chance.choice([0, "5 %", "12 %"])
    finance["terminal_value"] = chance.random() < 0.8
    for programme in fields.get("programmes", {}).values():
        if "facility" in programme["categories"] and "retention" in programme:
            programme["retention"] = f"{months} months"  # blocks stay as long as a programme asks
    site = chance.choice(sorted(fields["sites"]))
    for hall in fields.setdefault("expansions", {"hall": {"site": site, "adds": ROOM, "blocks": 1}}).values():
        if chance.random() < 0.75:
            lives = [months, months, 2 * months, months + 1]
            hall["useful_life"] = f"{chance.choice(lives)} months"
        hall.pop("terminal_life", None)
        if chance.random() < 0.8:
            life = int(hall["useful_life"].split()[0]) if "useful_life" in hall else 5 * months
            hall["terminal_life"] = f"{chance.choice([life, life, max(1, life - months // 2), (life + 1) // 2])} months"
            hall["terminal_method"] = chance.choice(["annuity", "annuity", "straight_line"])
        if chance.random() < 0.8 or "capex" not in hall:
            _is_needed(fields["sites"], hall, chance)
    return Case.model_validate(fields | {"name": f"retiring-{number}"})


def _is_needed(sites: Fields, hall: Fields, chance: Random) -> None:
    """Leaves sites without room of their own, and makes blocks cheap, and soon there."""
    for site in sites.values():
        if "fleet" not in site:
            site["capacity"]["power"] = "0 kW"
    hall |= {"capex": f"{chance.choice([1, 3, 8])} mn JPY", "lead_time": f"{chance.choice([0, 1])} months"}
    hall.pop("start_window", None)
