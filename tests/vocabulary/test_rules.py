"""Names of rules as files and people have them, beside those of the code."""

from __future__ import annotations

from planner.model.rules import RULES
from planner.vocabulary.decisions import STORED
from planner.vocabulary.rules import TOLD, told_rule


def test_every_rule_with_another_name_is_a_rule() -> None:
    rules = [rule.__name__ for rule in RULES]
    assert TOLD.keys() <= {*rules}
    assert len({told_rule(rule) for rule in rules}) == len(rules), "two rules are told by one name"


def test_files_keep_the_names_that_they_have_always_had() -> None:
    assert [one.stored_as for one in STORED.values()] == [
        "order", "expand", "exit", "serve", "failover", "claim", "draw", "repay", "leave", "both", "leave_both",
        "credit", "dividend", "join",
    ]  # fmt: skip
    assert TOLD == {"aid_intensity": "public_share", "claimed_exits": "leave_with_grant", "stacking_order": "remainder"}
