"""``plan.json``: the plan and its proof for other programs; the same input gives the same bytes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from planner.outcome import Outcome
from planner.report.files import replace_content
from planner.report.headline import headline

FORMAT = 1
"""Version of the layout of the file."""


def headline_figures(outcome: Outcome) -> dict[str, Any]:
    """The headline by the name of each figure, periods by their first month."""
    facts, label = headline(outcome), outcome.case.calendar.label
    figures = asdict(facts)
    for field in ("lowest_cash_period", "peak_debt_period", "peak_accelerators_period"):
        figures[field] = label(figures[field])
    figures["first_obligations"] = {
        name: {"period": label(t), "installed": left, "floor": right}
        for name, (t, left, right) in facts.first_obligations.items()
    }
    return figures


def summary(outcome: Outcome) -> dict[str, Any]:
    """Everything that the file holds, as plain values; money in the currency of the case."""
    case, proof, accounts = outcome.case, outcome.proof, outcome.audit.accounts
    label = case.calendar.label
    books = accounts.books
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
        "decisions": _decisions(outcome),
        "periods": [
            {
                "period": label(t),
                **{line: amounts[t] for line, amounts in accounts.lines.items()},
                "funding": accounts.funding[t],
                "cash": accounts.cash[t],
                **{charge: amounts[t] for charge, amounts in books.charges.items()},
                "profit_before_tax": books.profit[t],
                "tax_charge": books.tax_charge[t],
                "fixed_assets": books.fixed_assets[t],
                "advances": books.advances[t],
                "debt": sum(owed[t] for owed in books.debt.values()),
                "tax_payable": books.tax_payable[t],
                "discount": accounts.discount[t],
            }
            for t in range(case.calendar.periods)
        ],
        "fiscal_years": [
            {"fiscal_year": str(year), **asdict(tax), "paid_in": None if tax.paid_in is None else label(tax.paid_in)}
            for year, tax in books.years.items()
        ],
        "programmes": _programmes(outcome),
        "terminal_value": accounts.terminal_value,
        "end_value": accounts.end_value,
        "versions": outcome.versions,
        "options": outcome.options,
    }


def _programmes(outcome: Outcome) -> list[dict[str, Any]]:
    """What each programme gives, all parts of it, what of it is paid within the horizon, and what goes back."""
    quantities, used = outcome.audit.quantities, outcome.decisions.credit
    return [
        {
            "programme": name,
            "kind": rules.kind,
            "given": sum(money for (programme, *_), money in quantities.grant.items() if programme == name),
            "paid": sum(money for (programme, _), money in quantities.grant_paid.items() if programme == name),
            "repaid": sum(money for (programme, _), money in quantities.grant_repaid.items() if programme == name),
            "credit_used": sum(money for (programme, _), money in used.items() if programme == name),
        }
        for name, rules in outcome.case.programmes.items()
    ]


def _decisions(outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    decisions, case = outcome.decisions, outcome.case
    label = case.calendar.label
    return {
        "order": [
            {"offer": o, "system": case.offers[o].system, "site": d, "period": label(t), "systems": n}
            for (o, d, t), n in sorted(decisions.order.items())
        ],
        "expand": [
            {"expansion": x, "site": case.expansions[x].site, "period": label(t), "blocks": n}
            for (x, t), n in sorted(decisions.expand.items())
        ],
        "exit": [
            {"system": s, "site": d, "cohort": k, "period": label(t), "systems": n}
            for (s, d, k, t), n in sorted(decisions.exit.items())
        ],
        "serve": [
            {"workload": w, "system": s, "site": d, "period": label(t), "systems": x}
            for (w, s, d, t), x in sorted(decisions.serve.items())
        ],
        "claim": [
            {"programme": j, "investment": i, "site": d, "period": label(t), "units": x}
            for (j, i, d, t), x in sorted(decisions.claim.items())
        ],
        "draw": [{"loan": f, "period": label(t), "money": x} for (f, t), x in sorted(decisions.draw.items())],
        "repay": [{"loan": f, "period": label(t), "money": x} for (f, t), x in sorted(decisions.repay.items())],
        "leave": [
            {"programme": j, "offer": o, "site": d, "period": label(t), "leaves_in": label(u), "systems": x}
            for (j, o, d, t, u), x in sorted(decisions.leave.items())
        ],
        "both": [
            {"programme": j, "earlier": k, "investment": i, "site": d, "period": label(t), "units": x}
            for (j, k, i, d, t), x in sorted(decisions.both.items())
        ],
        "leave_both": [
            {
                "programme": j,
                "earlier": k,
                "offer": o,
                "site": d,
                "period": label(t),
                "leaves_in": label(u),
                "systems": x,
            }
            for (j, k, o, d, t, u), x in sorted(decisions.leave_both.items())
        ],
        "credit": [
            {"programme": j, "fiscal_year": str(year), "money": x} for (j, year), x in sorted(decisions.credit.items())
        ],
        "join": [{"programme": j, "joined": joined} for j, joined in sorted(decisions.join.items())],
    }


def summary_text(outcome: Outcome) -> str:
    """The file as text."""
    return json.dumps(summary(outcome), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_summary(outcome: Outcome, path: Path) -> None:
    """Writes ``plan.json``.

    Raises:
        WriteError: the file could not be written; what stood there before is unchanged.
    """
    replace_content(path, summary_text(outcome).encode())
