"""The rows of the loss of a site, written down by hand: two sites, and work for four cubes of which half survives."""

from __future__ import annotations

from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.whole.test_site_loss import two_sites

LOST = {
    # A cube works 90 % of the time, and serves one unit of work; in 2026, as in every year.
    "site_loss": """
site_loss[east,training,2026-01]: failover[east,training,cube,west,2026-01] >= 2
site_loss[west,training,2026-01]: failover[west,training,cube,east,2026-01] >= 2
site_loss[east,cube,west,2026-01,failover]: - 0.9 installed[cube,west,2026-01] \
+ failover[east,training,cube,west,2026-01] <= 0
site_loss[west,cube,east,2026-01,failover]: - 0.9 installed[cube,east,2026-01] \
+ failover[west,training,cube,east,2026-01] <= 0
""",
}


def test_rows_of_the_loss_of_a_site() -> None:
    case = two_sites(4, 0.5, systems__cube__availability="90 %")
    rows = [text for text in build(coefficients_of(case)).text("site_loss") if "2026" in text]
    assert rows == LOST["site_loss"].strip().split("\n")


def test_without_work_that_survives_there_is_no_row() -> None:
    model = build(coefficients_of(two_sites(4, 0.5, workloads__training__survives_site_loss=False)))
    assert model.text("site_loss") == [] and not any(one.kind == "failover" for one in model.columns)
