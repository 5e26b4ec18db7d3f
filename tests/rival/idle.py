"""Random tiny cases in which cash earns interest: that is drawn by a chance of its own, for those that are known."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.covenanted import balanced_case
from tests.rival.financed import financed_fields


def idle_case(number: int, most_plans: int = 300) -> Case:
    """The case of a number."""
    chance = Random(f"idle-{number}")
    if number % 2:
        fields = balanced_case(number, most_plans).model_dump(mode="json", by_alias=True)
    else:
        fields = financed_fields(number, most_plans)
    first, later = (f"{chance.choice([0, 0.5, 2, 6, 15])} %" for _ in range(2))
    start = fields["calendar"]["start"]
    fields["finance"]["interest_on_cash"] = {start: first, f"{int(start[:4]) + 1}{start[4:]}": later}
    return Case.model_validate(fields)
