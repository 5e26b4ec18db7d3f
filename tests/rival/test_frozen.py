"""Planner and witness agree on cases in which something is frozen, and the cases see where a rule is wrong."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from tests.rival import continuous, enumeration, frozen, whole
from tests.rival.frozen_cases import frozen_case
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, sees
from tests.rival.month_mutations import Wrong

TRIED = 36


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_what_is_frozen(first: int) -> None:
    agree_on(frozen_case, range(first, min(first + TERM_CHUNK, TERM_CASES)))


def nothing(*_: object) -> list[str]:
    return []


WRONG: dict[str, Wrong] = {
    "nothing is frozen": lambda: patch.multiple(frozen, purchases_besides=nothing, the_rest=nothing),
    "only what is listed is frozen": lambda: patch.object(frozen, "is_decided_by", lambda *_: False),
    "exits and programmes are free": lambda: patch.object(frozen, "the_rest", nothing),
    "claims and loans are free": lambda: patch.object(continuous, "frozen_rows", lambda *_: None),
    "all of the horizon is frozen": lambda: patch.object(frozen, "is_decided_by", lambda *_: True),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_what_is_frozen_is_seen(name: str) -> None:
    assert enumeration.frozen_faults is whole.frozen_faults
    assert any(sees(frozen_case, number, WRONG[name]) for number in range(TRIED)), name
