"""The JSON Schema of ``plan.json``, from the records of decisions, lines of cash and headline figures."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from generator.text import attribute_docstrings
from planner.outcome import Proof, TaxYear
from planner.report.headline import Headline
from planner.report.summary_file import FORMAT
from planner.vocabulary.cash_lines import CASH_LINES, CASHLESS_CHARGES
from planner.vocabulary.decisions import STORED, YES, Decision

Schema = dict[str, Any]
MONTH = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}
COHORT = {
    "description": "The month of arrival, and behind it the offer; systems that stand there at the start have none.",
    "type": "string",
    "pattern": r"^\d{4}-(0[1-9]|1[0-2])( .+)?$",
}
NUMBER, TEXT, YES_OR_NO = {"type": "number"}, {"type": "string"}, {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 0}
DATED = ("peak_debt_period", "peak_accelerators_period")
"""Figures that number a period in the program, and name its first month in the file."""
PROMISE = (
    "What a plan is, for other programs. Within one format fields are only added: none is renamed, taken away or given "
    "another meaning, and what is required stays. Whoever reads it looks at `format` first, and ignores fields that it "
    "does not know. Money is in whole units of the currency, shares are fractions, a period is told by its first month."
)


def plan_schema_text() -> str:
    """The schema as it stands in ``docs/plan.schema.json``."""
    return json.dumps(_schema(), indent=1, ensure_ascii=False) + "\n"


def _schema() -> Schema:
    decided = _group({one.stored_as: _list(_decision(one)) for one in STORED.values()}, optional=_optional_kinds())
    lines = {key: _told(NUMBER, line.label) for key, line in CASH_LINES.items()}
    optional = {key for key, line in CASH_LINES.items() if line.optional}
    charges = dict.fromkeys(CASHLESS_CHARGES, NUMBER)
    fields = {
        "format": _told({"const": FORMAT}, "Version of the layout of the file."),
        "case": TEXT,
        "title": TEXT,
        "scenario": _told(TEXT, "`base`, or the name of a scenario of the case."),
        "input_hash": _told({"type": "string", "pattern": "^[0-9a-f]{64}$"}, "SHA-256 of all that was planned from."),
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "proof": _proof(),
        "headline": _headline(),
        "frozen": _told({"type": "object"}, "Decisions of the case that were made already, where it has any."),
        "decisions": {"$ref": "#/$defs/decisions"},
        "periods": _list(
            _group(
                {"period": MONTH} | lines | charges | _balances(),
                optional={*optional, *_OPTIONAL_BALANCES},
            )
        ),
        "months": _list(_group({"month": MONTH} | _month() | lines, optional=optional)),
        "fiscal_years": _list(_tax_year()),
        "programmes": _list(_programme()),
        "doing_nothing": {
            "description": "What the plan is held against: the best that can be done without buying anything.",
            "oneOf": [
                {"type": "null"},
                _group({"why_not": TEXT}),
                _group({"npv": NUMBER, "proof": TEXT, "bound": NUMBER, "decisions": {"$ref": "#/$defs/decisions"}}),
            ],
        },
        "variance": _told({"type": "object"}, "The way from an earlier plan, where `plan replan` made this one."),
        "sensitivity": _told({"type": "object"}, "What one figure alone does to the plan, with `--sensitivity`."),
        "terminal_value": NUMBER,
        "end_tax": NUMBER,
        "unpaid_investments": NUMBER,
        "end_value": NUMBER,
        "loan_costs": {"type": "object", "additionalProperties": NUMBER},
        "versions": {"type": "object", "additionalProperties": TEXT},
        "options": {"type": "object", "additionalProperties": TEXT},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plan.json",
        "description": PROMISE,
        **_group(fields, optional={"frozen", "variance", "sensitivity", "unpaid_investments"}),
        "$defs": {"decisions": decided},
    }


_OPTIONAL_BALANCES = (
    "unpaid_investments",
    "consumption_tax_owed",
    "receivables",
    "payables",
    "prepayments",
    "taxable_profit",
    "tax_value_of_assets",
    "deferred_tax",
)
"""What only some cases have."""


def _balances() -> Schema:
    names = ("funding", "cash", "profit_before_tax", "tax_charge", "fixed_assets", "advances", "debt", "tax_payable")
    return dict.fromkeys([*names, *_OPTIONAL_BALANCES], NUMBER)


def _month() -> Schema:
    return {
        "discount_at_start": _told(NUMBER, "What one unit at its start is worth at the start of the plan."),
        "discount_at_end": _told(NUMBER, "What one unit at its end is worth then."),
        "shield": _told(NUMBER, "What one unit of interest saves in tax, discounted."),
        **dict.fromkeys(("funding", "cash_after_payments", "cash_at_end"), NUMBER),
    }


def _headline() -> Schema:
    """Every headline figure with its docstring; a figure that a plan does not have is null."""
    told = attribute_docstrings(Headline)
    found: Schema = {}
    for field in dataclasses.fields(Headline):
        if field.name in DATED:
            form: Schema = MONTH
        elif field.name == "lowest_cash_at":
            form = {"type": "string", "pattern": r"^\d{4}-\d{2} (start|end)$"}
        elif field.name == "systems_ordered":
            form = {"type": "object", "additionalProperties": COUNT}
        elif field.name == "first_obligations":
            tightest = _group({"period": MONTH, "installed": NUMBER, "floor": NUMBER})
            form = {"type": "object", "additionalProperties": tightest}
        else:
            form = _type_of(str(field.type))
        found[field.name] = _told(form, told.get(field.name, ""))
    return _group(found)


def _type_of(annotation: str) -> Schema:
    names = {"float": "number", "int": "integer", "str": "string", "bool": "boolean", "None": "null"}
    kinds = [names[part.strip()] for part in annotation.split("|")]
    return {"type": kinds[0] if len(kinds) == 1 else kinds}


def _proof() -> Schema:
    told = attribute_docstrings(Proof)
    figures: dict[str, Schema] = {
        "label": {"enum": ["verified optimal", "feasible with a gap"]},
        "objective": TEXT,
        "value": NUMBER,
        "bound": NUMBER,
        "unit": TEXT,
        "gap": NUMBER,
        "relative_gap": {"type": ["number", "null"]},
        "bound_checked": YES_OR_NO,
        "checked_bound": {"type": ["number", "null"]},
        "gap_requested": NUMBER,
        "limits_checked": COUNT,
        "limits_broken": {"const": 0},
        "rows": COUNT,
        "columns": COUNT,
        "non_zeros": COUNT,
        "solver": TEXT,
    }
    return _group({name: _told(form, told.get(name, "")) for name, form in figures.items()})


def _optional_kinds() -> set[str]:
    return {one.stored_as for one in STORED.values() if one.is_optional}


def _decision(one: Decision) -> Schema:
    forms = {"period": MONTH, "leaves_in": MONTH, "cohort": COHORT}
    parts: Schema = {name: forms.get(name, TEXT) for name in one.fields}
    amount = YES_OR_NO if one.unit == YES else {"type": "integer" if one.whole else "number"}
    also = {"order": {"system": TEXT}, "expand": {"site": TEXT}}.get(one.kind, {})
    return _told(_group({**parts, **also, one.amount: amount}), one.label)


def _tax_year() -> Schema:
    told = attribute_docstrings(TaxYear)
    forms: Schema = {field.name: _type_of(str(field.type)) for field in dataclasses.fields(TaxYear)}
    forms |= {key: {"anyOf": [MONTH, {"type": "null"}]} for key in ("paid_in", "advance_in")}
    words = {name: text.replace("Number of the month", "The month") for name, text in told.items()}
    figures = {name: _told(form, words.get(name, "")) for name, form in forms.items()}
    return _group({"fiscal_year": TEXT, **figures}, optional={"loss_lapsed", "advance", "advance_in"})


def _programme() -> Schema:
    return _group(
        {
            "programme": TEXT,
            "kind": TEXT,
            "given": _told(NUMBER, "All parts of what it gives, also those after the horizon."),
            "paid": _told(NUMBER, "What of it is paid within the horizon."),
            "repaid": _told(NUMBER, "What goes back."),
            "credit_used": _told(NUMBER, "Tax credits that are set against tax."),
        }
    )


def _group(fields: Schema, optional: Iterable[str] = ()) -> Schema:
    return {"type": "object", "properties": fields, "required": sorted(set(fields) - set(optional))}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _told(form: Schema, words: str) -> Schema:
    return {"description": " ".join(words.split()), **form} if words else form
