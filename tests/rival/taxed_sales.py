"""Random tiny cases with consumption tax and duties, on top of the other cases; some with terms of payment as well."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.generator import tiny_fields
from tests.rival.on_credit import with_credit
from tests.rival.supply import Fields


def case_with_tax_on_sales(number: int) -> Case:
    """The tiny or financed case of a number, with a consumption tax and duties of its own chance."""
    fields = (financed_fields if number % 2 else tiny_fields)(number)
    chance = Random(f"consumption tax {number}")
    fields["finance"]["consumption_tax"] = terms(fields, chance)
    for offer in fields["offers"].values():
        if chance.random() < 0.4:
            offer["import_duty"] = chance.choice([0.05, "10 %", 0])
    _by_month(fields, Random(f"duty by month {number}"))
    if chance.random() < 0.5:
        fields = with_credit(fields, chance)
    return Case.model_validate(fields)


def _by_month(fields: Fields, chance: Random) -> None:
    """Some duties change with the month of the order: a programme exempts for a time."""
    start = Case.model_validate(fields).calendar.start
    for offer in fields["offers"].values():
        if "import_duty" in offer and chance.random() < 0.8:
            months = [start, start.plus(chance.choice([1, 3, 6])), start.plus(12)]
            offer["import_duty"] = {str(month): chance.choice([0, "25 %", 0.1]) for month in months}


def terms(fields: Fields, chance: Random) -> Fields:
    """A rate that may change, any tax period, and shares that bear the tax."""
    start = Case.model_validate(fields).calendar.start
    later = str(start.plus(chance.choice([4, 7, 13])))
    rate = {str(start.plus(-12)): "8 %", later: chance.choice(["10 %", "20 %", "0 %"])}
    found: Fields = {
        "rate": chance.choice(["10 %", "25 %", rate]),
        "tax_period": chance.choice(["1 month", "3 months", "1 year"]),
        "settlement_lag": f"{chance.choice([0, 1, 2, 2, 5])} months",
        "deduction_lag": f"{chance.choice([0, 0, 1, 6, 40])} months",
    }
    for field in ("sales", "investment", "energy", "rent", "operations", "maintenance", "selling_costs"):
        if chance.random() < 0.4:
            found[f"taxed_{field}"] = chance.choice([0, 0.3, "50 %", 1])
    return found
