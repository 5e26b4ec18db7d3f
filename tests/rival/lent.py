"""Random tiny cases about the terms of loans: those about value, with terms drawn from a chance of their own."""

from __future__ import annotations

from random import Random

from planner.case.calendar import MONTHS_PER_PERIOD
from planner.case.case import Case
from planner.case.quantities import Month
from tests.rival.financed import financed_fields
from tests.rival.supply import Fields


def lent_case(number: int, most_plans: int = 1000) -> Case:
    """The case about value of a number, whose loans are repaid in other ways."""
    fields = financed_fields(number, most_plans)
    months = MONTHS_PER_PERIOD[fields["calendar"]["period"]]
    for name, loan in fields["finance"]["loans"].items():
        repayment(loan, months, Random(f"repayment of {name} {number}"))
        fees(loan, Random(f"fees of {name} {number}"))
        capitalised(loan, Month.parse(fields["calendar"]["start"]), Random(f"interest of {name} {number}"))
    chance = Random(f"covenants of lenders {number}")
    if chance.random() < 0.3:
        fields["calendar"]["fiscal_year_start_month"] = int(fields["calendar"]["start"][-2:])
        fields["finance"]["covenants"] = {"least_debt_service_cover": chance.choice([0.8, 1.25, 2, 5])}
    return Case.model_validate(fields | {"name": f"lent-{number}"})


def repayment(loan: Fields, months: int, chance: Random) -> None:
    """Draws how a loan is repaid; all kinds of terms end within the horizon in a good part of the cases."""
    term = chance.choice([months, 2 * months, 3 * months, 3 * months + 1, 60])
    loan |= {"term": f"{term} months", "repayment": chance.choice(["at_end", "equal_parts", *["level_payment"] * 3])}
    if chance.random() < 0.5:
        loan["grace"] = f"{min(term, chance.choice([1, months, months, 2 * months, months + 1]))} months"
    if loan["repayment"] != "at_end" and chance.random() < 0.4:
        loan["balloon"] = chance.choice(["20 %", 0.5, "100 %"])


def fees(loan: Fields, chance: Random) -> None:
    """Draws what is paid for a draw, and for what is not drawn."""
    if chance.random() < 0.4:
        loan["arrangement_fee"] = chance.choice(["1 %", "3 %", "10 %"])
    if chance.random() < 0.4:
        loan["commitment_fee"] = chance.choice(["0.5 %", "2 %", "10 %"])


def capitalised(loan: Fields, start: Month, chance: Random) -> None:
    """Draws until when interest is added to what is owed: before anything falls due."""
    grace = loan["term"] if loan["repayment"] == "at_end" else loan.get("grace", "0 months")
    months = min(int(grace.split()[0]), chance.choice([3, 7, 12, 24]))
    if months and chance.random() < 0.6:
        loan["interest_capitalised_until"] = str(start.plus(months - 1))
