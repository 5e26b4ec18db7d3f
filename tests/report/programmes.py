"""A small case with all that programmes can say, with decisions made by hand, for the tests of the reports."""

from typing import Any

from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome import Outcome
from tests.decided import decided
from tests.report.example import outcome_of

SYSTEM: dict[str, Any] = {
    "vendor": "Maker",
    "accelerators": 8,
    "performance": {"bf16_tflops_dense": 1000, "memory_gb": 80},
    "installation": {"power": "10 kW", "rack_units": 8, "cooling": ["air"]},
    "price": {"typical": "100_000_000 JPY"},
    "lead_time": {"typical": "6 months"},
    "additions": {"typical": "10 %"},
    "useful_life": "6 years",
}
SITE: dict[str, Any] = {
    "region": "hokkaido",
    "opens": "2015-04",
    "cooling": ["air"],
    "capacity": {"power": "400 kW"},
    "pue": 1.2,
    "energy_price": "20 JPY/kWh",
}

CASE: dict[str, Any] = {
    "name": "programmes",
    "title": "Every kind of programme",
    "calendar": {"start": "2025-04", "period": "half", "periods": 10},
    "finance": {
        "currency": "JPY",
        "exchange_rates": {"USD": {"2025-01": "150 JPY", "2026-04": "140 JPY"}},
        "opening_cash": "6 bn JPY",
        "minimum_cash": "10_000_000 JPY",
        "discount_rate": "5 %",
        "tax": {"rate": "34.6 %", "payment_lag": "2 months"},
        "asset_grants": "reduce_book_value",
        "resale": [{"age": "0 months", "share": "80 %"}, {"age": "5 years", "share": "10 %"}],
    },
    "systems": {"cube": SYSTEM},
    "offers": {
        "maker": {"system": "cube", "supplier": "Maker", "payment": {"at_order": "30 %"}},
        "abroad": {"system": "cube", "supplier": "Other", "price": "700_000 USD", "additions": "5 %"},
    },
    "sites": {"north": SITE, "south": {**SITE, "region": "kyushu"}},
    "expansions": {
        "hall": {
            "site": "north",
            "adds": {"power": "20 kW"},
            "capex": "20_000_000 JPY",
            "lead_time": "6 months",
            "blocks": 3,
            "terminal_life": "15 years",
        }
    },
    "workloads": {"rental": {"metric": "accelerators", "amount": 300, "price": "900 JPY/accelerator-hour"}},
    "programmes": {
        "ministry": {
            "rate": "40 %",
            "categories": ["systems", "additions", "facility"],
            "total_cap": "2 bn JPY",
            "fiscal_year_caps": {"FY2026": "900_000_000 JPY"},
            "milestones": [
                {"share": "30 %", "lag": "1 month"},
                {"share": "60 %", "lag": "13 months"},
                {"share": "10 %", "lag": "4 years"},
            ],
            "retention": "3 years",
            "early_exit": "repay_remaining",
            "source": "call for proposals",
        },
        "town": {"rate": "30 %", "categories": ["systems"], "sites": ["north"], "order_window": {"from": "2025-10"}},
        "prefecture": {
            "rate": "1/2",
            "categories": ["systems", "facility"],
            "payment_lag": "12 months",
            "retention": "4 years",
            "early_exit": "repay_all",
            "after": ["town", "ministry"],
            "minimum_investment": "100_000_000 JPY",
        },
        "credit": {
            "kind": "tax_credit",
            "rate": "7 %",
            "categories": ["systems"],
            "fiscal_year_caps": {"FY2025": "60_000_000 JPY"},
            "after": ["ministry"],
            "tax_limit": "20 %",
            "carry_forward": "1 year",
            "excludes": ["write-off"],
        },
        "write-off": {
            "kind": "special_depreciation",
            "rate": "30 %",
            "categories": ["systems", "additions"],
            "total_cap": "1 bn JPY",
            "after": ["ministry"],
            "excludes": ["town", "prefecture"],
        },
    },
}


def decisions() -> Decisions:
    """A plan that keeps every limit of the case."""
    return decided(
        order={
            ("maker", "north", 0): 10,
            ("maker", "south", 0): 6,
            ("abroad", "north", 1): 4,
        },
        expand={("hall", 0): 1, ("hall", 1): 1},
        exit={
            ("cube", "north", "2025-10 maker", 3): 2,
            ("cube", "north", "2025-10 maker", 8): 3,
            ("cube", "south", "2025-10 maker", 4): 1,
            ("cube", "north", "2026-04 abroad", 4): 1,
        },
        serve={("rental", "cube", "north", t): (5.0 if t == 1 else 7.0) for t in range(1, 10)}
        | {("rental", "cube", "south", t): 4.5 for t in range(1, 10)},
        claim={
            ("ministry", "maker", "north", 0): 8,
            ("prefecture", "maker", "north", 0): 5,
            ("write-off", "maker", "north", 0): 4,
            ("credit", "maker", "north", 0): 6,
            ("ministry", "maker", "south", 0): 4,
            ("write-off", "maker", "south", 0): 3,
            ("town", "abroad", "north", 1): 2,
            ("ministry", "abroad", "north", 1): 3,
            ("prefecture", "abroad", "north", 1): 4,
            ("credit", "abroad", "north", 1): 2.5,
            ("ministry", "hall", "north", 0): 1,
            ("prefecture", "hall", "north", 0): 0.5,
            ("prefecture", "hall", "north", 1): 1,
        },
        overlap={
            ("prefecture", "ministry", "maker", "north", 0): 4,
            ("credit", "ministry", "maker", "north", 0): 5,
            ("write-off", "ministry", "maker", "north", 0): 3,
            ("write-off", "ministry", "maker", "south", 0): 2,
            ("prefecture", "town", "abroad", "north", 1): 2,
            ("prefecture", "ministry", "abroad", "north", 1): 3,
            ("credit", "ministry", "abroad", "north", 1): 2,
            ("prefecture", "ministry", "hall", "north", 0): 0.5,
        },
        claimed_exit={
            ("ministry", "maker", "north", 0, 3): 1.5,
            ("prefecture", "maker", "north", 0, 3): 1,
            ("write-off", "maker", "north", 0, 3): 0.5,
            ("credit", "maker", "north", 0, 3): 1.5,
            ("ministry", "maker", "north", 0, 8): 2,
            ("prefecture", "maker", "north", 0, 8): 1,
            ("write-off", "maker", "north", 0, 8): 1.5,
            ("credit", "maker", "north", 0, 8): 1.5,
            ("ministry", "maker", "south", 0, 4): 1,
            ("town", "abroad", "north", 1, 4): 0.5,
            ("ministry", "abroad", "north", 1, 4): 1,
            ("prefecture", "abroad", "north", 1, 4): 1,
        },
        overlap_exit={
            ("prefecture", "ministry", "maker", "north", 0, 3): 0.5,
            ("credit", "ministry", "maker", "north", 0, 3): 1,
            ("write-off", "ministry", "maker", "north", 0, 3): 0.5,
            ("prefecture", "ministry", "maker", "north", 0, 8): 0.5,
            ("write-off", "ministry", "maker", "north", 0, 8): 1,
            ("credit", "ministry", "maker", "north", 0, 8): 1,
            ("prefecture", "town", "abroad", "north", 1, 4): 0.5,
            ("prefecture", "ministry", "abroad", "north", 1, 4): 1,
        },
        join={"prefecture": True},
        credit={("credit", 2026): 1.2e7, ("credit", 2027): 5e6},
    )


def outcome(chosen: Decisions | None = None, **changes: Any) -> Outcome:
    """The outcome of the case, as a run would hand it over; ``changes`` replace parts of the case file."""
    return outcome_of(Case.model_validate({**CASE, **changes}), chosen or decisions())
