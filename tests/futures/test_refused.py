"""Futures that cannot be: one message each, with the line, what is wrong, what is allowed, and the likely fix."""

from __future__ import annotations

import pytest

from planner.errors import InputError
from planner.futures import futures_of
from tests.futures.cases import reading_of_text, reading_with, text_with
from tests.reading.helpers import line_of

RENTS = "lognormal: {spread: 25 %}"
DEMAND = "range: {low: 60 %, high: 130 %}"
DELAY = "range: {low: 0 months, typical: 1 month, high: 5 months, shape: triangular}"
STOP = "{path: offers.maker.available, value: 0}"
PAIR = "- {between: [rents, demand], coefficient: 60 %}"
READ = [
    # id, what stands there, what is put in its place, words on the line of the fault, the whole message behind the line
    (
        "low-above-high", DEMAND, "range: {low: 130 %, high: 60 %}", "low: 130 %",
        "futures.drivers.demand.range.low: the lowest value, 1.3, is not below the highest, 0.6\n"
        "    allowed: a lowest value below the highest\n"
        "    fix: swap them, if they are mixed up",
    ),
    (
        "low-above-typical", DELAY, "range: {low: 2 months, typical: 1 month, high: 5 months}", "typical: 1 month",
        "futures.drivers.delay.range.typical: the typical value, 1 month, lies below the lowest, 2 months\n"
        "    allowed: a value from 2 months to 5 months",
    ),
    (
        "case-outside", DEMAND, "range: {low: 105 %, high: 130 %}", "low: 105 %",
        "futures.drivers.demand.range: what the case states, 1, lies below the lowest, 1.05\n"
        "    allowed: a value from 1.05 to 1.3\n"
        "    fix: state `typical:`, if the case is outside of its own range on purpose",
    ),
    (
        "two-units", DELAY, "range: {low: 0 months, typical: 1, high: 5 months}", "typical: 1,",
        "futures.drivers.delay.range.typical: 1 and the lowest value, 0 months, are in different units\n"
        "    allowed: one unit for all of a range\n"
        "    fix: write them in one unit",
    ),
    (
        "factor-with-unit", DEMAND, "range: {low: 60 %, high: 130 JPY}", "high: 130 JPY",
        "futures.drivers.demand.range.high: 130 JPY has a unit, and stands for a factor\n"
        "    allowed: a factor such as 1.2, or 120 %\n"
        "    fix: write `kind: addition`, if it is added",
    ),
    (
        "months-as-factor", "      kind: addition\n", "", "low: 0 months",
        "futures.drivers.delay.range.low: 0 months has a unit, and stands for a factor\n"
        "    allowed: a factor such as 1.2, or 120 %\n"
        "    fix: write `kind: addition`, if it is added",
    ),
    (
        "no-size", DEMAND, "range: {low: sixty, high: 130 %}", "low: sixty",
        "futures.drivers.demand.range.low: 'sixty' is not a number with a unit\n"
        "    allowed: a number such as 1.2, a share such as 80 %, or a figure with its unit, such as 3 months or "
        "150 JPY",
    ),
    (
        "no-distribution", f"      {RENTS}", "", "rents:",
        "futures.drivers.rents: it has no distribution\n"
        "    allowed: range, normal, lognormal, discrete or walk\n"
        "    fix: add one, such as `range: {low: 90 %, high: 120 %}`",
    ),
    (
        "two-distributions", RENTS, f"{RENTS}\n      normal: {{spread: 10 %}}", "rents:",
        "futures.drivers.rents: it has 2 distributions: normal and lognormal\n"
        "    allowed: one of range, normal, lognormal, discrete or walk\n"
        "    fix: remove the others",
    ),
    (
        "spread-in-per-cent", "spread: 25 %", "spread: 25", "spread: 25}",
        "futures.drivers.rents.lognormal.spread: 25 is more than the whole\n"
        "    allowed: a share between 0 and 1, or between 0 % and 100 %, or a fraction such as 1/3\n"
        "    fix: did you mean 25 %?",
    ),
    (
        "volatility-implausible", "volatility: 10 %", "volatility: 0.1 %", "volatility: 0.1 %",
        "futures.drivers.dollar.walk.volatility: 0.1 % is implausibly low\n"
        "    allowed: 0.5 % to 100 %\n"
        "    fix: did you mean 10 %? If it is right, say why in the file: "
        "`unusual: {futures.drivers.dollar.walk.volatility: the reason}`",
    ),
    (
        "weights", "weight: 30 %}", "weight: 20 %}", "discrete:",
        "futures.drivers.output.discrete: the weights add up to 90 %\n"
        "    allowed: 100 % together\n"
        "    fix: add an outcome of 10 %",
    ),
    (
        "path-misspelt", "path: workloads.rental.price", "path: workloads.rentals.price", "rentals",
        "futures.drivers.rents.path: 'workloads' has no 'rentals'\n"
        "    allowed: rental\n"
        "    fix: did you mean 'rental'?",
    ),
    (
        "field-misspelt", "path: workloads.rental.price", "path: workloads.rental.prise", "prise",
        "futures.drivers.rents.path: 'workloads.rental' has no field 'prise'",
    ),
    (
        "path-in-an-event", STOP, "{path: offers.maker.avialable, value: 0}", "avialable",
        "futures.events.stop.effects.0.path: 'offers.maker' has no field 'avialable'",
    ),
    (
        "path-of-nothing", "path: workloads.rental.price", "path: workloads.rental.selling_costs", "selling_costs",
        "futures.drivers.rents.path: nothing is stated at 'workloads.rental.selling_costs'\n"
        "    allowed: the path of a figure that is stated\n"
        "    fix: state the figure there, so that there is something to move, or name the one that is read instead",
    ),
    (
        "path-of-a-group", "path: workloads.rental.price", "path: offers.maker.payment", "maker.payment",
        "futures.drivers.rents.path: 'offers.maker.payment' is a group of figures\n"
        "    allowed: the path of one figure: offers.maker.payment.at_order\n"
        "    fix: name the figure",
    ),
    (
        "path-of-a-step", "path: workloads.rental.price", "path: offers.maker.price.2025-04", "price.2025-04",
        "futures.drivers.rents.path: 'offers.maker.price.2025-04' is one step of a figure\n"
        "    allowed: the whole figure: offers.maker.price\n"
        "    fix: write offers.maker.price; from which month on it varies is said by `from`",
    ),
    (
        "path-of-the-calendar", "path: workloads.rental.price", "path: calendar.periods", "calendar.periods",
        "futures.drivers.rents.path: 'calendar.periods' does not turn out in one way or another\n"
        "    allowed: a figure of finance, systems, offers, sites, expansions, workloads, programmes or "
        "supply_chain_limits",
    ),
    (
        "no-path", "      path: workloads.rental.price\n", "", "rents:",
        "futures.drivers.rents: it moves no figure\n"
        "    allowed: the path of a figure\n"
        "    fix: add `path:`, such as finance.exchange_rates.USD",
    ),
    (
        "a-month-as-factor", "path: workloads.rental.price", "path: sites.north.opens", "sites.north.opens",
        "futures.drivers.rents: 'sites.north.opens' is a month, which cannot be multiplied\n"
        "    allowed: an addition in months, or a value\n"
        "    fix: write `kind: addition` and months",
    ),
    (
        "walk-of-one-figure", "path: finance.exchange_rates.USD\n      from: 2024-10", "path: sites.north.pue",
        "path: sites.north.pue",
        "futures.drivers.dollar: 'sites.north.pue' does not change with time, and cannot follow a walk\n"
        "    allowed: a figure by month\n"
        "    fix: take a distribution that is drawn once, such as `lognormal: {spread: 20 %}`",
    ),
    (
        "from-of-one-figure", "path: workloads.rental.price", "path: sites.north.pue\n      from: 2025-01",
        "path: sites.north.pue",
        "futures.drivers.rents: 'sites.north.pue' does not change with time, and cannot vary from 2025-01 on\n"
        "    allowed: a figure by month, or no `from`\n"
        "    fix: leave `from` out",
    ),
    (
        "text-by-a-factor", "path: offers.maker.price, factor: 1.1", "path: offers.maker.supplier, factor: 1.1",
        "maker.supplier",
        "futures.events.stop.effects.1: 'offers.maker.supplier' is no number, and takes no factor\n"
        "    allowed: a value in its place\n"
        "    fix: write `value:`",
    ),
    (
        "from-outside", "from: 2025-01", "from: 2027-01", "from: 2027-01",
        "futures.drivers.demand.from: 2027-01 is outside of the horizon\n"
        "    allowed: a month from 2024-04 to 2026-03",
    ),
    (
        "no-probability", "      hazard: 30 %  # two in six years\n", "", "stop:",
        "futures.events.stop: it has no probability\n"
        "    allowed: a hazard or a chance\n"
        "    fix: add `hazard: 10 %`, of a year, or `chance: 10 %`, over all",
    ),
    (
        "lasts", "lasts: 6 months", "lasts: 6 months\n      lasts_at_most: 3 months", "lasts_at_most",
        "futures.events.stop.lasts_at_most: 3 months is less than 6 months, which it lasts at least\n"
        "    allowed: at least 6 months\n"
        "    fix: swap them, if they are mixed up",
    ),
    (
        "two-changes", STOP, "{path: offers.maker.available, value: 0, factor: 0}", "value: 0, factor: 0",
        "futures.events.stop.effects.0: it has factor and value\n"
        "    allowed: one of factor, addition and value\n"
        "    fix: state exactly one",
    ),
    (
        "unknown-driver", PAIR, "- {between: [rents, demands], coefficient: 60 %}", "demands",
        "futures.correlations.0.between.1: 'demands' is no driver and no event\n"
        "    allowed: demand, rents, delay, late-grant, energy, dollar and 2 more\n"
        "    fix: did you mean 'demand'?",
    ),
    (
        "no-pair", PAIR, "- {between: [rents], coefficient: 60 %}", "between: [rents]",
        "futures.correlations.0.between: [rents] are not two drivers\n"
        "    allowed: two drivers or events, such as [fx, rents]",
    ),
    (
        "coefficient", "coefficient: 60 %", "coefficient: 60", "coefficient: 60}",
        "futures.correlations.0.coefficient: 60 lies outside -1 to 1\n"
        "    allowed: a number from -1 to 1, or a share from -100 % to 100 %\n"
        "    fix: did you mean 60 %?",
    ),
    (
        "coefficient-in-quotes", "coefficient: 60 %", "coefficient: '0.6'", "coefficient: '0.6'",
        "futures.correlations.0.coefficient: '0.6' is text\n"
        "    allowed: a number from -1 to 1, or a share from -100 % to 100 %\n"
        "    fix: write 0.6, without quotes",
    ),
    (
        "no-matrix", PAIR,
        "- {between: [dollar, demand], coefficient: 90 %}\n    - {between: [rents, demand], coefficient: 90 %}",
        "correlations:",
        "futures.correlations: no drivers can have these correlations: the matrix is not positive semidefinite\n"
        "    allowed: a correlation matrix\n"
        "    fix: bring them nearer to zero; where two go with a third, they go with each other as well",
    ),
]  # fmt: skip
ASKED = [
    (
        "below-the-floor", "path: workloads.rental.price", "path: offers.maker.price", "rents:",
        "futures.drivers.rents: at 'rents: 53.8 % less' offers.maker.price.2024-04 goes wrong: 17,896 USD per "
        "accelerator (143,167 USD for 8) is below the plausible floor of 20,000 USD\n"
        "    allowed: at least 160,000 USD for one system\n"
        "    fix: narrow its distribution, or say why it is right: "
        "`unusual: {offers.maker.price.2024-04: the reason}`",
    ),
    (
        "more-than-the-whole", "{value: 15 %, weight: 30 %}", "{value: 1.2, weight: 30 %}", "output:",
        "futures.drivers.output: at 'output: 1.2' systems.cube.additions.typical goes wrong: 1.2 is more than the "
        "whole\n"
        "    allowed: a share between 0 and 1, or between 0 % and 100 %, or a fraction such as 1/3\n"
        "    fix: narrow its distribution",
    ),
    (
        "another-unit", "typical: 20 JPY/kWh, spread: 2 JPY/kWh", "typical: 20 JPY, spread: 2 JPY", "energy:",
        "futures.drivers.energy: at 'energy: 13.8195 JPY' sites.north.energy_price goes wrong: '13.8195 JPY' does "
        "not say per what",
    ),
    (
        "an-event-with-a-value-of-another-kind", STOP, "{path: offers.maker.available, value: none left}", "stop:",
        "futures.events.stop: at 'export control: for 6 months from 2024-04 on' offers.maker.available.2024-04 goes "
        "wrong: is the text 'none left', not a whole number",
    ),
    (
        "an-addition-in-another-unit", "programmes.grant.payment_lag, addition: 12 months",
        "programmes.grant.operator_cap, addition: 12 months", "late-grant:",
        "futures.events.late-grant: 'programmes.grant.operator_cap' states 1_000_000_000 JPY, to which 12 months "
        "cannot be added\n"
        "    allowed: an addition in JPY",
    ),
    (
        "implausible-delay", "high: 5 months", "high: 90 months", "delay:",
        "futures.drivers.delay: at 'systems: 87 months more' expansions.hall.lead_time goes wrong: 93 months is "
        "implausibly long",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "message"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_file_that_cannot_be_is_refused(old: str, new: str, line: str, message: str):
    text = text_with((old, new))
    with pytest.raises(InputError) as caught:
        reading_of_text(text)
    (fault,) = caught.value.faults
    whole = f"case.yaml:{line_of(text[text.index('futures:') :], line) + text[: text.index('futures:')].count(chr(10))}"
    assert str(fault).startswith(f"{whole}: {message}")


@pytest.mark.parametrize(("old", "new", "line", "message"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
def test_what_could_not_be_read_is_refused_when_futures_are_asked_for(old: str, new: str, line: str, message: str):
    text = text_with((old, new))
    reading = reading_of_text(text)  # a plan is made all the same
    with pytest.raises(InputError) as caught:
        futures_of(reading, samples=1)
    fault = caught.value.faults[0]
    whole = f"case.yaml:{line_of(text[text.index('futures:') :], line) + text[: text.index('futures:')].count(chr(10))}"
    assert str(fault).startswith(f"{whole}: {message}")


def test_all_faults_are_told_at_once():
    changes = [row[1:3] for row in READ if row[0] in ("low-above-high", "weights", "path-in-an-event", "no-matrix")]
    with pytest.raises(InputError) as caught:
        reading_with(*changes)
    assert [fault.field for fault in caught.value.faults] == [
        "futures.drivers.demand.range.low",
        "futures.drivers.output.discrete",
        "futures.events.stop.effects.0.path",
        "futures.correlations",
    ]


def test_of_a_misspelt_field_that_futures_move_only_the_spelling_is_told():
    before, workload, after = text_with().partition("  rental:\n")
    with pytest.raises(InputError) as caught:
        reading_of_text(before + workload + after.replace("price:", "prise:", 1))
    assert [fault.field.rpartition(".")[2] for fault in caught.value.faults] == ["prise"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"futures.drivers.rents.path": "workloads.rental.prise"},
            "with_: futures.drivers.rents.path: 'workloads.rental' has no field 'prise'",
        ),
        (
            {"futures.drivers.more": {"path": "offers.other.price", "lognormal": {"spread": 0.1}}},
            "with_: futures.drivers.more.path: 'offers' has no 'other'",
        ),
        (
            {"futures.drivers.rents.path": "programmes.grant.rate", "programmes.grant": None},
            "with_: futures.drivers.rents.path: 'programmes' has no 'grant'",
        ),
    ],
)
def test_a_changed_path_that_leads_nowhere_is_refused(changes: dict[str, object], message: str):
    """What a scenario removes is left out of the futures; a path that was never right is wrong all the same."""
    with pytest.raises(InputError) as caught:
        reading_with().with_(changes)
    (fault,) = caught.value.faults
    assert str(fault).startswith(message)


def test_a_scenario_with_a_path_that_leads_nowhere_is_refused_with_its_line():
    wrong = "  wrong:\n    set:\n      futures.drivers.rents.path: workloads.rental.prise\n  no-grant:\n"
    text = text_with().replace("  no-grant:\n", wrong)
    with pytest.raises(InputError) as caught:
        reading_of_text(text, "wrong")
    (fault,) = caught.value.faults
    assert fault.place.line == line_of(text, "prise")


def test_a_wrong_pair_and_an_unknown_coefficient_are_told_without_a_matrix():
    with pytest.raises(InputError) as caught:
        reading_with((PAIR, "- {between: [cube, 5], coefficient: high}"))
    assert {fault.field for fault in caught.value.faults} == {
        "futures.correlations.0.between.1",
        "futures.correlations.0.coefficient",
    }
