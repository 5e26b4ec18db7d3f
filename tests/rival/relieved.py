"""Random tiny cases in which programmes spare property tax: those about property tax, most of them with programmes.

What is drawn has chances of its own, so that the cases that it is added to stay as they are.
"""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.supply import Fields
from tests.rival.taxed import taxed_fields


def relieved_case(number: int) -> Case:
    """The case of a number: a programme of the case spares tax, or one that gives nothing else does, or both do."""
    fields, chance = taxed_fields(2 * number + number % 2), Random(f"{number} relief of programmes")
    for tax in fields["finance"]["property_taxes"].values():
        tax.pop("relief", None)
        tax.pop("relief_years", None)
    programmes: Fields = fields.setdefault("programmes", {})
    giving = chance.sample(sorted(programmes), min(len(programmes), chance.choice([0, 1, 1])))
    if not giving or chance.random() < 0.4:
        programmes["town"] = _town(chance) | {"excludes": giving}
        giving.append("town")
    for name in giving:
        programmes[name] |= {
            "property_tax_relief": chance.choice([0.5, 1.0, "75 %"]),
            "relief_years": chance.choice([1, 1, 2, 3]),
        }
    return Case.model_validate(fields | {"name": f"relieved-{number}"})


def _town(chance: Random) -> Fields:
    """A programme that spares property tax and pays nothing; some ask for so much investment, or to stay so long."""
    categories = chance.choice([["systems"], ["systems", "additions"], ["systems", "additions", "facility"]])
    town: Fields = {"rate": 0, "categories": categories}
    if chance.random() < 0.3:
        town["eligible_share"] = 0.6
    if chance.random() < 0.3:
        town["minimum_investment"] = f"{chance.choice([50, 150])} mn JPY"
    if chance.random() < 0.3:
        town |= {"retention": f"{chance.choice([6, 12, 24])} months"}
    return town
