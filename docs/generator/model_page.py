"""The model page: nouns, decisions, rules, sums and objectives, all from their docstrings."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from generator.text import FRAMES, attribute_docstrings, filled, markdown, paragraph, table
from planner.audit import limits
from planner.case.calendar import Calendar
from planner.case.finance import Loan
from planner.case.offer import Offer
from planner.case.programme import Programme
from planner.case.site import Expansion, Site
from planner.case.system import System
from planner.case.workload import Workload
from planner.coefficients import Coefficients, coefficients_of, groups, money
from planner.model import objective
from planner.model.build import Model, build
from planner.model.expressions import Expressions
from planner.model.lenders import Lenders
from planner.model.lending import Lending
from planner.model.owners import Owners
from planner.model.rules import RULES, Rule
from planner.model.sets import Sets
from planner.model.system_sets import SystemSets
from planner.reading.budget import read_case
from planner.vocabulary.decisions import DECISIONS
from planner.vocabulary.resources import RESOURCES

EXAMPLE = FRAMES / "example.yaml"
NOUNS = (Offer, System, Site, Calendar, Workload, Programme, Expansion, Loan)
OBJECTIVES = (
    ("npv", objective.net_present_value),
    ("cost", objective.present_cost),
    ("compute", objective.compute_served),
    ("compute with installed_by", objective.compute_installed),
    ("tie-break", objective.spending),
)
_ROOT = FRAMES.parent.parent


def model_page() -> str:
    """The whole page."""
    return filled(
        "model.md",
        {
            "letters": _letters(),
            "decisions": _decisions(),
            "coefficients": _coefficients(),
            "scaling": _scaling(),
            "sums": _sums(),
            "rules": "\n\n".join(_rule(number, rule) for number, rule in enumerate(RULES, start=1)),
            "objectives": _objectives(),
            "existence": _existence(),
        },
    )


@cache
def example() -> Model:
    """The model of the example case from which rows are shown."""
    return build(coefficients_of(read_case(EXAMPLE).case))


def _letters() -> str:
    rows = []
    for noun in NOUNS:
        sentence, _, rest = paragraph(noun.__doc__).rstrip(".").partition("; index letter ")
        letter, _, more = rest.partition(". ")
        rows.append((letter, noun.__name__.lower(), f"{sentence}. {more}" if more else sentence))
    period = "One period of the calendar, numbered from 0 and labelled by its first month; `u` where a row has two"
    rows[NOUNS.index(Calendar)] = ("`t`", "period", period)
    rows.append(("`m`", "month", "One month of the horizon, numbered from 0; money moves by month"))
    rows.append(("`y`", "fiscal year", "Named by the calendar year in which it starts; `v` where a row has several"))
    units = ", ".join(f"{resource} ({record.unit})" for resource, record in RESOURCES.items())
    rows.append(("`r`", "resource", f"What systems take of a site: {units}"))
    rows.append(
        (
            "`k`",
            "arrival",
            "What comes with one order, named by its month of arrival and the offer; `s,d,k` is a vintage",
        )
    )
    rows.append(("`i`", "investment", "An order `o,d,t`, or the blocks of an expansion started at once, `x,d,t`"))
    return table(("letter", "noun", "what it is"), [(a, b, c.rstrip(".")) for a, b, c in rows])


def _decisions() -> str:
    columns: dict[str, Any] = {column.kind: column for column in example().columns}
    told = {one.kind: one for one in DECISIONS}
    rows = [
        (f"`{kind}[{told[kind].index}]`", told[kind].label, told[kind].unit, _bounds(columns[kind])) for kind in columns
    ]
    return table(("decision", "meaning", "unit", "values"), rows)


def _bounds(column: Any) -> str:  # noqa: ANN401 - a column of any kind
    if column.lower == -float("inf"):
        return "any; its floor is a row of `cash_balance`" if column.kind == "cash" else "any"
    if column.kind in ("join", "profitable", "exhausted"):
        return "0 or 1"
    return "whole, 0 or more" if column.whole else "0 or more"


def _coefficients() -> str:
    texts, alone = dict[str, str](), attribute_docstrings(Coefficients)
    for name, kind in get_type_hints(Coefficients).items():
        if hasattr(kind, "__dataclass_fields__") and kind.__module__ == groups.__name__:
            texts |= {f"{name}.{part}": text for part, text in attribute_docstrings(kind).items()}
        elif name in alone:
            texts[name] = alone[name]
    rows = [(f"`{name}`", paragraph(text).rstrip(".")) for name, text in texts.items()]
    return table(("coefficient", "meaning and index"), rows)


def _scaling() -> str:
    return markdown(money.money_unit.__doc__)


def _sums() -> str:
    rows = []
    rooms = ((Expressions, ""), (Lending, "lending."), (Lenders, "lenders."), (Owners, "owners."))
    for owner, prefix in rooms:
        for name, member in vars(owner).items():
            if not name.startswith("_"):
                rows.append((f"`{prefix}{name}`", paragraph(member.__doc__).rstrip(".")))
    return table(("sum", "meaning"), rows)


def _existence() -> str:
    texts: dict[str, str] = {}
    for owner in (SystemSets, Sets):
        members = {name: member.__doc__ for name, member in vars(owner).items() if not name.startswith("_")}
        texts |= attribute_docstrings(owner) | {name: text for name, text in members.items() if text}
    return table(("set", "members"), [(f"`{name}`", paragraph(text).rstrip(".")) for name, text in texts.items()])


def _objectives() -> str:
    parts = []
    for name, function in OBJECTIVES:
        parts.append(f"**{name}** (`{function.__name__}`). {markdown(function.__doc__)}")
    return "\n\n".join(parts)


def _rule(number: int, rule: Rule) -> str:
    name = rule.__name__
    module = importlib.import_module(rule.__module__)
    counterpart: Callable[..., Any] = getattr(limits, name)
    return "\n\n".join(
        [
            f"### {number}. {name}",
            f"*{paragraph(module.__doc__)}*",
            _equations_apart(markdown(rule.__doc__)),
            "A row of the example:",
            f"```text\n{_telling_row(name)}\n```",
            f"In the code: {_link(rule)}; audited by {_link(counterpart)}.",
        ]
    )


def _telling_row(rule: str) -> str:
    """The row that shows most kinds of decisions, and of those the shortest."""
    model = example()
    texts = dict(zip((id(row) for row in model.rows if row.rule == rule), model.text(rule), strict=True))
    kinds = {id(row): {model.columns[i].kind for i in row.terms} for row in model.rows if row.rule == rule}
    return min(texts.items(), key=lambda item: (-len(kinds[item[0]]), len(item[1]), item[1]))[1]


def _equations_apart(text: str) -> str:
    """Paragraphs that hold nothing but an equation become blocks of code, which are easier to read."""
    blocks = [" ".join(block.split()) for block in text.split("\n\n")]
    return "\n\n".join(f"```text\n{b.strip('`')}\n```" if re.fullmatch(r"`[^`]+`", b) else b for b in blocks)


def _link(function: Callable[..., Any]) -> str:
    path = Path(inspect.getsourcefile(function) or "").resolve().relative_to(_ROOT)
    return f"`{function.__name__}` in [`{path}`](../{path})"
