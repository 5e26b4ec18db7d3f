"""Limits that bind as whoever decides reads them: on the page, on the board page and on What binds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from planner.language import Speaker
from planner.outcome import LimitPrice, Outcome
from planner.planning import plan_case
from planner.report.limits_told import amount_told, limit_told, periods_told, reach_told
from planner.report.page.plan_page import plan_page
from planner.vocabulary.message import say
from tests.cases.toy import toy, yearly
from tests.report.page.read import named, require_page

PRICE = LimitPrice(
    path="sites.east.capacity.power",
    keys=("sites", "east", "capacity", "power"),
    words="the demand for training is 2 bf16_pflops",
    periods=(0,),
    unit="+1 system",
    value="8 MW",
    gain=None,
    reach=0.0,
    loss=None,
    reach_back=0.0,
)
TWO = {"metric": "accelerators", "amount": {"2025-01": 2, "2026-01": 4}, "price": yearly(60)}


@pytest.fixture(scope="module")
def plan() -> Outcome:
    return plan_case(toy(workloads__training=TWO, offers__maker__allocation=3), gap=0.0)


def test_a_limit_is_a_sentence_and_a_name_of_the_user_stays_as_it_is() -> None:
    assert str(limit_told(PRICE, {}, "en")) == "The demand for training is 2 BF16 PFLOPS"
    east = replace(PRICE, words="east has 8 MW of power")
    assert str(limit_told(east, {}, "en")) == "east has 8 MW of power"
    again = replace(PRICE, words=str(limit_told(PRICE, {}, "en")), keys=())
    assert limit_told(again, {}, "en") == limit_told(PRICE, {}, "en")  # as it is read back from a workbook
    names = {PRICE.path: say("power")}
    assert Speaker("ja").say(limit_told(PRICE, names, "ja")).endswith("：8 MW")


@pytest.mark.parametrize(
    ("text", "english", "japanese"),
    [
        ("+1 system", "+1 system", "+1台"),
        ("6000 accelerators", "6000 accelerators", "6,000GPU基"),
        ("−1 month", "−1 month", "−1か月"),
        ("+1 mn JPY", "+1 mn JPY", "+100万円"),
        ("1.2345 bn JPY", "1.2345 bn JPY", "12.345億円"),
        ("280_000 USD", "280_000 USD", "28万米ドル"),
        ("400 JPY/accelerator-hour", "400 JPY/accelerator-hour", "400円/GPU時間"),
        ("+5 %", "+5 %", "+5%"),
        ("+100 bf16_pflops", "+100 BF16 PFLOPS", "+100 BF16 PFLOPS"),
        ("air", "air", "air"),
    ],
)
def test_an_amount_is_said_in_the_words_of_the_language(text: str, english: str, japanese: str) -> None:
    assert (str(amount_told(text, "en")), Speaker("ja").say(amount_told(text, "ja"))) == (english, japanese)


def test_periods_are_never_empty(plan: Outcome) -> None:
    every = range(plan.case.calendar.periods)
    told = [str(periods_told(replace(PRICE, periods=tuple(some)), plan.case)) for some in (every, (), (0,), (0, 1))]
    assert told == ["all periods", "all periods", "2025-01", "2025-01 to 2026-01"]
    assert [str(reach_told(reach)) for reach in (float("inf"), 5.25, 0.0)] == ["without end", "5.25", ""]


def test_on_the_page_no_path_stands_and_no_column_is_hidden_on_a_phone(plan: Outcome) -> None:
    priced = replace(plan, prices=(PRICE, replace(PRICE, periods=tuple(range(plan.case.calendar.periods)), gain=2e6)))
    text = plan_page(priced)
    elements = require_page(text)
    section = text[text.index('id="binding"') :].partition("</section>")[0]
    assert "sites.east" not in section and "capacity.power" not in section
    (table,) = [one for one in named(elements, "table") if one.attributes.get("class") == "stacks"]
    assert table
    titles = re.findall(r'<td[^>]* data-title="([^"]+)"', section)
    assert titles[:4] == [
        "If changed by", "One such change is worth", "Worth as much each, up to so many changes", "Binds in",
    ]  # fmt: skip
    assert re.search(r'data-title="If changed by">\+1 system<', section)
    assert re.search(r'data-title="One such change is worth">only planning again tells<', section)
    assert re.search(r'data-title="One such change is worth">2.00 mn JPY<', section) and "all periods" in section


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "average demand served 80 % training: 2.67 of 3.33 accelerators"), ("ja", "需要の充足率（平均） 80%")],
)
def test_the_page_tells_the_demand_served_among_its_figures(plan: Outcome, language: str, words: str) -> None:
    text = plan_page(plan, language)
    tiles = " ".join(re.sub(r"<[^>]+>", " ", text[text.index('class="tiles"') :].partition("</dl>")[0]).split())
    assert words in tiles
