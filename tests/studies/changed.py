"""Generated cases and changes of them, for the tests of studies: whatever a scenario may do to a case."""

from __future__ import annotations

import copy
from typing import Any

from planner.case.case import Case
from planner.defaults import GAP, TIME_LIMIT
from planner.outcome import versions
from planner.planning import plan_case
from planner.reading.case.file import input_hash
from planner.report.files import replace_content
from planner.studies.tasks import Engine, Task
from tests.rival.generator import tiny_fields

SECRET = b"of the tests"


def task(case: Case, name: str = "base") -> Task:
    return Task(name, case, input_hash(case))


def engine(**terms: Any) -> Engine:
    options: dict[str, Any] = {"gap": GAP, "time_limit": TIME_LIMIT, "secret": SECRET, "versions": versions(), **terms}
    return Engine(plan=plan_case, put=replace_content, **options)


def changed_fields(number: int) -> list[dict[str, Any]]:
    """A generated case, and scenarios of it: other prices, dates, demand, programmes, terms."""
    base = tiny_fields(number)
    scenarios = []
    for change in (
        _dearer_money,
        _late,
        _less_demand,
        _without_programmes,
        _other_programmes,
        _dearer_energy,
        _fewer_offers,
    ):
        fields = copy.deepcopy(base)
        change(fields)
        if fields != base:
            scenarios.append(fields)
    return [base, *scenarios]


def _dearer_money(fields: dict[str, Any]) -> None:
    fields["finance"]["discount_rate"] = 0.12 if fields["finance"].get("discount_rate") != 0.12 else 0.08


def _late(fields: dict[str, Any]) -> None:
    for offer in fields["offers"].values():
        offer["lead_time"] = "9 months" if offer.get("lead_time") != "9 months" else "3 months"


def _less_demand(fields: dict[str, Any]) -> None:
    for work in fields["workloads"].values():
        steps = work["amount"] if isinstance(work["amount"], dict) else {"2000-01": work["amount"]}
        work["amount"] = {month: 0.6 * float(amount) for month, amount in steps.items()}
        work["must_serve"] = 0


def _without_programmes(fields: dict[str, Any]) -> None:
    fields.pop("programmes", None)


def _other_programmes(fields: dict[str, Any]) -> None:
    for programme in fields.get("programmes", {}).values():
        programme["rate"] = "1/5"
        programme["payment_lag"] = "12 months"


def _dearer_energy(fields: dict[str, Any]) -> None:
    for site in fields["sites"].values():
        site["energy_price"] = "35 JPY/kWh"


def _fewer_offers(fields: dict[str, Any]) -> None:
    name, *_ = fields["offers"]
    del fields["offers"][name]
