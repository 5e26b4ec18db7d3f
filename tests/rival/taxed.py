"""Random tiny cases under property tax: what other draws give, with a tax on what stands at one site or at both.

The draw of the tax has chances of its own, so that the cases that it is added to stay as they are.
"""

from __future__ import annotations

from random import Random
from typing import Any

from planner.case.case import Case
from planner.case.quantities import Month
from tests.rival.financed import financed_fields
from tests.rival.generator import tiny_fields
from tests.rival.subsidised import subsidised_fields
from tests.rival.supply import Fields

DRAWS = (tiny_fields, financed_fields, subsidised_fields)


def taxed_case(number: int) -> Case:
    """The case of a number."""
    return Case.model_validate(taxed_fields(number))


def taxed_fields(number: int) -> Fields:
    """The same as it would stand in a case file."""
    fields, chance = DRAWS[number % len(DRAWS)](number), Random(f"{number} property tax")
    sites: Fields = fields["sites"]
    taxes: Fields = {}
    for site in sites.values():
        if chance.random() < 0.75 or not taxes:
            name = f"tax-{chance.choice([1, 2])}"
            taxes.setdefault(name, _tax(chance, Month.parse(fields["calendar"]["start"])))
            site["property_tax"] = name
            for entry in site.get("fleet", []):
                if chance.random() < 0.8:
                    entry["acquisition_cost"] = f"{chance.randint(5, 120)} mn JPY"
    fields["finance"]["property_taxes"] = taxes
    fields["name"] = f"taxed-{number}"
    if chance.random() < 0.5:
        years = chance.choice([2, 3, 5, 6])
        fields["finance"].setdefault("depreciation", {})["systems"] = f"{years} years"
    if chance.random() < 0.4:
        fields["finance"].setdefault("depreciation", {})["additions"] = f"{chance.choice([4, 8, 10])} years"
    return fields


def _tax(chance: Random, start: Month) -> Fields:
    """High rates, so that the tax decides; days of assessment all over the year, with or without relief."""
    low, high = (f"{chance.choice([1.4, 3, 6, 12, 20])} %" for _ in range(2))
    tax: dict[str, Any] = {
        "rate": {str(start.plus(-12)): low, str(start.plus(chance.randint(1, 14))): high},
        "valuation": chance.choice(["japan", "japan", "straight_line", "table"]),
        "assessed_in": chance.choice([start.month, chance.randint(1, 12), chance.randint(1, 12)]),
    }
    if tax["valuation"] == "table":
        tax["assessed_shares"] = [{"share": share} for share in chance.choice([[0.9], [0.85, 0.6], [0.9, 0.7, 0.2]])]
    if chance.random() < 0.6:
        lags = sorted(chance.sample(range(24), chance.randint(1, 3)))
        shares = {1: [1.0], 2: [0.25, 0.75], 3: [0.5, 0.25, 0.25]}[len(lags)]
        tax["instalments"] = [{"lag": f"{m} months", "share": part} for m, part in zip(lags, shares, strict=True)]
    if chance.random() < 0.4:
        tax |= {"relief": chance.choice([0.25, 0.5, 1.0]), "relief_years": chance.choice([1, 2])}
    if chance.random() < 0.5:
        tax["least_share"] = chance.choice([0.0, 0.5, 0.7])
    return tax
