"""Every figure of a case says where it comes from, every mark is a row of the facts, and every case is told."""

from __future__ import annotations

import re

import pytest

from tests.cases.published import MARK, NOT_CASES, cases, facts
from tests.places import INPUTS

FIGURE = re.compile(r"\s*(?:- )?(?!title)[\w.-]+:\s+-?(\d[\d_.]*)\s*(?:(?:mn|bn|tn)\s+)?(?:JPY|USD|%|kW|MW|Gbps)")
SAYS_WHERE_FROM = re.compile(
    rf"{MARK.pattern}|estimate|assum|catalogue|as above|the same|example|ten racks of 132 kW", re.I
)


@pytest.mark.parametrize("name", [*cases(), "meti-pool"])
def test_every_figure_says_where_it_comes_from(name: str) -> None:
    stated, _, _ = (INPUTS / f"{name}.yaml").read_text(encoding="utf-8").partition("\nscenarios:")
    figures = [(line, found[1]) for line in stated.splitlines() if (found := FIGURE.match(line))]
    assert len(figures) > 10
    assert not [
        line for line, amount in figures if float(amount) and not SAYS_WHERE_FROM.search(line.partition("#")[2])
    ]


@pytest.mark.parametrize("name", [path.stem for path in INPUTS.glob("*.yaml") if path.name != NOT_CASES[0]])
def test_every_mark_is_a_row_of_the_facts(name: str) -> None:
    text = (INPUTS / f"{name}.yaml").read_text(encoding="utf-8")
    assert sorted(set(MARK.findall(text)) - set(facts())) == []


@pytest.mark.parametrize("name", [case for case in cases() if case not in ("starter", "sakura-2024")])
def test_every_case_is_told_on_the_page(name: str) -> None:
    page = (INPUTS.parent / "docs" / "reference-cases.md").read_text(encoding="utf-8")
    assert f"inputs/{name}.yaml" in page
