"""Demand, and how much of it has to be served."""

from __future__ import annotations

from planner.vocabulary.constraints.family import METRIC, Family, RightSide

_AMOUNT = RightSide(
    ("workloads", "{workload}", "amount"), "amount", -1, "the demand for {workload} is {counted}", "{metric}"
)
DEMAND = Family(
    "demand", ("workload", "period"), METRIC, "limit", "served or left unserved", right=(_AMOUNT,), topic="demand"
)
_MUST_SERVE = RightSide(
    ("workloads", "{workload}", "must_serve"),
    "share",
    -1,
    "at least {text} of the demand for {workload} must be served",
    lowers=True,
    times="amount",
    idle=0.0,
)
SITE_LOSS = Family(
    "site_loss",
    ("lost", "workload", "period"),
    METRIC,
    "limit",
    "what other sites would serve",
    right=(_AMOUNT._replace(times="protected_share"), _MUST_SERVE._replace(lowers=False)),
    by_hand="that the work survives",
    topic="demand",
    is_promise=True,
)
FAILOVER = Family(
    "site_loss",
    ("lost", "system", "site", "period"),
    "systems",
    "bound",
    "what would work",
    "failover",
    by_hand="availability",
)
SERVICE_LEVEL = Family(
    "service_level",
    ("workload", "period"),
    METRIC,
    "limit",
    "what may go unserved",
    right=(_AMOUNT._replace(times="may_go_unserved"), _MUST_SERVE),
    topic="demand",
    is_promise=True,
)
