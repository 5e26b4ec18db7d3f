"""What must hold of any case with further terms of cost: less of a cost never hurts, and units never matter."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from tests.rival.costly import TERMS, costly_fields
from tests.rival.currency import restated
from tests.whole.test_properties import Fields, drop, each, not_worse, objective_of, planned, whole_numbers

NUMBERS = range(400, 408)


def _at_full_price(system: Fields) -> None:
    """Used it fetches what a new one costs, whatever the market."""
    system |= {"resale": [{"age": "0 months", "share": 1}], "resale_factor": 1}


def _later(noun: Fields) -> None:
    """All is paid a month later; what it costs then is no more as long as its currency has one price."""
    for one in noun["payment"].get("instalments", []):
        if "advance" not in one:
            one["lag"] = f"{int(one['lag'].split()[0]) + 1} months"


LOOSER: dict[str, Callable[[Fields], object]] = {
    "selling costs": each("workloads", drop("selling_costs")),
    "maintenance by age": each("systems", lambda one: one.update(maintenance_per_year="1 %")),
    "resale": lambda fields: [fields["finance"].pop("resale_factor", None), each("systems", _at_full_price)(fields)],
    "instalments": lambda fields: [each(nouns, _later)(fields) for nouns in ("offers", "expansions")],
}
"""What takes each term away, or makes it milder."""


@pytest.mark.parametrize("term", LOOSER)
def test_less_of_a_cost_never_hurts(term: str) -> None:
    better = 0
    for number in NUMBERS:
        fields = costly_fields(term, number)
        looser = copy.deepcopy(fields)
        LOOSER[term](looser)
        before, after = objective_of(planned(fields)), objective_of(planned(looser))
        assert not_worse(after, before), fields["name"]
        better += after > before
    assert better >= 1


@pytest.mark.parametrize("term", TERMS)
def test_units_never_change_a_plan(term: str) -> None:
    for number in NUMBERS:
        fields = costly_fields(term, number)
        before, after = planned(fields), planned(restated(fields, "USD", 128.0))
        assert (before is None) == (after is None), fields["name"]
        if before is not None and after is not None:
            assert whole_numbers(after) == whole_numbers(before), fields["name"]
