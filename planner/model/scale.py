"""Rows that switch something off with a large number, in a size that the solver can hold."""

from __future__ import annotations

import math

LARGEST_PLAIN = 1e5
"""Up to this size a number may stand beside ones in a row."""


def row_scale(largest: float) -> float:
    """A power of ten by which a row is multiplied so that a large number and the ones beside it meet halfway.

    >>> row_scale(20_000.0), row_scale(4e8)
    (1.0, 0.0001)
    """
    return 1.0 if largest <= LARGEST_PLAIN else float(10.0 ** -round(math.log10(largest) / 2))
