"""Random tiny cases about the terms of loans: those about value, with terms drawn from a chance of their own."""

from __future__ import annotations

from random import Random

from planner.case.calendar import MONTHS_PER_PERIOD
from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.supply import Fields


def lent_case(number: int, most_plans: int = 1000) -> Case:
    """The case about value of a number, whose loans are repaid in other ways."""
    fields = financed_fields(number, most_plans)
    months = MONTHS_PER_PERIOD[fields["calendar"]["period"]]
    for name, loan in fields["finance"]["loans"].items():
        repayment(loan, months, Random(f"repayment of {name} {number}"))
    return Case.model_validate(fields | {"name": f"lent-{number}"})


def repayment(loan: Fields, months: int, chance: Random) -> None:
    """Draws how a loan is repaid; all kinds of terms end within the horizon in a good part of the cases."""
    term = chance.choice([months, 2 * months, 3 * months, 3 * months + 1, 60])
    loan |= {"term": f"{term} months", "repayment": chance.choice(["at_end", "equal_parts", *["level_payment"] * 3])}
    if chance.random() < 0.5:
        loan["grace"] = f"{min(term, chance.choice([1, months, months, 2 * months, months + 1]))} months"
    if loan["repayment"] != "at_end" and chance.random() < 0.4:
        loan["balloon"] = chance.choice(["20 %", 0.5, "100 %"])
