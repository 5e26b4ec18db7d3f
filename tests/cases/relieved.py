"""A case in which a programme spares property tax, for figures by hand: money in millions of yen.

As ``cases/taxed.py``, without relief of the tax itself: a town takes half of the tax off what it certifies, at the
first two assessments, and pays nothing. A cube of 100 is taxed 1.1417 at first and 0.720413 a year later, a hall of 40
0.52024.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.taxed import JAPAN, taxed_case

TOWN: dict[str, Any] = {
    "rate": 0,
    "categories": ["systems", "facility"],
    "property_tax_relief": "50 %",
    "relief_years": 2,
}


def relieved_case(*, town: dict[str, Any] | None = None, **changes: Any) -> Case:
    """The case, with changes of the programme and others."""
    terms: dict[str, Any] = {
        "finance__property_taxes": {"japan": JAPAN},
        "programmes": {"town": {**TOWN, **(town or {})}},
    }
    return taxed_case(**{**terms, **changes})
