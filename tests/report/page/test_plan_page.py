"""plan.html: what it says is what the plan says, in both languages, and nothing in it comes from elsewhere."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.language import LANGUAGES, Speaker
from planner.outcome import DoingNothing, Outcome
from planner.outcome.variance import CashDifference, Effects, Variance, VarianceLine
from planner.planning import plan_beside_nothing
from planner.report.headline import headline
from planner.report.page import document, markup
from planner.report.page.canvas import width_of
from planner.report.page.plan_page import plan_page, write_plan_page
from planner.report.page.timetable import Timetable
from planner.report.voice import Voice
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import say
from tests.cases.toy import toy
from tests.report import example, large, programmes
from tests.report.page.read import named, read, require_page, rows


@cache
def outcome() -> Outcome:
    """The example beside another plan of it that stands for doing nothing."""
    found = example.outcome()
    idle = Decisions()
    return replace(found, doing_nothing=DoingNothing(found.case, idle, found.proof, audit(found.case, idle)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [outcome, programmes.outcome], ids=["example", "programmes"])
def test_a_page_comes_from_nowhere_else_and_tells_everybody(case: Any, language: str) -> None:
    elements = require_page(plan_page(case(), language))
    (html,) = named(elements, "html")
    assert html.attributes["lang"] == language
    for key in ("figures", "binding", "dates", "money", "capacity", "checks", "bridge", "when", "cash", "room"):
        assert [one for one in elements if one.attributes.get("id") == key], key


def test_the_reference_case_is_a_page(reference: Outcome) -> None:
    elements = require_page(plan_page(reference))
    assert {"awards", "compute-1", "compute-2"} <= {one.attributes.get("id") for one in elements}


def test_a_large_case_is_small_enough() -> None:
    case = large.large_case(large.HALF)
    require_page(plan_page(example.outcome_of(case, large.large_plan(large.HALF, case))))


def test_tables_are_shortened_where_a_page_would_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = plan_page(outcome())
    monkeypatch.setattr(document, "MOST_BYTES", len(whole.encode()) - 1)
    elements = require_page(plan_page(outcome()))
    shown, months = rows(elements, "cash"), len(outcome().case.calendar.months)
    assert len(shown) == 25 < months
    assert f"{months - 25} more rows are in the workbook." in [one.text for one in named(elements, "p")]


def test_every_text_has_its_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = set[str]()
    said = Speaker.say

    def listening(speaker: Speaker, text: Any) -> str:
        words = said(speaker, text)
        missing.update(speaker.missing)
        return words

    monkeypatch.setattr(Speaker, "say", listening)
    unknown = replace(
        outcome(), doing_nothing=None, no_doing_nothing="what doing nothing comes to was not found in time"
    )
    for one in (outcome(), programmes.outcome(), unknown):
        plan_page(one, "ja")
    assert missing == set()


def test_what_a_user_wrote_stays_text() -> None:
    title = """<script>alert(1)</script> & "quoted" 'too' </title><img src=x onerror=alert(2)> {name} \u202egalp"""
    page = plan_page(replace(outcome(), case=outcome().case.model_copy(update={"title": title})))
    elements = require_page(page)
    (heading,) = named(elements, "h1")
    assert heading.text == title.replace("\u202e", "\\u202e")
    assert "\u202e" not in page
    assert not named(elements, "script")


def test_an_element_escapes_what_is_no_markup() -> None:
    inner = markup.element("b", "<i>")
    assert markup.element("a", inner, "&", None, title='">') == '<a title="&quot;&gt;"><b>&lt;i&gt;</b>&amp;</a>'


def test_a_gap_that_is_too_wide_is_marked_but_not_that_of_a_part_of_a_pool() -> None:
    wide = replace(outcome(), proof=replace(outcome().proof, gap_requested=1e-9))
    part = replace(wide, options={**wide.options, "pool": "ministry"})
    marks = []
    for one in (outcome(), wide, part):
        (verdict,) = [it for it in read(plan_page(one)) if it.attributes.get("class", "").startswith("verdict")]
        marks.append((verdict.text[0], verdict.attributes["class"]))
    assert marks == [("✓", "verdict good"), ("!", "verdict bad"), ("✓", "verdict good")]


def test_the_bytes_are_those_of_the_plan(tmp_path: Path) -> None:
    write_plan_page(outcome(), tmp_path / "plan.html", "ja")
    once = (tmp_path / "plan.html").read_bytes()
    slower = replace(outcome(), proof=replace(outcome().proof, seconds=99.0))
    assert plan_page(slower, "ja").encode() == once


def test_the_figures_are_those_of_the_plan() -> None:
    found, voice = outcome(), Voice("en", "JPY")
    elements, facts = require_page(plan_page(found)), headline(found)
    shown = {
        name.text: figure.text
        for name, figure in zip(named(elements, "dt"), named(elements, "dd", **{"class": "figure"}), strict=True)
    }
    assert next(iter(shown)) == "value added"
    assert facts.value_added is not None
    assert (shown["value added"], shown["net present value"], shown["capital expenditure"]) == (
        voice.money(facts.value_added), voice.money(facts.npv), voice.money(facts.capex),
    )  # fmt: skip
    accounts, calendar = found.audit.accounts, found.case.calendar
    assert [(row[0], row[1], row[2]) for row in rows(elements, "cash")] == [
        (str(month), voice.short(after), voice.short(end))
        for month, after, end in zip(calendar.months, accounts.cash_after_payments, accounts.cash_at_end, strict=True)
    ]
    of_room = {row[0]: row[1:] for row in rows(elements, "room")}
    for limit in found.audit.limits:
        if limit.rule == "site_resource" and limit.right > 0:
            name, told = (
                "{}: {}".format(*limit.about.names).replace("_", " "),
                voice.percent(max(0.0, limit.slack / limit.right)),
            )
            assert limit.period is not None
            assert of_room[name][limit.period] == told, limit.subject


def test_the_bridge_leads_from_doing_nothing_to_the_plan() -> None:
    """Steps are rounded as they are told; together they are off by no more than that."""
    found = plan_beside_nothing(toy(workloads__training__amount=3))
    assert found.doing_nothing is not None
    first, *steps, last = rows(require_page(plan_page(found)), "bridge")
    assert last[1] == Voice("en", "JPY").money(found.npv)
    assert [first[0], *(step[0] for step in steps)] == ["sales", "systems and halls"]
    assert (first[1], steps[0][1], steps[-1][2]) == ("540.00 mn JPY", "-300.00 mn JPY", last[1])


def test_a_plan_made_anew_is_led_to_from_the_earlier_one() -> None:
    """Twelve lines move, of which the least three are put together, and cash came besides."""
    keys = list(CASH_LINES)[:12]
    lines = tuple(
        VarianceLine(key, 5e6, Effects(figures=-number * 1e6), Effects()) for number, key in enumerate(keys, start=1)
    )
    now = 100e6 + sum(one.now - one.planned for one in lines)
    besides = CashDifference(say("a fine"), Month.of(2025, 1), -3e6, -2e6)
    way = Variance(Month.of(2025, 4), 100e6, 0.0, now, lines, (besides,), (), is_kept=False)
    for language in LANGUAGES:
        told = rows(require_page(plan_page(replace(outcome(), variance=way), language)), "variance")
        assert len(told) == 1 + 9 + 1 + 1 + 1
    voice = Voice("ja", "JPY")
    assert told[0][1:] == [voice.money(100e6), voice.money(100e6)]
    assert told[1][:2] == [voice(CASH_LINES[keys[11]].label), voice.money(-12e6)]
    assert told[-3][:2] == [voice("{count} other lines", count=3), voice.money(-6e6)]
    assert told[-1][1:] == [voice.money(now - 2e6)] * 2 == [told[-2][2]] * 2


def test_orders_and_blocks_end_when_they_arrive() -> None:
    groups = Timetable(example.outcome(), Voice("en", "JPY")).groups
    bars = {(group.name, str(bar.start), str(bar.end), bar.words) for group in groups for bar in group.bars}
    assert ("h200-direct at ishikari", "2024-04", "2024-10", "10") in bars  # 26 weeks
    assert ("gb200-direct at ishikari", "2024-07", "2025-04", "3") in bars  # nine months
    assert len(bars) == 6
    paid = {one.month: one.amount for group in groups if group.kind == "receipt" for one in group.points}
    assert math.isclose(sum(paid.values()), sum(example.outcome().audit.accounts.lines["grants"]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [outcome, programmes.outcome], ids=["example", "programmes"])
def test_nothing_is_drawn_outside_of_its_picture(case: Any, language: str) -> None:
    """A text that begins or ends outside would be cut."""
    seen = 0
    for one in require_page(plan_page(case(), language)):
        if one.name == "svg" and one.attributes["class"] != "pens":
            _, _, width, height = map(float, one.attributes["viewbox"].split())
        elif one.name == "text":
            room, x = width_of(one.text), float(one.attributes["x"])
            first = x - room * {"": 0.0, "middle": 0.5, "end": 1.0}[one.attributes.get("text-anchor", "")]
            assert first >= -1, one.text
            assert first + room <= width + 8, one.text  # estimated with a little to spare
            assert 0 < float(one.attributes["y"]) <= height, one.text
            seen += 1
        elif one.name == "rect" and "pattern" not in one.parents:
            x, wide = float(one.attributes["x"]), float(one.attributes["width"])
            assert x >= 0
            assert x + wide <= width + 0.2
    assert seen > 100
