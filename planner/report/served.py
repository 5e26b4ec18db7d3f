"""What of the demand is served, and what stays unmet: averages over the hours of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from planner.case.workload import Metric
from planner.outcome import Outcome
from planner.vocabulary.keys import Demand

METRICS: tuple[str, ...] = get_args(Metric)


@dataclass(frozen=True)
class Served:
    """One workload; amounts in its metric, on average over all hours of the plan."""

    workload: str
    metric: str
    asked: float
    unmet: float

    @property
    def served(self) -> float:
        """What is served."""
        return self.asked - self.unmet

    @property
    def metric_words(self) -> str:
        """The metric in words."""
        return metric_words(self.metric)

    @property
    def share(self) -> float:
        """What is served of what is asked for."""
        return self.served / self.asked


def metric_words(metric: str) -> str:
    """A metric as it stands behind a number.

    >>> metric_words("bf16_pflops"), metric_words("accelerators")
    ('dense BF16 PFLOPS', 'accelerators')
    """
    precision, _, unit = metric.partition("_")
    return f"dense {precision.upper()} {unit.upper()}" if unit else metric


def with_metrics(text: str) -> str:
    """A text of the case in which metrics are called as people call them.

    >>> with_metrics("7000 bf16_pflops")
    '7000 BF16 PFLOPS'
    """
    for metric in METRICS:
        if metric.endswith("pflops"):
            text = text.replace(metric, metric.upper().replace("_", " "))
    return text


def served(outcome: Outcome) -> Iterator[Served]:
    """Every workload for which there is any demand, in the order of the case."""
    calendar, unmet = outcome.case.calendar, outcome.audit.quantities.unmet
    total = sum(calendar.hours)
    for name, workload in outcome.case.workloads.items():
        asked = [workload.amount.at(month) or 0.0 for month in calendar.starts]
        mean = sum(a * h for a, h in zip(asked, calendar.hours, strict=True)) / total
        if mean > 0:
            left = sum(max(0.0, unmet.get(Demand(name, t), 0.0)) * h for t, h in enumerate(calendar.hours)) / total
            yield Served(name, workload.metric, mean, min(left, mean))
