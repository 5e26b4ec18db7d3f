"""Throughput with sparsity where dense throughput is asked for: twice what a system of that size does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import get_args

from planner.case.system import Precision, System
from planner.cautions.subject import Doubt, Subject
from planner.reading.case.catalogue import packaged_systems

SPARSE = 2.0
"""How many times its dense throughput a maker states for matrices half of which are zeros."""
ALIKE = 0.01
"""How far twice a dense figure may be off and still be that."""
SAME_SIZE = 0.30
"""How far the power of one accelerator, its share of the server included, may be off between systems of one kind."""
_CHIP = re.compile(r"[a-z]+\d+[a-z]*")
"""What of a name tells the accelerator: h100 in h100-hgx8."""
MOST_PER_KW = 1.5
"""How many times the dense throughput per kW of the best system of the catalogue is still a new system."""


def throughput_is_dense(subject: Subject) -> Iterator[Doubt]:
    """No throughput is twice the dense one of a like system, or beyond all that a kW can do."""
    known = packaged_systems()
    for name, system in subject.case.systems.items():
        for precision in get_args(Precision):
            tflops = system.performance.tflops(precision)
            if not tflops or (name in known and known[name].performance.tflops(precision) == tflops):
                continue
            path = ("systems", name, "performance", f"{precision}_tflops_dense")
            twin = _half_as_fast(name, system, precision, known)
            if twin is not None:
                dense = known[twin].performance.tflops(precision)
                what = f"{tflops:g} TFLOPS is {tflops / (dense or 1):.3g} times the {dense:g} of '{twin}'"
                yield Doubt(path, what, _WHY, f"did you mean {dense:g}, the dense figure?")
                continue
            each, (best, fastest) = _per_kw(system, precision), _best_per_kw(precision)
            if each > MOST_PER_KW * best:
                what = f"{tflops:g} TFLOPS are {each:,.4g} per kW, {each / best:.2g} times those of '{fastest}'"
                yield Doubt(path, what, _WHY, f"did you mean {tflops / SPARSE:g}, if that is the dense figure?")


_WHY = "makers print the throughput with sparsity, twice the dense one; plans and programmes count dense throughput"


def _half_as_fast(name: str, system: System, precision: Precision, known: Mapping[str, System]) -> str | None:
    """The system of the catalogue of which a throughput is twice the dense one: of that name, or of that size."""
    tflops = system.performance.tflops(precision) or 0.0
    for other in sorted(known, key=lambda one: (one != name, one)):
        dense = known[other].performance.tflops(precision)
        alike = dense and abs(tflops / (SPARSE * dense) - 1) <= ALIKE
        same_chip = not set(_CHIP.findall(name.lower())).isdisjoint(_CHIP.findall(other))
        if alike and (same_chip or _same_size(system, known[other])):
            return other
    return None


def _same_size(one: System, other: System) -> bool:
    """Whether the accelerators of two systems have the same memory and draw about the same power."""
    mine, theirs, memory = _kw_each(one), _kw_each(other), one.performance.memory_gb
    return bool(memory and mine and theirs and memory == other.performance.memory_gb) and (
        abs(mine / theirs - 1) <= SAME_SIZE
    )


def _kw_each(system: System) -> float:
    return (system.installation.power_kw or 0.0) / (system.accelerators or 1)


def _per_kw(system: System, precision: Precision) -> float:
    each = _kw_each(system)
    return (system.performance.tflops(precision) or 0.0) / each if each else 0.0


@cache
def _best_per_kw(precision: Precision) -> tuple[float, str]:
    """The highest throughput per kW of the catalogue, and the system that has it."""
    return max((_per_kw(one, precision), name) for name, one in packaged_systems().items())
