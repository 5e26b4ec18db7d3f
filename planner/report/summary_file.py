"""``plan.json``: the plan and its proof for other programs; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from planner.case.case import Case
from planner.case.working_capital import has_prepayments, has_working_capital
from planner.decisions import Decisions
from planner.outcome import Books, Outcome, TaxYear
from planner.outcome.sensitivity import Sensitivity, Side
from planner.outcome.variance import Variance
from planner.report.files import json_text, replace_content
from planner.report.headline import headline
from planner.report.lines import pays_in_instalments
from planner.vocabulary.decisions import STORED, Decision
from planner.vocabulary.keys import flat

FORMAT = 2
"""Version of the layout of the file."""


def headline_figures(outcome: Outcome) -> dict[str, Any]:
    """The headline by the name of each figure, periods by their first month."""
    facts, label = headline(outcome), outcome.case.calendar.label
    figures = asdict(facts)
    for field in ("peak_debt_period", "peak_accelerators_period"):
        figures[field] = label(figures[field])
    figures["lowest_cash_at"] = str(facts.lowest_cash_at)
    figures["first_obligations"] = {
        name: {"period": label(t), "installed": left, "floor": right}
        for name, (t, left, right) in facts.first_obligations.items()
    }
    return figures


def summary(outcome: Outcome) -> dict[str, Any]:
    """Everything that the file holds, as plain values; money in the currency of the case."""
    case, proof, accounts = outcome.case, outcome.proof, outcome.audit.accounts
    label = case.calendar.label
    books, funding = accounts.books, accounts.funding_by_period
    lines, by_month = outcome.lines, outcome.lines_by_month
    return {
        "format": FORMAT,
        "case": case.name,
        "title": case.title,
        "scenario": outcome.scenario,
        "input_hash": outcome.input_hash,
        "currency": case.finance.currency,
        "proof": {
            "label": proof.label,
            "objective": proof.kind,
            "value": proof.objective,
            "bound": proof.bound,
            "unit": proof.unit,
            "gap": proof.gap,
            "relative_gap": proof.relative_gap,
            "bound_checked": proof.is_bound_checked,
            "checked_bound": proof.checked_bound,
            "gap_requested": proof.gap_requested,
            "limits_checked": len(outcome.audit.limits),
            "limits_broken": len(outcome.audit.broken),
            "rows": proof.rows,
            "columns": proof.columns,
            "non_zeros": proof.non_zeros,
            "solver": proof.solver,
        },
        "headline": headline_figures(outcome),
        **({} if case.frozen is None else {"frozen": case.frozen.model_dump(mode="json", exclude_defaults=True)}),
        "decisions": _decisions(case, outcome.decisions),
        "periods": [
            {
                "period": label(t),
                **{line: amounts[t] for line, amounts in lines.items()},
                "funding": funding[t],
                "cash": accounts.cash[t],
                **{charge: amounts[t] for charge, amounts in books.charges.items()},
                "profit_before_tax": books.profit[t],
                "tax_charge": books.tax_charge[t],
                "fixed_assets": books.fixed_assets[t],
                "advances": books.advances[t],
                **({"unpaid_investments": books.unpaid[t]} if pays_in_instalments(case) else {}),
                "debt": accounts.debt_at(t),
                "tax_payable": books.tax_payable[t],
                **({"consumption_tax_owed": books.consumption_tax[t]} if case.finance.consumption_tax else {}),
                **_open_between_businesses(case, books, t),
                **_for_tax(books, t),
            }
            for t in range(case.calendar.periods)
        ],
        "months": [
            {
                "month": str(month),
                "discount_at_start": accounts.discount[number],
                "discount_at_end": accounts.discount[number + 1],
                "shield": accounts.shield[number + 1],
                "funding": accounts.funding[number],
                **{line: amounts[number] for line, amounts in by_month.items()},
                "cash_after_payments": accounts.cash_after_payments[number],
                "cash_at_end": accounts.cash_at_end[number],
            }
            for number, month in enumerate(case.calendar.months)
        ],
        "fiscal_years": [
            {
                "fiscal_year": str(year),
                **_tax_year(case, tax),
                "paid_in": None if tax.paid_in is None else str(case.calendar.months[tax.paid_in]),
            }
            for year, tax in books.years.items()
        ],
        "programmes": _programmes(outcome),
        "doing_nothing": _doing_nothing(outcome),
        **({} if outcome.variance is None else {"variance": _variance(outcome.variance)}),
        **({} if outcome.sensitivity is None else {"sensitivity": _sensitivity(outcome.sensitivity)}),
        "terminal_value": accounts.terminal_value,
        "end_tax": books.end_tax,
        **({"unpaid_investments": books.unpaid[-1]} if pays_in_instalments(case) else {}),
        "end_value": accounts.end_value,
        "loan_costs": accounts.loan_costs,
        "versions": outcome.versions,
        "options": outcome.options,
    }


def _tax_year(case: Case, tax: TaxYear) -> dict[str, Any]:
    """The figures of a year's tax; those of what is paid in advance where the case says so."""
    found = asdict(tax)
    if case.finance.tax is None or case.finance.tax.loss_years is None:
        del found["loss_lapsed"]
    if case.finance.tax is None or case.finance.tax.interim is None:
        return {key: value for key, value in found.items() if key not in ("advance", "advance_in")}
    months = case.calendar.months
    return {**found, "advance_in": None if tax.advance_in is None else str(months[tax.advance_in])}


def _open_between_businesses(case: Case, books: Books, t: int) -> dict[str, float]:
    """What customers owe and what is owed to suppliers at the end of a period, where the case says when they pay."""
    if not has_working_capital(case):
        return {}
    found = {"receivables": books.receivables[t], "payables": books.payables[t]}
    return found | ({"prepayments": books.prepayments[t]} if has_prepayments(case) else {})


def _programmes(outcome: Outcome) -> list[dict[str, Any]]:
    """What each programme gives, all parts of it, what of it is paid within the horizon, and what goes back."""
    quantities, used = outcome.audit.quantities, outcome.decisions.credit
    return [
        {
            "programme": name,
            "kind": rules.kind,
            "given": sum(money for claim, money in quantities.grant.items() if claim.programme == name),
            "paid": sum(money for (programme, _), money in quantities.grant_paid.items() if programme == name),
            "repaid": sum(money for (programme, _), money in quantities.clawback.items() if programme == name),
            "credit_used": sum(money for (programme, _), money in used.items() if programme == name),
        }
        for name, rules in outcome.case.programmes.items()
    ]


def _doing_nothing(outcome: Outcome) -> dict[str, Any] | None:
    """What the plan is held against: the best that can be done without buying anything, and how good it is."""
    nothing = outcome.doing_nothing
    if nothing is None:
        return {"why_not": outcome.no_doing_nothing} if outcome.no_doing_nothing else None
    return {
        "npv": nothing.audit.accounts.npv,
        "proof": nothing.proof.label,
        "bound": nothing.proof.bound,
        "decisions": _decisions(nothing.case, nothing.decisions),
    }


def _variance(way: Variance) -> dict[str, Any]:
    """The way from the earlier plan; present values."""
    return {
        "as_of": str(way.as_of),
        "planned": way.planned,
        "after_what_happened": way.after_what_happened,
        "now": way.now,
        "with_cash_besides": way.with_differences,
        "kept": way.is_kept,
        "told": [str(words) for words in way.told],
        "lines": [
            {"line": one.line, "planned": one.planned, "happened": asdict(one.happened), "changed": asdict(one.changed)}
            for one in way.lines
        ],
        "changes": [asdict(one) for one in way.changes],
        "cash_besides": [
            {"what": str(one.words), "month": str(one.month), "amount": one.amount, "present": one.present}
            for one in way.differences
        ],
    }


def _sensitivity(found: Sensitivity) -> dict[str, Any]:
    """What each lever alone does to a figure of the plan, the one that moves it most first."""

    def side(one: Side | None) -> dict[str, Any] | None:
        if one is None:
            return None
        told = {"change": str(one.change), "held": one.held, "broken": [dict(broken) for broken in one.broken]}
        return {**told, **({"replanned": one.replanned} if found.is_replanned else {})}

    return {
        "figure": found.figure,
        "planned": found.planned,
        "levers": [
            {"lever": str(one.lever), "paths": list(one.paths), "low": side(one.low), "high": side(one.high)}
            for one in found.pulls
        ],
    }


def _decisions(case: Case, decisions: Decisions) -> dict[str, list[dict[str, Any]]]:
    """Every table of decisions, in the order of its keys."""
    label = case.calendar.label
    beside: dict[str, Callable[[str], dict[str, str]]] = {
        "order": lambda name: {"system": case.offers[name].system},
        "expand": lambda name: {"site": case.expansions[name].site},
    }

    def entry(one: Decision, key: Iterable[object], amount: object) -> dict[str, Any]:
        """The first name, what it belongs to, the other parts of the key, and the amount."""
        told = (label(part) if isinstance(part, int) else str(part) for part in flat(key))
        (field, name), *others = zip(one.fields, told, strict=True)
        also = beside[one.kind](name) if one.kind in beside else {}
        return {field: name, **also, **dict(others), one.amount: amount}

    def table(one: Decision) -> list[dict[str, Any]]:
        decided = sorted(getattr(decisions, one.kind).items())
        return [entry(one, (key,), amount) for key, amount in decided]

    kinds = [one for one in STORED.values() if getattr(decisions, one.kind) or not one.is_optional]
    return {one.stored_as: table(one) for one in kinds}


def summary_text(outcome: Outcome) -> str:
    """The file as text."""
    return json_text(summary(outcome))


def write_summary(outcome: Outcome, path: Path) -> None:
    """Writes ``plan.json``.

    Raises:
        WriteError: the file could not be written; what stood there before is unchanged.
    """
    replace_content(path, summary_text(outcome).encode())


def _for_tax(books: Books, t: int) -> dict[str, float]:
    """What the books of tax say of a period, where they are apart."""
    if not books.deferred_tax:
        return {}
    return {
        "taxable_profit": books.taxable_profit[t],
        "tax_value_of_assets": books.tax_value[t],
        "deferred_tax": books.deferred_tax[t],
    }
