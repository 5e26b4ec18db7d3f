"""What can go wrong, said once: what was found, where it stands, why it is refused, and the likely remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EXIT_PLAN = 0
"""A verified plan."""
EXIT_ANSWER_IS_NO = 1
"""An answer that is not a plan: proven infeasible, or a check failed."""
EXIT_BAD_INPUT = 2
"""Bad input or usage; nothing was written."""
EXIT_NO_PROOF = 3
"""No proof within the limit."""
EXIT_CANNOT_WRITE = 4
"""The result could not be written."""
EXIT_STOPPED = 130
"""Stopped by Ctrl-C, as shells count it."""

_LONGEST_LINE = 2_000
"""Letters of one line of a message."""


@dataclass(frozen=True, order=True)
class Place:
    """Where a figure stands: a file and a line (or a workbook sheet and cell)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake in an input: where, which field, what was found, what is allowed, and the likely fix."""

    place: Place
    field: str
    found: str
    allowed: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.field}: {self.found}" if self.field else f"{self.place}: {self.found}"]
        if self.allowed:
            lines.append(f"    allowed: {self.allowed}")
        if self.remedy:
            lines.append(f"    fix: {self.remedy}")
        return "\n".join(visible(line) for line in lines)


@dataclass(frozen=True, order=True)
class Caution:
    """Something in an input that is allowed and most likely not meant: where, what it is, why it matters, the fix."""

    place: Place
    field: str
    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.field}: {self.what}", f"    why: {self.why}", f"    fix: {self.remedy}"]
        return "\n".join(visible(line) for line in lines)


def number_of_warnings(cautions: Sequence[Caution]) -> str:
    """How many warnings there are, in words."""
    return "1 warning" if len(cautions) == 1 else f"{len(cautions)} warnings"


def warnings_words(cautions: Sequence[Caution]) -> str:
    """Warnings as they are told, with their number; nothing where there are none."""
    if not cautions:
        return ""
    return f"{number_of_warnings(cautions)} about the input:\n" + "\n".join(str(caution) for caution in cautions)


def visible(line: str) -> str:
    """A line with escapes for what no terminal shows, or would obey, and not endless: a message may quote anything."""
    line = line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 3]}..."
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)


class PlannerError(Exception):
    """Base of every error that the program raises on purpose; carries the exit status of the command."""

    exit_status = EXIT_ANSWER_IS_NO


class InputError(PlannerError):
    """The input is refused; holds every fault found, in the order of their places."""

    exit_status = EXIT_BAD_INPUT

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        count = len(self.faults)
        head = "1 mistake" if count == 1 else f"{count} mistakes"
        super().__init__(f"{head} in the input:\n" + "\n".join(str(fault) for fault in self.faults))


class WarnedError(PlannerError):
    """The input is right as far as it goes, and warned about, and the command was asked to refuse that."""

    exit_status = EXIT_BAD_INPUT

    def __init__(self, cautions: Sequence[Caution]) -> None:
        super().__init__(f"{warnings_words(cautions)}\nrefused, since --strict makes warnings errors")


class NoPlanError(PlannerError):
    """It is proven that no plan satisfies all statements of the case."""

    exit_status = EXIT_ANSWER_IS_NO


class NoProofError(PlannerError):
    """The limit was reached before anything was proven or found."""

    exit_status = EXIT_NO_PROOF


class AuditError(PlannerError):
    """The plan and the case disagree: a defect of the program, never reported as a plan."""

    exit_status = EXIT_ANSWER_IS_NO


class ScalingError(PlannerError):
    """The figures of the case span a range that the solver cannot hold."""

    exit_status = EXIT_BAD_INPUT


class WriteError(PlannerError):
    """A result could not be written; what stood there before is unchanged."""

    exit_status = EXIT_CANNOT_WRITE
