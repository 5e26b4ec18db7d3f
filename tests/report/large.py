"""A case and a plan of any size that fill every sheet of the workbook, made without a search.

All spans of time are parts of the horizon and all rows grow with sites and systems alike, so that a workbook of a
larger size is more of the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.audit.allowed import claim_allowed
from planner.audit.dates import delivery_period, first_exit_period, life_end_period
from planner.audit.leaving import claimed_exit_allowed
from planner.case.case import Case
from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.vocabulary.keys import Arrival, Balance, Claim, ClaimedExit, Draw, Exit, Investment, Start, Vintage, Work

START = Month.of(2024, 4)
REGIONS = ("north", "centre", "south")
BOUGHT, THERE, COMING = 6, 4, 2
"""Systems of an order, and of each kind of fleet."""
SHARE_AT_WORK, WORKLOADS_OF_A_SYSTEM = 0.9, 2
METRICS = {"inference": "accelerators", "training": "bf16_pflops", "design": "accelerators", "science": "bf16_pflops"}


@dataclass(frozen=True)
class Size:
    """How large a case is; there is an offer for each system."""

    sites: int
    systems: int
    periods: int


FULL, HALF, QUARTER = Size(20, 15, 40), Size(10, 8, 20), Size(5, 4, 10)


def large_case(size: Size) -> Case:
    """A case of a size."""
    return Case.model_validate(
        {
            "name": "large",
            "title": f"{size.sites} sites, {size.systems} systems, {size.periods} quarters",
            "calendar": {"start": str(START), "period": "quarter", "periods": size.periods},
            "finance": _finance(size),
            "systems": {_system(number): _system_terms(size, number) for number in range(size.systems)},
            "offers": {f"offer-{number:02}": _offer(size, number) for number in range(size.systems)},
            "sites": {_site(number): _site_terms(size, number) for number in range(size.sites)},
            "expansions": {f"hall-{number:02}": _hall(number) for number in range(0, size.sites, 2)},
            "workloads": {name: _workload(size, name) for name in METRICS},
            "programmes": _programmes(size),
            "supply_chain_limits": {"one-country": "95 %"},
        }
    )


def _system(number: int) -> str:
    return f"server-{number:02}"


def _site(number: int) -> str:
    return f"site-{number:02}"


def _in(quarters: int) -> str:
    return str(START.plus(3 * quarters))


def _finance(size: Size) -> dict[str, Any]:
    return {
        "currency": "JPY",
        "exchange_rates": {"USD": {_in(0): "150 JPY", _in(size.periods // 2): "145 JPY"}},
        "opening_cash": "900 bn JPY",
        "funding": {_in(quarter): "100 m JPY" for quarter in range(0, size.periods, 4)},
        "minimum_cash": "1 bn JPY",
        "capex_limits": {f"FY{2024 + year}": "900 bn JPY" for year in range(size.periods // 4)},
        "discount_rate": "6 %",
        "resale": [{"age": f"{years} years", "share": f"{share} %"} for years, share in ((1, 60), (3, 30), (5, 10))],
        "public_money_ceiling": "70 %",
        "loans": {
            "bank": {"limit": "9 bn JPY", "rate": {_in(0): "2 %", _in(4): "3 %"}, "term": "2 years"},
            "credit-line": {
                "limit": "3 bn JPY", "rate": "3 %", "term": "1 year", "repayment": "equal_parts", "revolving": True,
                "share_of_investment": "90 %",
            },
        },
        "tax": {"rate": "30 %", "opening_loss": "500 m JPY", "loss_use_limit": "50 %"},
        "depreciation": {"systems": f"{3 * (size.periods // 2)} months", "facility": "15 years"},
        "asset_grants": "reduce_book_value",
        "source": "made for a test of size",
    }  # fmt: skip


def _system_terms(size: Size, number: int) -> dict[str, Any]:
    return {
        "vendor": "maker",
        "accelerators": 8,
        "performance": {"bf16_tflops_dense": 900 + 100 * number, "memory_gb": 141, "scale_up_accelerators": 8},
        "installation": {
            "power": f"{10 + 0.1 * number:.1f} kW", "busy_power_share": "80 %", "idle_power_share": "30 %",
            "rack_units": 8, "cooling": ["air"],
        },
        "price": {"typical": f"{300 + 10 * number}_000 USD"},
        "lead_time": {"typical": f"{3 * (1 + number % 2)} months"},
        "additions": {"typical": "20 %"},
        "useful_life": f"{3 * (size.periods // 2)} months",
        "availability": "95 %",
        "maintenance_per_year": "5 %",
    }  # fmt: skip


def _offer(size: Size, number: int) -> dict[str, Any]:
    return {
        "system": _system(number),
        "supplier": f"supplier {number}",
        "price": {_in(0): f"{300 + 10 * number}_000 USD", _in(size.periods // 4): f"{280 + 10 * number}_000 USD"},
        "available": {_in(0): 10 * size.sites, _in(size.periods // 2): 20 * size.sites},
        "allocation": 20 * size.sites,
        "payment": {"at_order": "30 %"},
        "tags": ["one-country"] if number % 2 else [],
        "source": "made for a test of size",
    }


def _site_terms(size: Size, number: int) -> dict[str, Any]:
    kilowatts = 200 * size.systems
    own = {"rent": "9_000 JPY/kW-month"} if number % 3 == 1 else {}
    system = _system(number % size.systems)
    return {
        "region": REGIONS[number % len(REGIONS)],
        "opens": _in(0),
        "cooling": ["air"],
        "capacity": {
            "power": {_in(0): f"{kilowatts} kW", _in(size.periods // 2): f"{kilowatts + 100} kW"},
            "racks": 20 * size.systems,
        },
        "rack_power": "40 kW",
        "pue": 1.2,
        "energy_price": {_in(quarter): f"{20 + quarter} JPY/kWh" for quarter in range(0, size.periods, 4)},
        "operations": "9_000 JPY/kW-month",
        "fleet": [
            {"system": system, "quantity": THERE, "arrives": _in(-1), "book_value": "90 m JPY"},
            {"system": system, "quantity": COMING, "arrives": _in(1), "unpaid": "70 m JPY"},
        ],
        **own,
    }  # fmt: skip


def _hall(number: int) -> dict[str, Any]:
    return {
        "site": _site(number),
        "adds": {"power": "300 kW", "racks": 20},
        "capex": {_in(0): "300 m JPY", _in(4): "320 m JPY"},
        "lead_time": "6 months",
        "blocks": 2,
        "payment": {"at_order": "50 %"},
        "terminal_life": "15 years",
    }


def _workload(size: Size, name: str) -> dict[str, Any]:
    metric, systems = METRICS[name], range(size.systems)
    step = {_in(0): 20 * size.sites * size.systems, _in(size.periods // 2): 25 * size.sites * size.systems}
    if metric != "accelerators":
        price: dict[str, Any] = {"price": "300 JPY/PFLOPS-hour", "efficiency": {_system(n): 0.9 for n in systems}}
    else:
        steps = {_in(quarter): f"{600 - 5 * quarter} JPY/accelerator-hour" for quarter in range(0, size.periods, 4)}
        price = {"price_by_system": {_system(n): steps for n in systems}}
    return {"metric": metric, "amount": step, **price}


def _programmes(size: Size) -> dict[str, Any]:
    """The national one pays half and lets systems leave with what is left of its grant; two exclude each other."""
    short = f"{3 * (size.periods // 5)} months"
    everything = ["systems", "additions", "facility"]
    return {
        "national": {
            "rate": "50 %", "categories": everything, "operator_cap": "900 bn JPY", "payment_lag": "6 months",
            "retention": short, "minimum_investment": "10 m JPY",
            "fiscal_year_caps": {f"FY{2024 + year}": "300 bn JPY" for year in range(size.periods // 4)},
            "obligations": [{"metric": "bf16_pflops", "floor": 1, "from": _in(2), "to": _in(size.periods // 2)}],
        },
        "regional": {"rate": "10 %", "categories": ["systems"], "regions": ["north"], "retention": short},
        "other-region": {
            "rate": "5 %", "categories": ["systems"], "regions": ["north", "south"], "excludes": ["regional"],
            "retention": short,
        },
    }  # fmt: skip


def large_plan(size: Size, case: Case) -> Decisions:
    """Every site buys every second system once; half of a third of the orders leaves early, the rest at its end."""
    plan = Decisions(join={"national": True})
    standing: dict[tuple[str, str], list[int]] = {}
    for site in range(size.sites):
        for fleet in case.sites[_site(site)].fleet:
            _stand(case, plan, standing, Vintage(fleet.system, _site(site), Arrival(fleet.arrives)), fleet.quantity, 0)
        for number in range(site % 2, size.systems, 2):
            # Every third offer sells to all sites at once, the others to one site after the other.
            t = (3 * number + (site if number % 3 else 0)) % (size.periods * 7 // 10)
            offer = f"offer-{number:02}"
            arrived = case.calendar.starts[delivery_period(case, offer, t)]
            order = Investment(offer, _site(site), t)
            plan.order[order] = BOUGHT
            early = BOUGHT // 2 if (number + site) % 3 == 0 else 0
            vintage = Vintage(_system(number), _site(site), Arrival(arrived, offer))
            left = _stand(case, plan, standing, vintage, BOUGHT, early, size.periods * 3 // 10)
            _claim(case, plan, order, early, left)
    for name in case.expansions:
        plan.expand[Start(name, 0)] = 1
        plan.claim[Claim("national", Investment(name, case.expansions[name].site, 0))] = 1
    _work(plan, standing)
    _borrow(plan, case)
    return plan


def _stand(
    case: Case,
    plan: Decisions,
    standing: dict[tuple[str, str], list[int]],
    vintage: Vintage,
    count: int,
    early: int,
    after: int = 0,
) -> int:
    """Lets a vintage come and go; gives back the period in which some of it leaves early."""
    arrives, ends = first_exit_period(case, vintage) - 1, life_end_period(case, vintage)
    installed = standing.setdefault((vintage.system, vintage.site), [0] * case.calendar.periods)
    for t in range(max(0, arrives), case.calendar.periods):
        installed[t] += count if t < arrives + after or not early else count - early if t < ends else 0
        if t >= ends and not early:
            installed[t] -= count
    if early and arrives + after < case.calendar.periods:
        plan.exit[Exit(vintage, arrives + after)] = early
    if ends < case.calendar.periods:
        plan.exit[Exit(vintage, ends)] = count - early
    return arrives + after


def _claim(case: Case, plan: Decisions, order: Investment, early: int, left: int) -> None:
    """The national programme pays for all that may be claimed, a regional one for a part of it."""
    shares = {"national": 1.0, "regional": 0.25, "other-region": 0.5}
    for programme, share in shares.items():
        if not claim_allowed(case, programme, order):
            continue
        units = (BOUGHT - early if programme != "national" else BOUGHT) * share
        plan.claim[Claim(programme, order)] = units
        leaves = programme == "national" and early and left < case.calendar.periods
        if leaves and claimed_exit_allowed(case, programme, order, left):
            plan.claimed_exit[ClaimedExit(Claim(programme, order), left)] = early


def _work(plan: Decisions, standing: dict[tuple[str, str], list[int]]) -> None:
    """Each system at a site shares its time between two workloads."""
    names = list(METRICS)
    for number, ((system, site), counts) in enumerate(sorted(standing.items())):
        for turn in range(WORKLOADS_OF_A_SYSTEM):
            for t, count in enumerate(counts):
                if count:
                    work = names[(number + turn) % len(names)]
                    plan.serve[Work(work, system, site, t)] = SHARE_AT_WORK * count / WORKLOADS_OF_A_SYSTEM


def _borrow(plan: Decisions, case: Case) -> None:
    """One loan is drawn once and repaid at the end of its term, the other drawn each year and repaid in parts."""
    plan.draw[Draw("bank", 0)] = 2e9
    plan.repay[Balance("bank", min(7, case.calendar.periods - 1))] = 2e9
    for drawn in range(0, case.calendar.periods, 4):
        plan.draw[Draw("credit-line", drawn)] = 4e8
        for later in range(drawn, min(drawn + 4, case.calendar.periods)):
            back = Balance("credit-line", later)
            plan.repay[back] = plan.repay.get(back, 0.0) + 1e8
