"""Clawback: what a grant asks back."""

from __future__ import annotations


def clawback_share(age_months: int, retention_months: int, *, whole: bool) -> float:
    """The share of a grant that goes back when what it paid for leaves at an age: ``(retention - age) / retention``.

    All of it where the terms ask for the ``whole`` grant, nothing once the retention has ended. Unit: share. Source:
    usual terms of subsidies for what is disposed of within its restricted period; in Japan such a period follows from
    art. 22 of the act on the proper execution of the budget for subsidies.

    >>> clawback_share(15, 60, whole=False), clawback_share(15, 60, whole=True)
    (0.75, 1.0)
    >>> clawback_share(60, 60, whole=True)
    0.0
    """
    if age_months >= retention_months:
        return 0.0
    return 1.0 if whole else (retention_months - age_months) / retention_months
