"""Planner and witness agree on work that must survive the loss of a site, and the cases see where a rule is wrong."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from tests.rival import continuous, site_loss
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, sees
from tests.rival.month_mutations import Wrong
from tests.rival.site_loss import can_go_on, survives, surviving_case

TRIED = (12, 27, *range(36))
"""Cases that are tried, those first that are known to see most."""


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_the_loss_of_a_site(first: int) -> None:
    agree_on(surviving_case, range(first, min(first + TERM_CHUNK, TERM_CASES)))


WRONG: dict[str, Wrong] = {
    "nothing has to survive": lambda: patch.object(continuous, "survives", lambda *_: True),
    "only the first site can be lost": lambda: patch.object(
        continuous, "survives", lambda f, t, n: can_go_on(f, t, site_loss.without(next(iter(f.case.sites)), n))
    ),
    "systems at the lost site go on": lambda: patch.object(site_loss, "without", lambda _, installed: dict(installed)),
    "it counts in the first period only": lambda: patch.object(
        continuous, "survives", lambda f, t, n: t > 0 or survives(f, t, n)
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_the_loss_of_a_site_is_seen(name: str) -> None:
    assert any(sees(surviving_case, number, WRONG[name]) for number in TRIED), name
