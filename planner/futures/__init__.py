"""Futures of a case: what may turn out otherwise, drawn as changes by path, each read and checked as a scenario is."""

from planner.futures.draws import futures_of, one_at_a_time, typical
from planner.futures.future import Drawn, Future
from planner.futures.named import named_futures
from planner.futures.readable import require_readable
from planner.futures.scores import Method

__all__ = [
    "Drawn",
    "Future",
    "Method",
    "futures_of",
    "named_futures",
    "one_at_a_time",
    "require_readable",
    "typical",
]
