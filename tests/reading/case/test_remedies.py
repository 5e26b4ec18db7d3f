"""What a message proposes is taken: every value behind `fix:` and `allowed:`, put in the place of the wrong one.

The corpus are the wrong values of ``bad_inputs/values.yaml``, in the currency in which they stand and in another one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from planner.case.consistency.bounds import BOUNDS
from planner.case.consistency.draft import Draft
from planner.case.consistency.stated_figures import stated_figures
from planner.errors import Fault, InputError
from planner.reading.budget import read_case
from planner.reading.case.overrides import NoSuchPathError, path_of
from planner.reading.tree.nodes import Node, nearest
from planner.reading.tree.parse import parse_tree
from tests.places import CASES
from tests.reading.helpers import faults_of, read_text, said, tiny_with
from tests.reading.test_bad_inputs import cases

PROSE = (
    "write a value, or remove the field", "write the number in digits", "write a larger unit", "write the reason",
    "write what one", "write a point where", "write all new values", "write the fields out", "write the value out",
    "write a price of zero", "write an entry", "write `", "write the price per", "write its first month",
    "write kind", "write 1 year, or 2 years", "write a zero", "write [air]",
    "write the month in which",
)  # fmt: skip
"""Remedies that are no value to put in the place."""
ELSEWHERE = {
    "month-with-impossible-day": "the fiscal year starts",
    "kind-misspelt": "the case has no tax",
    "energy-per-megawatt-hour": "implausibly low",
}
"""Slips behind which another mistake waits: the proposal is taken, and what is told then is about something else."""
_END = re.compile(
    r", (?:if|without|in ordinary|whichever|its|so|with|in a)\b.*|: no unit.*|\. If it is right.*| If it is right.*"
)
_CHOICES = re.compile(r"[\w]+(?:, [\w]+)* or [\w]+")


def proposals(fault: Fault) -> list[str]:
    """The values that a message proposes."""
    found: list[str] = []
    for text in re.findall(r"\bwrite (.+)", fault.remedy):
        if not any(f"write {text}".startswith(prose) for prose in PROSE):
            found += re.split(r", or | or ", _END.sub("", text).removesuffix(" if the comma begins decimals"))
    found += re.findall(r"did you mean '?([^?']+)'?\?", fault.remedy)
    if (such := fault.allowed.partition(" such as ")[2]) and not found:
        found += re.split(r", or | or |, ", such)
    if re.fullmatch(r"[\d._]+ [A-Z]{3}/[\w-]+( or .*)?", fault.allowed):
        found += fault.allowed.split(" or ")
    if fault.allowed.endswith(", or zero"):
        found.append(_zero_like(fault.allowed))
    return [one.strip() for one in found]


def _zero_like(allowed: str) -> str:
    """Zero in the unit of a span such as '1 month to 5 years, or zero'."""
    unit = re.sub(r"^[\d.,]+ ?(?:mn |bn |tn )?", "", allowed.partition(" to ")[0])
    return f"0 {'months' if unit in ('month', 'months', 'years') else unit}".strip()


def put_in_place(folder: Path, text: str, fault: Fault, proposal: str) -> tuple[Fault, ...] | None:
    """The faults of a text with a proposal in the place of what a fault names; None where it names no single place."""
    root, _ = parse_tree(text, "x")
    *above, key = _keys(root, fault.field)
    if fault.field.endswith(written := fault.field.rpartition(".")[2]) and f"{written}:" in text:
        key = written
    group = nearest(root, tuple(above))
    child = group.child(key)
    lines = text.split("\n")
    line = fault.place.line - 1
    is_whole = child is not None and isinstance(child.value, dict | list) and not isinstance(group.value, list)
    if is_whole and not proposal.startswith("["):
        return None
    is_key = "unknown field" in fault.found or f"'{key}'" in fault.found
    old = re.escape(key)
    if is_key and re.search(rf"(?<![\w-]){old}\s*:", lines[line]):
        lines[line] = re.sub(rf"(?<![\w-]){old}(?=\s*:)", lambda _: proposal, lines[line], count=1)
        return _faults(folder, "\n".join(lines), {})
    return _faults(folder, text, {fault.field: proposal})


def _keys(root: Node, field: str) -> tuple[str, ...]:
    try:
        return path_of(root, field, must_exist=False)
    except NoSuchPathError:
        return tuple(field.split("."))


def _faults(folder: Path, text: str, overrides: dict[str, str]) -> tuple[Fault, ...]:
    try:
        read_text(folder, text, None, overrides)
    except InputError as error:
        return error.faults
    return ()


def check(folder: Path, text: str, elsewhere: str = "") -> int:
    """How many proposals the messages about a text make; each of them mends what it is proposed for."""
    count = 0
    for fault in faults_of(folder, text):
        if not fault.field or fault.field.startswith("scenarios."):
            continue
        if "write " in fault.remedy and not any(prose in fault.remedy for prose in PROSE):
            assert proposals(fault), fault
        for proposal in proposals(fault):
            after = put_in_place(folder, text, fault, proposal)
            if after is None:
                continue
            count += 1
            still = [other for other in after if other.field == fault.field or other.found == fault.found]
            if elsewhere:
                still = [other for other in still if elsewhere not in other.found]
            assert not still, (proposal, fault, still)
    return count


@pytest.mark.parametrize("case", cases("values"))
def test_every_proposal_is_taken(case: dict[str, Any], tmp_path: Path) -> None:
    changes = [(case["in"], case["put"])]
    if "also" in case:
        changes.append((case["also"]["in"], case["also"]["put"]))
    check(tmp_path, tiny_with(*changes), ELSEWHERE.get(case["id"], ""))


def test_the_corpus_is_full_of_proposals(tmp_path: Path) -> None:
    texts = [
        ("opening_cash: 3 bn JPY", "opening_cash: 3 bn yen"),
        ("pue: 1.2", "pew: 1.2"),
        ("lead_time: 6 months", "lead_time: 6"),
    ]
    assert [check(tmp_path, tiny_with(change)) for change in texts] == [1, 1, 2]


@pytest.mark.parametrize("name", ["tiny", "programmes"])
def test_zero_is_proposed_only_where_it_is_taken(name: str) -> None:
    path = CASES / f"{name}.yaml"
    tried: set[str] = set()
    for figure in stated_figures(Draft.of(read_case(path).case)):
        bound, field = BOUNDS.get(figure.pattern), ".".join(figure.path)
        if bound is None or not bound.zero or figure.pattern in {"programmes.*.tax_limit", *tried}:
            continue  # a limit of zero on a tax is taken where there is a tax credit, and here is none
        unit = re.sub(r"^[\d_.]+", "", str(figure.value)) or (" kW" if bound.measure == "kW" else "")
        try:
            read_case(path, None, {field: f"0{unit}"})
        except InputError as error:
            assert not [fault for fault in error.faults if fault.field == field], field
        tried.add(figure.pattern)
    assert len(tried) > 25


OWN_CURRENCY = [
    ("opening_cash: 3 bn EUR", "opening_cash: 3000000000", "write 3 bn EUR, if that is meant"),
    ("opening_cash: 3 bn EUR", "opening_cash: soon", "such as 100 mn EUR or 200_000 EUR"),
    ("20 EUR/kWh", "0,165 EUR/kWh", "write 0.165 EUR/kWh"),
    ("20 EUR/kWh", "20", "write 20 EUR/kWh, if that is meant"),
    ("20 EUR/kWh", "0.2 EUR/MWh", "0.08 EUR/kWh"),
    ("opening_cash: 3 bn EUR", "opening_cash: 300 TEUR", "write 300 thousand EUR, if T stands for thousand"),
    ("opening_cash: 3 bn EUR", "opening_cash: 300 EURO", "did you mean 300 EUR?"),
    ("opening_cash: 3 bn EUR", "opening_cash: 300 USDD", "did you mean 300 USD?"),
    ("opening_cash: 3 bn EUR", "opening_cash: 300 T€", "write 300 thousand EUR, if T stands for thousand"),
    ("opening_cash: 3 bn EUR", "opening_cash: 300 k€", "write 300 thousand EUR"),
    ("opening_cash: 3 bn EUR", "opening_cash: 5 Mrd. €", "write 5 bn EUR"),
    ("opening_cash: 3 bn EUR", "opening_cash: 1.165.000,50 EUR", "write 1165000.50 EUR"),
    ("opening_cash: 3 bn EUR", "opening_cash: 1,165 EUR", "write 1165 EUR, or 1.165 EUR if the comma begins decimals"),
    ("opening_cash: 3 bn EUR", "opening_cash: 3 bn", "such as EUR"),
]


@pytest.mark.parametrize(("old", "new", "words"), OWN_CURRENCY)
def test_examples_are_in_the_currency_of_the_case(old: str, new: str, words: str, tmp_path: Path) -> None:
    text = tiny_with().replace("JPY", "EUR").replace(old, new)
    faults = [fault for fault in faults_of(tmp_path, text) if words in said(fault)]
    assert len(faults) == 1, faults_of(tmp_path, text)
    assert "JPY" not in said(faults[0])
    for proposal in proposals(faults[0]):
        after = put_in_place(tmp_path, text, faults[0], proposal)
        assert after is not None
        assert not [fault for fault in after if fault.found == faults[0].found or "commas" in fault.found]
