"""All measures of a case solve the same problem: no value passes the bound of another, and closed gaps agree."""

from __future__ import annotations

from dataclasses import dataclass

TOLERANCE = 1e-5
"""How far a value may pass a bound, as a share: solvers allow rows to be broken by a millionth of their size."""


@dataclass(frozen=True)
class Answer:
    """What one measure found."""

    measure: str
    value: float | None
    """Of the best plan; of the linear programme, its optimum."""
    bound: float | None
    is_plan: bool = True
    """False for the linear programme, whose optimum is a bound alone."""

    @property
    def gap(self) -> float | None:
        """Between plan and bound, as a share of the plan."""
        if not self.is_plan or self.value is None or self.bound is None:
            return None
        return abs(self.bound - self.value) / max(abs(self.value), 1e-9)


def require_agreement(answers: list[Answer], *, maximise: bool) -> None:
    """Holds every plan against every bound.

    Where all close their gap, this says that their values differ by no more than the gap.

    Raises:
        AssertionError: names each pair that cannot both be right.
    """
    sign = 1 if maximise else -1
    complaints = [
        f"{plan.measure} found {plan.value:.9g}, but {other.measure} says that no plan passes {other.bound:.9g}"
        for plan in answers
        for other in answers
        if plan.is_plan and plan.value is not None and other.bound is not None
        if sign * (plan.value - other.bound) > TOLERANCE * max(1.0, abs(plan.value))
    ]
    if complaints:
        raise AssertionError("\n".join(complaints))
