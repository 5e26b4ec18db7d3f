"""A small case that uses every part of the program, with decisions made by hand, for the tests of the reports."""

from dataclasses import replace
from typing import Any

from planner.audit import audit
from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome import Outcome, Proof, Provenance
from planner.reading.case.file import input_hash
from tests.decided import decided

SYSTEMS: dict[str, Any] = {
    "H200-8": {
        "vendor": "NVIDIA",
        "accelerators": 8,
        "performance": {
            "bf16_tflops_dense": 989.5,
            "memory_gb": 141,
            "scale_up_accelerators": 8,
            "source": "data sheet of the maker",
        },
        "installation": {
            "power": "10.2 kW",
            "busy_power_share": "70 %",
            "idle_power_share": "25 %",
            "rack_units": 8,
            "cooling": ["air"],
            "uplink": "10 Gbps",
            "staff": 0.02,
        },
        "price": {"typical": "300_000 USD", "source": "estimate"},
        "lead_time": {"typical": "26 weeks"},
        "additions": {"typical": "20 %"},
        "useful_life": "5 years",
        "availability": "95 %",
        "maintenance_per_year": "6 %",
    },
    "GB200": {
        "vendor": "NVIDIA",
        "accelerators": 72,
        "performance": {"bf16_tflops_dense": 2500, "memory_gb": 186, "scale_up_accelerators": 72},
        "installation": {
            "power": "132 kW",
            "busy_power_share": "80 %",
            "idle_power_share": "30 %",
            "racks": 1,
            "cooling": ["liquid"],
            "uplink": "100 Gbps",
        },
        "price": {"typical": "3_900_000 USD"},
        "lead_time": {"typical": "9 months"},
        "additions": {"typical": "15 %"},
        "useful_life": "5 years",
        "availability": "97 %",
        "maintenance_per_year": "5 %",
    },
}

CASE: dict[str, Any] = {
    "name": "example",
    "title": '=HYPERLINK("http://example.com","a title that looks like a formula")',
    "calendar": {"start": "2024-04", "period": "quarter", "periods": 12, "fiscal_year_start_month": 4},
    "finance": {
        "currency": "JPY",
        "exchange_rates": {"USD": {"2024-01": "150 JPY", "2025-01": "140 JPY"}, "EUR": "160 JPY"},
        "opening_cash": "20 bn JPY",
        "funding": {"2024-05": "6 bn JPY", "2025-10": "10_000_000 USD"},
        "minimum_cash": "1 bn JPY",
        "capex_limits": {"FY2024": "30 bn JPY", "FY2025": "20 bn JPY", "FY2031": "1 bn JPY"},
        "discount_rate": "8 %",
        "resale": [
            {"age": "24 months", "share": "40 %"},
            {"age": "5 years", "share": "5 %"},
            {"age": "1 year", "share": 0.6},
        ],
        "public_money_ceiling": "70 %",
        "loans": {
            "bank": {
                "limit": "6 bn JPY",
                "rate": {"2024-04": "1.5 %", "2025-04": "2 %"},
                "term": "2 years",
                "draw_window": {"to": "2025-03"},
                "outstanding": "1 bn JPY",
            },
            "credit-line": {
                "limit": "10_000_000 USD",
                "revolving": True,
                "rate": "3 %",
                "term": "18 months",
                "repayment": "equal_parts",
                "share_of_investment": "40 %",
            },
            "never-drawn": {"limit": "1 bn JPY", "rate": "9 %", "term": "1 year"},
        },
        "tax": {
            "rate": {"2024-04": "30 %", "2026-04": "31 %"},
            "payment_lag": "2 months",
            "opening_loss": "300_000_000 JPY",
            "loss_use_limit": "50 %",
        },
        "depreciation": {"systems": "5 years", "facility": "15 years"},
        "asset_grants": "reduce_book_value",
        "source": "@board paper of the operator",
    },
    "systems": SYSTEMS,
    "offers": {
        "h200-direct": {
            "system": "H200-8",
            "supplier": "Maker",
            "price": {"2024-07": "310_000 USD", "2025-04": "280_000 USD"},
            "available": {"2024-04": 30, "2025-04": 60},
            "allocation": 120,
            "payment": {"at_order": "30 %"},
            "tags": ["one-country"],
        },
        "h200-broker": {"system": "H200-8", "supplier": "Broker", "price": "50_000_000 JPY", "lead_time": "2 months"},
        "gb200-direct": {"system": "GB200", "supplier": "Maker", "additions": "18 %", "tags": ["one-country"]},
        "never-used": {"system": "GB200", "supplier": "Other", "price": "4_500_000 EUR"},
    },
    "sites": {
        "ishikari": {
            "region": "hokkaido",
            "opens": "2024-04",
            "cooling": ["air", "liquid"],
            "capacity": {
                "power": {"2024-04": "1 MW", "2025-07": "1.4 MW"},
                "racks": 60,
                "liquid_cooling": "500 kW",
                "staff": 6,
            },
            "rack_power": "140 kW",
            "rack_height_units": 42,
            "pue": 1.12,
            "energy_price": {"2024-04": "22 JPY/kWh", "2025-04": "24 JPY/kWh"},
            "operations": "9000 JPY/kW-month",
            "fleet": [
                {"system": "H200-8", "quantity": 4, "arrives": "2022-10", "book_value": "90_000_000 JPY"},
                {"system": "H200-8", "quantity": 6, "arrives": "2024-08", "unpaid": "1_200_000 USD"},
                {"system": "H200-8", "quantity": 1, "arrives": "2024-08", "book_value": "200_000 USD"},
            ],
        },
        "tokyo": {
            "region": "kanto",
            "opens": "2024-10",
            "cooling": ["air"],
            "capacity": {"power": "300 kW", "uplink": "2 Tbps"},
            "pue": 1.4,
            "energy_price": "0.2 USD/kWh",
            "rent": {"2024-04": "20_000 JPY/kW-month", "2026-04": "22_000 JPY/kW-month"},
        },
    },
    "expansions": {
        "hall-2": {
            "site": "ishikari",
            "adds": {"power": "500 kW", "racks": 10, "liquid_cooling": "400 kW"},
            "capex": {"2024-04": "600_000_000 JPY", "2025-04": "650_000_000 JPY"},
            "lead_time": "7 months",
            "blocks": 3,
            "payment": {"at_order": "50 %"},
            "terminal_life": "15 years",
            "depreciation_life": "10 years",
        }
    },
    "workloads": {
        "inference": {
            "metric": "accelerators",
            "amount": {"2024-04": 100, "2025-04": 300, "2026-04": 500},
            "price_by_system": {
                "H200-8": {"2024-04": "600 JPY/accelerator-hour", "2025-07": "500 JPY/accelerator-hour"}
            },
            "must_serve": "10 %",
        },
        "training": {
            "metric": "bf16_pflops",
            "amount": 1500,
            "price": "5 USD/PFLOPS-hour",
            "efficiency": {"GB200": 1.2, "H200-8": 1},
            "regions": ["hokkaido"],
        },
    },
    "programmes": {
        "national": {
            "rate": "50 %",
            "categories": ["systems", "additions", "facility"],
            "eligible_share": "90 %",
            "total_cap": "20 bn JPY",
            "operator_cap": "8 bn JPY",
            "fiscal_year_caps": {"FY2025": "6 bn JPY", "FY2040": "1 JPY"},
            "payment_lag": "4 months",
            "retention": "12 months",
            "minimum_investment": "2 bn JPY",
            "obligations": [{"metric": "bf16_pflops", "floor": 200, "from": "2025-10"}],
            "excludes": ["regional"],
            "source": "call for proposals",
        },
        "regional": {"rate": "10 %", "categories": ["systems"], "sites": ["tokyo"], "total_cap": "500_000_000 JPY"},
        "unused": {"rate": 0.3, "categories": ["facility"]},
    },
    "supply_chain_limits": {"one-country": "95 %"},
}


def decisions() -> Decisions:
    """A plan that keeps every limit of the case."""
    serve: dict[tuple[str, str, str, int], float] = {}
    for t in range(1, 12):
        serve["inference", "H200-8", "ishikari", t] = 3.5 if t < 4 else 12.25
    for t in range(2, 9):
        serve["inference", "H200-8", "tokyo", t] = 7.125
    serve["inference", "H200-8", "ishikari", 0] = 3.5
    for t in range(4, 12):
        serve["training", "GB200", "ishikari", t] = 2.9
    return decided(
        order={
            ("h200-direct", "ishikari", 0): 10,
            ("h200-broker", "tokyo", 1): 8,
            ("h200-direct", "ishikari", 5): 4,
            ("gb200-direct", "ishikari", 1): 3,
        },
        expand={("hall-2", 0): 1, ("hall-2", 4): 1},
        exit={("H200-8", "ishikari", "2022-10", 3): 4, ("H200-8", "tokyo", "2024-10 h200-broker", 9): 5},
        serve=serve,
        claim={
            ("national", "h200-direct", "ishikari", 0): 10,
            ("national", "gb200-direct", "ishikari", 1): 2.5,
            ("national", "hall-2", "ishikari", 4): 1,
            ("national", "h200-broker", "tokyo", 1): 1,
            ("regional", "h200-broker", "tokyo", 1): 2,
        },
        join={"national": True},
        draw={("bank", 0): 3e9, ("credit-line", 3): 6e8, ("credit-line", 5): 3e8},
        repay={("bank", 3): 1e9, ("bank", 6): 5e8, ("bank", 7): 2.5e9}
        | {("credit-line", t): 1e8 if t < 5 else 1.5e8 for t in range(3, 9)}
        | {("credit-line", t): 5e7 for t in range(9, 11)},
        claimed_exit={
            ("national", "h200-broker", "tokyo", 1, 9): 0.5,
            ("regional", "h200-broker", "tokyo", 1, 9): 1.5,
        },
    )


def outcome(**changes: Any) -> Outcome:
    """The outcome of the example, as a run would hand it over; ``changes`` replace parts of the case file."""
    return outcome_of(Case.model_validate({**CASE, **changes}), decisions())


def outcome_of(case: Case, chosen: Decisions) -> Outcome:
    """The outcome of any case with any decisions that keep its limits."""
    audited = audit(case, chosen)
    assert audited.broken == ()
    unit = case.finance.currency if case.objective.kind != "compute" else "PFLOPS-hours"
    proof = Proof(
        label="feasible with a gap",
        kind=case.objective.kind,
        objective=audited.objective,
        bound=audited.objective * 1.001,
        unit=unit,
        gap_requested=0.001,
        solver="made by hand",
        seconds=0.0,
        rows=10,
        columns=20,
        non_zeros=40,
    )
    return Outcome(
        case=case,
        scenario="base",
        input_hash=input_hash(case),
        provenance={"finance.discount_rate": Provenance("example.yaml", 12, "-1 % over the board's rate")},
        decisions=chosen,
        proof=replace(proof, message=str(proof.gap_words)),
        audit=audited,
        versions={"planner": "0.1.0", "highspy": "1.15.1"},
        options={"gap": "0.001", "time limit": "60 s", "objective": case.objective.kind},
    )
