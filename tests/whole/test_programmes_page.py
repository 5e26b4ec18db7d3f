"""The page about programmes: its examples are read, and its figures are those of the audit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.outcome import Audit
from planner.reading.budget import read_case
from tests.decided import decided
from tests.places import PROGRAMMES, ROOT

PAGE = (ROOT / "docs" / "programmes.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(programmes:\n.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
CASE = PROGRAMMES.read_text(encoding="utf-8")
ORDER = ("maker", "north", 0)
"""One server, ordered in April 2025 and delivered in October 2025, the second half-year."""
RETAINED = 7
"""The period in which three years from delivery are over: who leaves then need not be told apart."""
UNDER_PROPERTY_TAX = (
    ("    region: hokkaido\n", "    region: hokkaido\n    property_tax: city\n"),
    ("  asset_grants: income\n", "  asset_grants: income\n  property_taxes: {city: {rate: 1.4 %}}\n"),
)
"""The site of the case pays property tax."""
PARTS, EARLY, AFTER, CREDIT, WRITE_OFF, SPARED = 2, 3, 4, 5, 6, 7
"""Which example is which."""


def case_with(block: str, folder: Path, *changes: tuple[str, str]) -> Case:
    """The case of the tests with the programmes of an example instead of its own."""
    text = re.sub(r"^programmes:\n.*\Z", lambda _: block, CASE, flags=re.DOTALL | re.MULTILINE)
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return read_case(folder / "case.yaml").case


def audited(case: Case, *programmes: str, gone: int | None = None, **more: object) -> Audit:
    """The audit of one server that is claimed under some programmes, and leaves in a period."""
    left = {(p, *ORDER, gone): 1.0 for p in programmes} if gone is not None and gone < RETAINED else {}
    exits = {("cube", "north", "2025-10 maker", gone): 1} if gone is not None else {}
    claims = {(p, *ORDER): 1.0 for p in programmes}
    return audit(case, decided(order={ORDER: 1}, exit=exits, claim=claims, claimed_exit=left, **more))  # type: ignore[arg-type]


def millions(amount: float) -> float:
    return round(amount / 1e6, 2)


def says(words: str) -> None:
    assert words in re.sub(r"\s+", " ", PAGE), f"the page no longer says: {words}"


def test_the_page_has_its_examples():
    assert len(BLOCKS) == 8


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_example_is_a_case(block: str, tmp_path: Path):
    taxed = UNDER_PROPERTY_TAX if "property_tax_relief" in block else ()
    assert case_with(block, tmp_path, *taxed).programmes


def test_parts_are_paid_when_the_page_says(tmp_path: Path):
    paid = audited(case_with(BLOCKS[PARTS], tmp_path), "ministry").quantities.grant_paid
    assert {t: millions(amount) for (_, t), amount in paid.items() if amount} == {0: 12, 2: 24, 4: 4}
    says("12 mn in July 2025, 24 mn in April 2026 and 4 mn in April 2027")


@pytest.mark.parametrize(("terms", "gone", "back"), [
    ("repay_remaining", 5, 13.33), ("repay_all", 5, 40.0), ("repay_remaining", 7, 0.0), ("repay_all", 7, 0.0),
])  # fmt: skip
def test_leaving_early_costs_what_the_page_says(terms: str, gone: int, back: float, tmp_path: Path):
    block = BLOCKS[EARLY].replace("repay_remaining", terms)
    repaid = audited(case_with(block, tmp_path), "ministry", gone=gone).quantities.clawback
    assert millions(sum(repaid.values())) == back
    assert all(t == gone for (_, t), amount in repaid.items() if amount)
    says("12 of 36 months are left: 13.3 mn of the 40 mn JPY go back.")


def test_what_stands_after_is_worked_out_on_what_is_left(tmp_path: Path):
    case = case_with(BLOCKS[AFTER], tmp_path)
    both = {("prefecture", "ministry", *ORDER): 1.0}
    grants = audited(case, "ministry", "prefecture", overlap=both).quantities.grant
    assert {key[0]: millions(amount) for key, amount in grants.items()} == {"ministry": 40, "prefecture": 6}
    assert millions(sum(audited(case, "prefecture").quantities.grant.values())) == 10
    says("10 % of (100 − 40) = 6 mn, 46 mn JPY together")


def test_the_whole_earlier_grant_comes_off_where_categories_differ(tmp_path: Path):
    ministry = "  ministry: {rate: 40 %, categories: [systems"
    assert BLOCKS[AFTER].count(ministry) == 1
    case = case_with(BLOCKS[AFTER].replace(ministry, f"{ministry}, additions"), tmp_path)
    both = {("prefecture", "ministry", *ORDER): 1.0}
    grants = audited(case, "ministry", "prefecture", overlap=both).quantities.grant
    assert {key[0]: millions(amount) for key, amount in grants.items()} == {"ministry": 44, "prefecture": 5.6}
    says("10 % of (100 − 44) = 5.6 mn, not of (100 − 40)")


def test_a_grant_on_a_block_lowers_its_end_value(tmp_path: Path):
    block = BLOCKS[AFTER].replace("categories: [systems", "categories: [facility, systems", 1)
    case = case_with(block, tmp_path)
    bought, claim = {("hall", 0): 1}, {("ministry", "hall", "north", 0): 1.0}
    gross, net = (audit(case, decided(expand=bought, claim=claims)).accounts.terminal_value for claims in ({}, claim))
    assert (millions(gross), millions(net)) == (14, round(14 * 0.6, 2))
    says("at what is left of its cost **less the grants on it**")


def test_a_special_depreciation_is_written_off_as_the_page_says(tmp_path: Path):
    april = ("  start: 2025-04", "  start: 2025-10"), ("2025-04: 32", "2025-10: 32"), ("2025-04: 900", "2025-10: 900")
    none = ("      typical: 10 %", "      typical: 0 %")
    case = case_with(BLOCKS[WRITE_OFF], tmp_path, *april, none)  # ordered in October, there in April
    for programmes, first, later in ((("write-off",), 44, 14), ((), 20, 20)):
        books = audited(case, *programmes).accounts.books
        charges = [books.charges["depreciation"][t] + books.charges["special_depreciation"][t] for t in range(10)]
        by_year = [millions(charges[t] + charges[t + 1]) for t in (1, 3, 5, 7)]
        assert by_year == [first, later, later, later]
    says("| with | 30 + 14 = 44 mn | 14 mn | 100 mn |")


def test_a_tax_credit_is_what_the_page_says(tmp_path: Path):
    case = case_with(BLOCKS[CREDIT], tmp_path)
    (earned,) = audited(case, "credit").quantities.grant.values()
    assert millions(earned) == 5
    says("2 mn are used in the first year and 2.4 mn in the second; the remaining 0.6 mn lapse")
    assert (5 - 10 * 0.2, round(5 - 10 * 0.2 - 12 * 0.2, 9)) == (3, 0.6)


def test_half_of_the_property_tax_is_spared(tmp_path: Path):
    last = ("  asset_grants: income\n", "  depreciation: {systems: 5 years}\n  asset_grants: income\n")
    case = case_with(BLOCKS[SPARED], tmp_path, last, *UNDER_PROPERTY_TAX)
    paid = [audited(case, *names).accounts.by_month["property_tax"] for names in ((), ("certified-plan",))]
    due = [millions(sum(one[12:24])) for one in paid]
    assert due == [1.26, 0.69]  # with 0.11 on the tenth for network, which the programme does not count
    says("81.55 mn in January 2026: 0.57 mn are due in place of 1.14")
