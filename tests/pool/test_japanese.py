"""A pool in Japanese: every text of the program on its sheets and its page is translated, no name of the user is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.report.compare.workbook import write_sections
from planner.report.page.pool_page import pool_page
from planner.report.pool.sections import sections_of
from planner.report.voice import Voice
from tests.pool.pools import grant, operator, planned, pool
from tests.report.workbook.test_recalculation import assert_another_engine_agrees

OFFERS = {
    "maker": {"system": "cube", "supplier": "maker", "allocation": {"2025-01": 4}, "order_window": {"to": "2025-12"}}
}
OPERATORS = {"a": operator(amount=1), "b": operator(amount=2, earns=30)}
RATIO = {"kind": "compute_per_public_yen", "installed_by": "2025-06", "least": 3}
TARGET = {"metric": "bf16_pflops", "floor": 9, "by": "2026-12"}
POOLS: dict[str, dict[str, Any]] = {
    "value": {"target": TARGET},
    "compute": {"objective": {"kind": "compute"}, "target": {**TARGET, "floor": 1}},
    "ratio": {"objective": RATIO},
}


@pytest.mark.parametrize("name", POOLS)
def test_every_text_is_japanese(name: str, tmp_path: Path) -> None:
    aid = {"aid": grant(0.5, total_cap="150 mn JPY")}
    found = planned(tmp_path, pool(OPERATORS, offers=OFFERS, programmes=aid, **POOLS[name]))
    voice = Voice("ja", "JPY")
    sections = sections_of(found, voice)
    assert voice.speaker.missing == set()
    assert sections[0].name == "プール"
    path = tmp_path / "pool.xlsx"
    write_sections(sections, path, title="toys", currency="JPY", run_id="0", language="ja")
    assert_another_engine_agrees(path)
    page = pool_page(found, sections, "ja")
    assert "事業者の比較" in page
    assert "operator" not in page.partition("<body")[2].lower().replace("operators-", "")
