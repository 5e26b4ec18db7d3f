"""The tiny case with futures, and parts of them changed."""

from __future__ import annotations

from pathlib import Path

from planner.reading.case.file import Reading, Source
from planner.reading.tree.parse import parse_tree
from tests.reading.helpers import tiny_with

FUTURES = """futures:
  seed: 3
  drivers:
    dollar:
      title: the dollar
      path: finance.exchange_rates.USD
      from: 2024-10
      walk: {volatility: 10 %, reversion: 20 %, step: month}  # central bank, 2010 to 2024
    rents:
      path: workloads.rental.price
      lognormal: {spread: 25 %}  # index of rents
    demand:
      path: workloads.rental.amount
      from: 2025-01
      range: {low: 60 %, high: 130 %}
    delay:
      title: systems
      paths: [systems.cube.lead_time.typical, expansions.hall.lead_time]
      kind: addition
      range: {low: 0 months, typical: 1 month, high: 5 months, shape: triangular}
    energy:
      path: sites.north.energy_price
      kind: value
      normal: {typical: 20 JPY/kWh, spread: 2 JPY/kWh}
    output:
      path: systems.cube.additions.typical
      kind: value
      discrete:
        - {value: 10 %, weight: 70 %}
        - {value: 15 %, weight: 30 %}
  events:
    stop:
      title: export control
      hazard: 30 %  # two in six years
      lasts: 6 months
      effects:
        - {path: offers.maker.available, value: 0}
        - {path: offers.maker.price, factor: 1.1}
    late-grant:
      chance: 20 %
      effects:
        - {path: programmes.grant.payment_lag, addition: 12 months}
  correlations:
    - {between: [rents, demand], coefficient: 60 %}
    - {between: [dollar, rents], coefficient: -0.3}

scenarios:
"""


def text_with(*changes: tuple[str, str]) -> str:
    """The tiny case with futures, each first text in them replaced by the second."""
    futures = FUTURES
    for old, new in changes:
        assert futures.count(old) == 1, f"{old!r} stands {futures.count(old)} times"
        futures = futures.replace(old, new)
    return tiny_with(("scenarios:\n", futures))


def reading_with(*changes: tuple[str, str]) -> Reading:
    """The same as a case that was read."""
    return reading_of_text(text_with(*changes))


def reading_of_text(text: str, scenario: str | None = None) -> Reading:
    """A case file that stands nowhere."""
    root, faults = parse_tree(text, "case.yaml")
    return Source.of(root, faults, Path("/nowhere")).reading(scenario)
