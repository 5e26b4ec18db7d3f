"""What a future changes: only what it moves, only from the month on that is stated, and never the currency."""

from __future__ import annotations

import pytest

from planner.case.quantities import Month
from planner.errors import InputError
from planner.futures import futures_of, named_futures, one_at_a_time
from planner.futures.figures import figures_of
from planner.reading.case.file import Reading
from tests.futures.cases import reading_of_text, reading_with, text_with

WEIGHTS = ("  no-grant:\n", "  no-grant:\n    weight: 20 %\n"), ("  weak-yen:\n", "  weak-yen:\n    weight: 0.3\n")


def high(reading: Reading, name: str) -> dict[str, object]:
    """What the upper point of a driver changes."""
    return dict(next(future for one, _, future in one_at_a_time(reading) if one == name).changes)


def test_every_future_is_read_and_changes_only_what_is_named():
    reading = reading_with()
    targets = set(reading.case.futures.targets())
    for future in futures_of(reading, samples=64):
        assert set(future.changes) <= targets
        changed = reading.with_(future.changes, name=future.name)
        assert changed.scenario == future.name
        assert (changed.input_hash != reading.input_hash) == bool(future.changes)


def test_figures_before_the_month_stay():
    reading = reading_with()
    for future in futures_of(reading, samples=32):
        changed = reading.with_(future.changes)
        for month in range(Month.parse("2024-04"), Month.parse("2025-01")):
            assert changed.case.workloads["rental"].amount.at(Month(month)) == 64
        before = changed.case.finance.exchange_rates["USD"].at(Month.parse("2024-09"))
        assert before == reading.case.finance.exchange_rates["USD"].at(Month.parse("2024-09"))


def test_a_factor_moves_every_step_from_its_month_on():
    reading = reading_with(
        ("workloads.rental.price\n", "offers.maker.price\n      from: 2024-10\n"), ("spread: 25 %", "spread: 10 %")
    )
    moved = high(reading, "rents")["offers.maker.price"]  # by exp(0.128155) = 1.13673
    assert moved == {"2024-04": "310_000 USD", "2024-10": "352_386 USD", "2025-04": "329_652 USD"}


def test_whole_numbers_stay_whole():
    reading = reading_with(("      path: workloads.rental.price\n", "      path: offers.maker.available\n"))
    assert high(reading, "rents")["offers.maker.available"] == 14  # 10 by 1.378
    for future in futures_of(reading, samples=16):
        reading.with_(future.changes)


def test_a_delay_is_added_in_whole_months():
    moved = high(reading_with(), "delay")  # 3.59 months at the point of 90 %
    assert moved == {"systems.cube.lead_time.typical": "7 months", "expansions.hall.lead_time": "10 months"}


def test_a_month_moves_by_months():
    reading = reading_with(
        ("{path: programmes.grant.payment_lag, addition: 12 months}", "{path: sites.north.opens, addition: 12 months}")
    )
    assert high(reading, "late-grant") == {"sites.north.opens": "2016-04"}


def test_the_currency_of_a_figure_stays():
    reading = reading_with()
    for future in futures_of(reading, samples=16):
        changed = reading.with_(future.changes).case
        assert {price.currency for price in changed.offers["maker"].price.values()} == {"USD"}
        assert {rate.currency for rate in changed.finance.exchange_rates["USD"].values()} == {"JPY"}


def test_a_case_in_another_currency_has_the_same_futures():
    """Rates that are told in dollars move by the same factors."""
    yen, dollar = (
        reading_with(),
        reading_of_text(text_with().replace("400 JPY/accelerator-hour", "2.5 USD/accelerator-hour")),
    )
    for one, other in zip(futures_of(yen, samples=8), futures_of(dollar, samples=8), strict=True):
        assert one.drawn == other.drawn
        in_yen, in_dollars = (str(f.changes["workloads.rental.price"]).split() for f in (one, other))
        assert float(in_yen[0]) / 400 == pytest.approx(float(in_dollars[0]) / 2.5, rel=1e-5)
        assert (in_yen[1], in_dollars[1]) == ("JPY/accelerator-hour", "USD/accelerator-hour")


def test_two_that_move_one_figure_are_both_felt():
    """The event that stops the offer comes on top of a driver of what is for sale."""
    reading = reading_with(("workloads.rental.price\n", "offers.maker.price\n"), ("spread: 25 %", "spread: 8 %"))
    drawn = futures_of(reading, samples=64)
    both = next(one for one in drawn if "offers.maker.available" in one.changes and one.drawn[1].value > 1.05)
    prices = both.changes["offers.maker.price"]
    assert float(prices["2024-04"].split()[0].replace("_", "")) >= 310_000 * 1.05
    assert len(prices) >= 3  # the steps of the case, and those of the event


def test_a_scenario_may_change_futures():
    changes = ("  no-grant:\n", "  calm:\n    set:\n      futures.drivers.rents.lognormal.spread: 5 %\n  no-grant:\n")
    text = text_with().replace(*changes)
    base, calm = reading_of_text(text), reading_of_text(text, "calm")
    assert calm.futures.drivers["rents"].lognormal.spread == 0.05
    assert calm.input_hash == base.input_hash  # the plan is the same
    spread = [max(one.drawn[1].value for one in futures_of(r, samples=64)) for r in (base, calm)]
    assert spread[0] > 1.5 > 1.2 > spread[1]


def test_a_scenario_that_removes_a_figure_leaves_it_out_of_the_futures():
    reading = reading_of_text(text_with(), "no-grant")
    assert list(reading.futures.events) == ["stop"]
    assert "late-grant" not in [one.driver for one in futures_of(reading, samples=4)[0].drawn]


def test_scenarios_with_a_weight_are_futures_and_the_case_has_the_rest():
    text = text_with()
    for old, new in WEIGHTS:
        text = text.replace(old, new)
    found = named_futures(reading_of_text(text))
    assert [(one.name, round(one.weight, 9)) for one in found] == [("base", 0.5), ("no-grant", 0.2), ("weak-yen", 0.3)]
    assert found[1].changes == {"programmes.grant": None}
    assert named_futures(reading_with()) == ()


def test_named_futures_are_the_scenarios():
    text = text_with()
    for old, new in WEIGHTS:
        text = text.replace(old, new)
    reading = reading_of_text(text)
    for one in named_futures(reading)[1:]:
        assert reading.with_(one.changes, name=one.name).input_hash == reading.in_scenario(one.name).input_hash


def test_the_weights_of_all_scenarios_are_at_most_the_whole():
    text = text_with().replace("  no-grant:\n", "  no-grant:\n    weight: 80 %\n")
    text = text.replace("  weak-yen:\n", "  weak-yen:\n    weight: 30 %\n")
    with pytest.raises(InputError) as caught:
        reading_of_text(text)
    (fault,) = caught.value.faults
    assert str(fault).endswith(
        "scenarios.weak-yen.weight: the weights of the scenarios add up to 110 %\n    allowed: at most 100 % together\n"
        "    fix: take 10 % off them; the case itself has what they leave"
    )


@pytest.mark.parametrize("spread", ["3 %", "25 %"])
def test_the_short_way_for_factors_comes_to_the_same(spread: str):
    reading = reading_with(("spread: 25 %", f"spread: {spread}"))
    figures = figures_of(reading, [*reading.case.futures.targets(), "offers.maker.price"])
    start, later, end = (int(Month.parse(month)) for month in ("2024-04", "2024-11", "2025-06"))
    for first in (1.0, 1.0376543, 0.5, 1e-7, 2e6):
        course = [(start, ("factor", first)), (later, None), (end, ("factor", 1.25))]
        for figure in figures.values():
            if figure.by_month and not figure.whole:
                assert figure.after([course]) == figure.plain(figure.moved(figure.steps, course)), figure.target
