"""The tables of a comparison: its plans side by side, and why each is worth more or less than the base."""

from __future__ import annotations

from planner.report.compare.figures import figures_of
from planner.report.compare.verdict import unit_words
from planner.results.table import Table
from planner.studies.compare import Comparison


def of_comparison(comparison: Comparison) -> dict[str, Table]:
    """How plans compare: their figures, and of each scenario what changes and why it is worth more or less."""
    base, planned = comparison.base, [(one, one.difference) for one in comparison.scenarios if one.difference]
    unit = base.case.finance.currency.lower()
    return {
        "answers": (
            ("scenario", "title", "answer"),
            (
                (one.name, one.title, one.run.message if one.run.outcome is None else one.run.outcome.proof.label)
                for one in comparison.scenarios
            ),
        ),
        "plans": (
            ("plan", "figure", "unit", "value"),
            (
                (plan, name, unit_words(name, base), value)
                for plan, outcome in comparison.plans
                for name, value in figures_of(outcome).items()
            ),
        ),
        "inputs": (
            ("scenario", "path", "in_base", "in_scenario"),
            ((one.name, it.path, it.base, it.scenario) for one in comparison.scenarios for it in one.inputs),
        ),
        "bridge": (
            ("scenario", "part", f"difference_{unit}"),
            ((one.name, *part) for one, why in planned for part in why.bridge.parts.items()),
        ),
        "decisions": (
            ("scenario", "kind", "name", "fiscal_year", "unit", "in_base", "in_scenario"),
            (
                (one.name, it.kind, it.name, None if it.year is None else str(it.year), it.unit, it.base, it.scenario)
                for one, why in planned
                for it in why.decisions
            ),
        ),
        "limits": (
            ("scenario", "rule", "subject", "binds_in_base", "binds_in_scenario"),
            (
                (one.name, it.rule, it.subject, _months(it.base), _months(it.scenario))
                for one, why in planned
                for it in why.limits
            ),
        ),
    }


def _months(bound: tuple[str, ...] | None) -> str | None:
    """The months in which a limit binds; nothing to tell where it has no dates, and None where it does not bind."""
    return None if bound is None else ", ".join(bound)
