"""Decisions about programmes that the case does not know or allow, and overlaps that cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.errors import AuditError
from planner.vocabulary.decisions import STORED
from tests.audit.cubes import A_CUBE, TAXED, both_leave, broken, credited, with_credit
from tests.cases.toy import programme, toy
from tests.decided import with_tables

GOOD_CASE, GOOD = both_leave(overlap_exit=1, overlap=2)
PAIR = ("ministry", "prefecture", *A_CUBE)
ILL_FORMED: dict[str, tuple[str, Any, float]] = {
    "both under an unknown programme": ("overlap", ("luck", "prefecture", *A_CUBE), 1.0),
    "both with an unknown one before": ("overlap", ("ministry", "luck", *A_CUBE), 1.0),
    "both the wrong way round": ("overlap", ("prefecture", "ministry", *A_CUBE), 1.0),
    "both at an unknown site": ("overlap", (*PAIR[:3], "moon", 0), 1.0),
    "both of an unknown offer": ("overlap", (*PAIR[:2], "luck", "east", 0), 1.0),
    "both after the end": ("overlap", (*PAIR[:4], 3), 1.0),
    "a negative number of both": ("overlap", PAIR, -1.0),
    "both that is not a number": ("overlap", PAIR, float("nan")),
    "overlap_exit the wrong way round": ("overlap_exit", ("prefecture", "ministry", *A_CUBE, 1), 1.0),
    "overlap_exit under an unknown programme": ("overlap_exit", ("luck", "prefecture", *A_CUBE, 1), 1.0),
    "overlap_exit as it arrives": ("overlap_exit", (*PAIR, 0), 1.0),
    "overlap_exit after the end": ("overlap_exit", (*PAIR, 3), 1.0),
    "overlap_exit of an unknown site": ("overlap_exit", (*PAIR[:3], "moon", 0, 1), 1.0),
    "a negative number in overlap_exit": ("overlap_exit", (*PAIR, 1), -1.0),
    "credit under an unknown programme": ("credit", ("luck", 2025), 1.0),
    "credit under a grant": ("credit", ("ministry", 2025), 1.0),
    "credit of another year": ("credit", ("law", 2028), 1.0),
    "a negative credit": ("credit", ("law", 2025), -1.0),
    "an endless credit": ("credit", ("law", 2025), float("inf")),
}


@pytest.mark.parametrize("fault", ILL_FORMED)
def test_ill_formed_decisions_are_refused(fault: str) -> None:
    kind, key, amount = ILL_FORMED[fault]
    law = toy(**TAXED, programmes={"law": programme(0.1, kind="tax_credit")})
    case = GOOD_CASE.model_copy(
        update={"programmes": {**GOOD_CASE.programmes, **law.programmes}, "finance": law.finance}
    )
    assert audit(case, GOOD).broken == ()
    spoilt = with_tables(GOOD, **{kind: {**getattr(GOOD, kind), key: amount}})
    with pytest.raises(
        AuditError, match=f"{STORED[kind].stored_as} |zero or more" if 0 <= amount < float("inf") else "zero or more"
    ):
        audit(case, spoilt)


def test_no_credit_without_tax() -> None:
    case = credited().model_copy(update={"finance": toy().finance})
    with pytest.raises(AuditError, match="credit law, 2025: no tax"):
        audit(case, with_credit(y2025=10))


SPOILT: dict[str, tuple[str, Any, float]] = {
    "less is both": ("overlap", PAIR, 1.9),
    "more is both": ("overlap", PAIR, 2.1),
    "less of both leaves": ("overlap_exit", (*PAIR, 1), 0.9),
    "more of both leaves": ("overlap_exit", (*PAIR, 1), 1.1),
    "both leave a year later": ("overlap_exit", (*PAIR, 2), 1.0),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_spoilt_overlaps_break_the_rule_of_the_remainder(fault: str) -> None:
    kind, key, amount = SPOILT[fault]
    spoilt = with_tables(GOOD, **{kind: {**getattr(GOOD, kind), key: amount}})
    assert "stacking_order" in broken(GOOD_CASE, spoilt)
