"""A language fills messages: templates are looked up, names are not, and each part is said for what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.language import Speaker, catalogue, catalogue_of
from planner.vocabulary.message import Message, about, fiscal_year, joined, price_unit, say, unit_of, verbatim

SAID = {
    say("order through {offer}", offer="total"): ("order through total", "total への発注"),
    about("energy", "revenue"): ("energy: revenue", "energy：売上高"),
    about(say("energy"), say("revenue")): ("energy: revenue", "電力料：売上高"),
    verbatim("order through {offer}"): ("order through {offer}", "order through {offer}"),
    say("not claimed under {programmes}", programmes=joined(["grants", "b"], " and ")): (
        "not claimed under grants and b", "grants・b に未申請",
    ),
    say("capital expenditure of {year}", year=fiscal_year(2025)): (
        "capital expenditure of FY2025", "2025年度の設備投資額",
    ),
    price_unit("USD", "kWh"): ("USD/kWh", "米ドル/kWh"),
    say("Gap, {unit}", unit=unit_of("{currency} million", currency=unit_of("JPY"))): (
        "Gap, JPY million", "最適値との差の上限（百万円）",
    ),
}  # fmt: skip


@pytest.mark.parametrize("message", SAID, ids=str)
def test_a_message_is_said_in_both_languages(message: Message) -> None:
    english, japanese = Speaker(), Speaker("ja")
    assert (str(message), english.say(message), japanese.say(message)) == (SAID[message][0], *SAID[message])
    assert japanese.missing == set()


def test_a_unit_is_another_word_than_the_same_word_in_a_sentence() -> None:
    speaker = Speaker("ja")
    assert (speaker.say("systems"), speaker.unit("systems"), speaker.say(unit_of("systems"))) == (
        "システム", "台", "台",
    )  # fmt: skip


def test_what_the_catalogue_lacks_is_told_by_its_template_and_said_in_english() -> None:
    speaker = Speaker("ja")
    assert speaker.say(say("{system} sings", system="revenue")) == "revenue sings"
    assert speaker.missing == {"{system} sings"}


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [('"order through {offer}" = "{site} への発注"', "other placeholders"), ('"revenue" = "収入"', "two translations")],
)
def test_a_catalogue_with_a_slip_is_refused(
    entry: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xx.toml").write_text(
        f'[sheets]\n[units]\n[signs]\n[one]\n"revenue" = "売上高"\n[two]\n{entry}\n', encoding="utf-8"
    )
    monkeypatch.setattr(f"{catalogue.__name__}.files", lambda _: tmp_path)
    fresh: Any = catalogue_of.__wrapped__
    with pytest.raises(ValueError, match=complaint):
        fresh("xx")


def test_a_message_without_a_part_is_the_same_with_other_words() -> None:
    told = say("{offer}{when}: ordered", offer="maker", when=say(", up to {month}", month="2025-04"))
    assert (str(told), str(told.but(when="")), str(told.part("when"))) == (
        "maker, up to 2025-04: ordered", "maker: ordered", ", up to 2025-04",
    )  # fmt: skip
