"""Rules that files and people know by another name than the code, which has the field's term."""

from __future__ import annotations

TOLD = {
    "aid_intensity": "public_share",
    "claimed_exits": "leave_with_grant",
    "stacking_order": "remainder",
}
"""By the name in the code: the one in workbooks, comparisons, tables and messages."""


def told_rule(rule: str) -> str:
    """The name of a rule in workbooks, comparisons, tables and messages.

    >>> told_rule("aid_intensity"), told_rule("demand")
    ('public_share', 'demand')
    """
    return TOLD.get(rule, rule)
