"""What a run was asked for; light, since the process that watches it loads nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from planner.defaults import GAP, LANGUAGES, POOL_GAP, TIME_LIMIT

if TYPE_CHECKING:
    from planner.results.form import Format
    from planner.studies.cluster.address import ClusterAddress


@dataclass(frozen=True)
class Options:
    """The command line of one run."""

    budget: Path
    output: Path | None = None
    objective: Literal["npv", "equity", "compute", "cost"] | None = None
    gap: float = GAP
    time_limit: float = TIME_LIMIT
    scenario: str | None = None
    json: bool = False
    language: str | None = None
    """Of workbook and page; without it that of the workbook that is planned from, else English."""
    sensitivity: Literal["held", "all"] | None = None
    """Whether every lever is moved alone, with the plan held there, or with another plan as well."""
    html: bool = True
    """Whether the page to look at is written."""
    quiet: bool = False
    debug: bool = False
    strict: bool = False
    freeze: Path | None = None
    """An earlier plan, of which what it decided up to ``until`` is frozen."""
    until: str | None = None
    tables: Format | None = None
    """The form of tidy tables beside the workbook, where some were asked for."""


@dataclass(frozen=True)
class PoolOptions:
    """The command line of one run of a pool."""

    pool: Path
    output: Path | None = None
    gap: float = POOL_GAP
    time_limit: float = TIME_LIMIT
    json: bool = False
    language: str = LANGUAGES[0]
    html: bool = True
    tables: Format | None = None
    quiet: bool = False
    check: bool = False
    debug: bool = False
    cluster: ClusterAddress | None = None
