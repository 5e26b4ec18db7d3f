"""A figure that may change with time: one value, or steps that each hold from their month until the next."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from planner.case.quantities import Month

ALWAYS = Month(0)


class Timeline[T]:
    """A step function of the month.

    Written as one value that always holds, or as a group ``{2024-04: value, 2026-04: value}``.

    >>> Timeline({Month.of(2024, 4): 1.0, Month.of(2026, 4): 2.0}).at(Month.of(2026, 3))
    1.0
    """

    __slots__ = ("steps",)

    def __init__(self, steps: dict[Month, T]) -> None:
        self.steps: tuple[tuple[Month, T], ...] = tuple(sorted(steps.items(), key=lambda step: step[0]))

    @classmethod
    def constant(cls, value: T) -> Timeline[T]:
        """A figure that never changes."""
        return cls({ALWAYS: value})

    @property
    def is_constant(self) -> bool:
        """Whether one value always holds."""
        return len(self.steps) == 1 and self.steps[0][0] == ALWAYS

    def at(self, month: Month) -> T | None:
        """The value that holds in ``month``; None before the first step."""
        index = bisect_right(self.steps, int(month), key=lambda step: int(step[0]))
        return self.steps[index - 1][1] if index else None

    def values(self) -> list[T]:
        """All values, in the order of their months."""
        return [value for _, value in self.steps]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeline) and self.steps == other.steps

    def __hash__(self) -> int:
        return hash(self.steps)

    def __repr__(self) -> str:
        return f"Timeline({dict(self.steps)!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        (item,) = get_args(source) or (Any,)
        one = handler.generate_schema(item)
        steps = core_schema.dict_schema(handler.generate_schema(Month), handler.generate_schema(item), min_length=1)

        def choose(value: object) -> str:
            return "steps" if isinstance(value, dict) else "one"

        def build(value: object) -> Timeline[Any]:
            return Timeline(value) if isinstance(value, dict) else Timeline.constant(value)

        def serialise(timeline: Timeline[Any], write: core_schema.SerializerFunctionWrapHandler) -> Any:  # noqa: ANN401
            if timeline.is_constant:
                return write(timeline.steps[0][1])
            return {str(month): write(value) for month, value in timeline.steps}

        union = core_schema.tagged_union_schema({"one": one, "steps": steps}, choose)
        return core_schema.no_info_wrap_validator_function(
            lambda value, validate: value if isinstance(value, Timeline) else build(validate(value)),
            union,
            serialization=core_schema.wrap_serializer_function_ser_schema(serialise, schema=one),
        )
