"""Random tiny cases whose losses lapse: the draws about value, with losses of earlier years and chances of its own."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.supply import Fields


def lapsing_case(number: int) -> Case:
    """The case of a number."""
    return Case.model_validate(lapsing_fields(number))


def lapsing_fields(number: int) -> Fields:
    """The same as it would stand in a case file."""
    fields, chance = financed_fields(number), Random(f"{number} losses lapse")
    finance: Fields = fields["finance"]
    tax = finance.setdefault("tax", {"rate": "30 %", "payment_lag": "2 months"})
    year, month = (int(part) for part in fields["calendar"]["start"].split("-"))
    first = year if month >= fields["calendar"]["fiscal_year_start_month"] else year - 1
    tax.pop("opening_loss", None)
    tax["loss_years"] = years = chance.choice([1, 1, 2, 3])
    tax["loss_use_limit"] = chance.choice([0.3, 0.5, 1.0])
    made = [first - back for back in range(1, years + 1) if chance.random() < 0.7]
    tax["opening_losses"] = {f"FY{one}": f"{chance.randint(5, 80)} mn JPY" for one in made}
    if chance.random() < 0.5:
        finance.setdefault("depreciation", {})["systems"] = f"{chance.choice([6, 12, 24])} months"
    fields["name"] = f"lapsing-{number}"
    return fields
