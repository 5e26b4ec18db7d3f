"""Random tiny cases that are about how cost is written off: methods, tables, and additions apart from systems."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.subsidised import subsidised_fields
from tests.rival.supply import Fields

TABLES = ([0.6, 0.4], [0.5, 0.3, 0.2], [0.1, 0.2, 0.3, 0.4], [1.0])


def wearing_case(number: int) -> Case:
    """The case of a number: one of programmes or of value, in which nothing is written off in a straight line alone."""
    return Case.model_validate(wearing_fields(number))


def wearing_fields(number: int) -> Fields:
    """The same as it would stand in a case file."""
    chance = Random(f"{number} depreciation")
    fields = (subsidised_fields if chance.random() < 0.5 else financed_fields)(number)
    finance, said = fields["finance"], dict[str, object]()
    for site in fields["sites"].values():
        for fleet in site.get("fleet", []):
            fleet["book_value"] = fields["systems"][fleet["system"]]["price"]["typical"]
    finance.setdefault("tax", {"rate": "30 %", "payment_lag": "2 months"})
    _kind(
        chance,
        said,
        "systems",
        chance.choice(["declining_balance", "declining_balance", "declining_balance", "macrs", "table"]),
    )
    _kind(chance, said, "facility", chance.choice(["straight_line", "declining_balance", "macrs", "table"]))
    if chance.random() < 0.5:
        _kind(chance, said, "additions", chance.choice(["straight_line", "declining_balance", "macrs", "table"]))
    finance["depreciation"] = said
    for hall in fields.get("expansions", {}).values():
        hall.pop("depreciation_life", None)
        if said["facility_method"] in ("straight_line", "declining_balance") and chance.random() < 0.5:
            hall["depreciation_life"] = f"{chance.choice([2, 3, 10])} years"
    if chance.random() < 0.7:
        finance["asset_grants"] = "reduce_book_value"
    return fields


def _kind(chance: Random, said: dict[str, object], kind: str, method: str) -> None:
    said[f"{kind}_method"] = method
    if method == "table":
        said[f"{kind}_table"] = [{"share": share} for share in chance.choice(TABLES)]
    elif method == "macrs":
        said[kind] = f"{chance.choice([5, 5, 15])} years"
    else:
        said[kind] = f"{chance.choice([2, 3, 3, 3, 4, 5, 6, 10])} years"


def apart_case(number: int) -> Case:
    """The same, in which what is drawn there holds for tax alone, and the books have a way of their own."""
    fields = wearing_fields(number)
    chance, finance, said = Random(f"{number} tax depreciation"), fields["finance"], dict[str, object]()
    finance["tax"]["depreciation"] = finance["depreciation"]
    _kind(chance, said, "systems", chance.choice(["straight_line", "straight_line", "declining_balance", "table"]))
    _kind(chance, said, "facility", chance.choice(["straight_line", "declining_balance"]))
    if chance.random() < 0.3:
        _kind(chance, said, "additions", chance.choice(["straight_line", "macrs"]))
    finance["depreciation"] = said
    return Case.model_validate(fields)


def credited_case(number: int) -> Case:
    """The same with a tax credit in it that lowers what may be written off for tax."""
    chance = Random(f"{number} basis reduction")
    while True:
        fields = apart_case(number).model_dump(by_alias=True, exclude_unset=True)
        credits = [one for one in fields["programmes"].values() if one.get("kind") == "tax_credit"]
        if credits:
            for one in credits:
                one["basis_reduction"] = chance.choice([0.5, 0.5, 1.0, 0.2])
            return Case.model_validate(fields)
        number += 1000
