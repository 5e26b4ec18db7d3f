"""Some sixty broken cases: what was planted in each, as statements of the case that cannot all be kept."""

from __future__ import annotations

from typing import Any

from tests.cases.toy import TOY, mn, programme, yearly

Planted = tuple[dict[str, Any], set[str]]
ASK = {"workloads.training.amount", "workloads.training.must_serve"}
ASK_WEST = {"workloads.serving.amount", "workloads.serving.must_serve"}
WORK = {"metric": "accelerators", "amount": 4, "price": yearly(60), "must_serve": "100 %"}
LATER = {**WORK, "amount": {"2025-01": 0, "2026-01": 4}}
BIG: dict[str, Any] = {"workloads__training": WORK}
IDLE = {"metric": "accelerators", "amount": 4, "price": yearly(1), "must_serve": "100 %"}
POOR: dict[str, Any] = {"workloads__training": IDLE}
"""Work that hardly pays: what it needs has to be paid out of what is there."""
OWED: dict[str, Any] = {**POOR, "finance__opening_cash": mn(400), "finance__funding": {"2025-06": mn(-150)}}
"""Four cubes for 400 take all that is there in January; 150 of what grants bring by May go to the owners in June."""
OWED_FIVE: dict[str, Any] = {**OWED, "finance__opening_cash": mn(500)}
"""The same where five could be had, as a programme demands; the fifth also a year later, out of the grants."""
OWNERS = {"finance.funding.2025-06"}


def room(**capacity: Any) -> dict[str, Any]:
    return {"sites__east__capacity": {"power": "10 kW", **capacity}}


def installation(**terms: Any) -> dict[str, Any]:
    return {"systems__cube__installation": {"power": "1 kW", "rack_units": 1, "cooling": ["air"], **terms}}


def loan(**terms: Any) -> dict[str, Any]:
    return {"finance__loans": {"bank": {"limit": mn(100), "rate": 0, "term": "10 years", **terms}}}


def granted(rate: float = 0.5, **terms: Any) -> dict[str, Any]:
    return {"programmes": {"state": programme(rate, **terms)}}


TAXED = {
    "finance__tax": {"rate": "50 %", "payment_lag": "0 months"},
    "finance__depreciation": {"systems": "4 years"},
}
"""Halves and quarters, which binary fractions hold exactly: the proof is repeated without rounding."""
RELIEVED: dict[str, Any] = {
    **BIG,
    "finance__opening_cash": mn(400),
    "finance__tax": {"rate": "50 %", "payment_lag": "0 months"},
    "finance__funding": {"2027-12": mn(-650)},
}
"""Four cubes for 400 earn 240 a year and pay 80 of tax on it: 650 at the end need 170 of those 240 back."""
TWIN = {**TOY["sites"]["east"], "region": "south"}
CREDIT = {"kind": "tax_credit", **programme(0.5)}
HALL = {"site": "east", "adds": {"power": "2 kW"}, "capex": mn(10), "lead_time": "0 months", "blocks": 1}
FLEET = {"system": "cube", "quantity": 4, "arrives": "2024-01"}
CASH = {"finance.opening_cash"}
ASK_LATER = {"workloads.training.amount.2026-01", "workloads.training.must_serve"}
NEXT_YEAR: dict[str, Any] = {
    "workloads__training": {**IDLE, "amount": {"2025-01": 0, "2026-01": 4}},
    "offers__maker__available": {"2025-01": 0, "2026-01": 9},
    "finance__opening_cash": mn(400),
    "finance__funding": {"2026-06": mn(-150)},
}
"""Work that has to be paid out of what is there, and cannot be bought before its year."""
FLOOR = granted(obligations=[{"metric": "accelerators", "floor": 5, "from": "2025-01", "to": "2027-12"}])
DUTY = {"programmes.state.obligations.0.floor"}
OTHER_SITE = {
    "region": "south", "opens": "2020-01", "cooling": ["air"], "capacity": {"power": "10 kW"}, "pue": 1,
    "energy_price": "0 JPY/kWh",
}  # fmt: skip
TWO: dict[str, Any] = {
    "finance__opening_cash": mn(10_000),
    "sites__west": OTHER_SITE,
    "offers__second": {"system": "cube", "supplier": "second"},
    "workloads__training": {**WORK, "regions": ["north"]},
    "workloads__serving": {**WORK, "regions": ["south"]},
}


def two(**changes: Any) -> dict[str, Any]:
    return {**TWO, **changes}


def west(**capacity: Any) -> dict[str, Any]:
    return {"sites__west": {**OTHER_SITE, "capacity": {"power": "10 kW", **capacity}}}


SINGLE: dict[str, Planted] = {
    "power": ({**BIG, **room(power="3 kW")}, {"sites.east.capacity.power", *ASK}),
    "power of one step": (
        {**BIG, **room(power={"2025-01": "9 kW", "2026-01": "2 kW"})},
        {"sites.east.capacity.power.2026-01", *ASK},
    ),
    "racks": ({**BIG, **room(racks=1), "sites__east__rack_power": "2 kW"}, {"sites.east.capacity.racks", *ASK}),
    "liquid cooling": (
        {**BIG, **room(liquid_cooling="3 kW"), "sites__east__cooling": ["liquid"], **installation(cooling=["liquid"])},
        {"sites.east.capacity.liquid_cooling", *ASK},
    ),
    "posts": ({**BIG, **room(staff=3), **installation(staff=1)}, {"sites.east.capacity.staff", *ASK}),
    "uplink": (
        {**BIG, **room(uplink="3 Gbps"), **installation(uplink="1 Gbps")},
        {"sites.east.capacity.uplink", *ASK},
    ),
    "supply per period": ({**BIG, "offers__maker__available": 3}, {"offers.maker.available", *ASK}),
    "allocation": ({**BIG, "offers__maker__allocation": 3}, {"offers.maker.allocation", *ASK}),
    "opening cash": ({**BIG, "finance__opening_cash": mn(100)}, {*CASH, *ASK}),
    "minimum cash": ({"finance__minimum_cash": mn(5000)}, {"finance.minimum_cash", *CASH}),
    "minimum cash and demand": (
        {**BIG, "finance__minimum_cash": mn(900)},
        {"finance.minimum_cash", *CASH, *ASK},
    ),
    "budget of a fiscal year": (
        {**BIG, "finance__capex_limits": {"FY2025": mn(300)}},
        {"finance.capex_limits.FY2025", *ASK},
    ),
    "availability": (
        {**BIG, **room(power="4 kW"), "systems__cube__availability": "90 %"},
        {"systems.cube.availability", "sites.east.capacity.power", *ASK},
    ),
    "lead time": ({**BIG, "systems__cube__lead_time": {"typical": "12 months"}}, {"offers.maker.lead_time", *ASK}),
    "lead time past the horizon": ({**BIG, "offers__maker__lead_time": "5 years"}, {"offers.maker.lead_time", *ASK}),
    "order window": (
        {**BIG, "offers__maker__order_window": {"from": "2026-01"}},
        {"offers.maker.order_window.from", *ASK},
    ),
    "opening of the site": ({**BIG, "sites__east__opens": "2026-01"}, {"sites.east.opens", *ASK}),
    "supply chain": (
        {**BIG, "offers__maker__tags": ["only"], "supply_chain_limits": {"only": "50 %"}},
        {"supply_chain_limits.only", *ASK},
    ),
    "blocks": (
        {**BIG, **room(power="1 kW"), "expansions": {"hall": HALL}},
        {"expansions.hall.blocks", "sites.east.capacity.power", *ASK},
    ),
    "useful life": (
        {**BIG, "sites__east__fleet": [FLEET], "offers__maker__available": 0, "systems__cube__useful_life": "2 years"},
        {"systems.cube.useful_life", "offers.maker.available", *ASK},
    ),
    "fleet without room": (
        {"sites__east__fleet": [{**FLEET, "arrives": "2025-01"}], **room(power="3 kW")},
        {"sites.east.fleet.0.quantity", "sites.east.capacity.power"},
    ),
    "contract without cash": (
        {"sites__east__fleet": [{**FLEET, "arrives": "2025-01", "unpaid": mn(2000)}]},
        {"sites.east.fleet.0.unpaid", *CASH},
    ),
    "contract beyond the budget": (
        {
            "sites__east__fleet": [{**FLEET, "arrives": "2025-01", "unpaid": mn(200)}],
            "finance__capex_limits": {"FY2025": mn(150)},
        },
        {"sites.east.fleet.0.unpaid", "finance.capex_limits.FY2025"},
    ),
    "loan limit": (
        {**POOR, "finance__opening_cash": mn(200), **loan()},
        {"finance.loans.bank.limit", *CASH, *ASK},
    ),
    "revolving loan": (
        {**POOR, "finance__opening_cash": mn(200), **loan(revolving=True)},
        {"finance.loans.bank.limit", *CASH, *ASK},
    ),
    "loan term": (
        {**POOR, "finance__opening_cash": mn(200), **loan(limit=mn(500), term="2 years")},
        {"finance.loans.bank.term", "finance.loans.bank.limit", *CASH, *ASK},
    ),
    "grace period": (
        {**POOR, "finance__opening_cash": mn(200),
         **loan(limit=mn(200), repayment="equal_parts", grace="1 year")},
        {"finance.loans.bank.grace", "finance.loans.bank.term", "finance.loans.bank.limit", *CASH, *ASK},
    ),
    "balloon": (
        {**POOR, "finance__opening_cash": mn(200),
         **loan(limit=mn(200), repayment="level_payment", balloon="10 %")},
        {"finance.loans.bank.balloon", "finance.loans.bank.term", "finance.loans.bank.limit", *CASH, *ASK},
    ),
    "arrangement fee": (
        {**POOR, "finance__opening_cash": mn(200), **loan(limit=mn(200), arrangement_fee="5 %")},
        {"finance.loans.bank.arrangement_fee", "finance.loans.bank.limit", *CASH, *ASK},
    ),
    "commitment fee": (
        {**POOR, "finance__opening_cash": mn(401), **loan(limit=mn(100), rate="50 %", commitment_fee="30 %")},
        {"finance.loans.bank.commitment_fee", "finance.loans.bank.limit", *CASH, *ASK},
    ),
    "interest that is added no longer": (
        {**POOR, "finance__opening_cash": mn(200),
         **loan(limit=mn(350), rate="20 %", interest_capitalised_until="2025-12")},
        {"finance.loans.bank.interest_capitalised_until", "finance.loans.bank.limit", *CASH, *ASK},
    ),
    "share of investment": (
        {**POOR, "finance__opening_cash": mn(200), **loan(limit=mn(500), share_of_investment="30 %")},
        {"finance.loans.bank.share_of_investment", *CASH, *ASK},
    ),
    "debt service cover": (
        {**BIG, "finance__opening_cash": mn(200), "finance__covenants": {"least_debt_service_cover": 3},
         **loan(limit=mn(500), term="2 years", repayment="equal_parts")},
        {"finance.covenants.least_debt_service_cover", *CASH, *ASK},
    ),
    "least liquidity": (
        {**BIG, "finance__opening_cash": mn(200), "finance__covenants": {"least_liquidity": mn(100)},
         "finance__funding": {"2025-12": mn(-180)}, **loan(limit=mn(200), term="3 years")},
        {"finance.covenants.least_liquidity", "finance.loans.bank.limit", "finance.funding.2025-12", *CASH, *ASK},
    ),
    "loan to value": (
        {**BIG, "finance__opening_cash": mn(200), "finance__covenants": {"most_loan_to_value": "10 %"},
         "finance__depreciation": {"systems": "2 years"}, "finance__funding": {"2025-12": mn(-180)},
         **loan(limit=mn(500), term="3 years")},
        {"finance.covenants.most_loan_to_value", "finance.funding.2025-12", *CASH, *ASK},
    ),
    "debt to equity": (
        {**BIG, "finance__opening_cash": mn(200), "finance__covenants": {"most_debt_to_equity": 0.1},
         "finance__depreciation": {"systems": "2 years"}, "finance__funding": {"2025-12": mn(-180)},
         **loan(limit=mn(500), term="3 years")},
        {"finance.covenants.most_debt_to_equity", "finance.funding.2025-12", *CASH, *ASK},
    ),
    "tax": (
        {**BIG, "finance__opening_cash": mn(400), "finance__tax": {"rate": "50 %", "payment_lag": "0 months"},
         "finance__funding": {"2027-12": mn(-650)}},
        {"finance.tax.rate", *CASH, "finance.funding.2027-12"},
    ),
    "selling costs": (
        {**BIG, "finance__opening_cash": mn(400), "finance__funding": {"2027-12": mn(-600)},
         "workloads__training": {**WORK, "selling_costs": "50 %"}},
        {"workloads.training.selling_costs", *CASH, "finance.funding.2027-12"},
    ),
    "loss of a site": (
        {"sites__west": {**TWIN, "capacity": {"power": "4 kW"}}, "systems__cube__availability": "90 %",
         "workloads__training": {**WORK, "survives_site_loss": True}},
        {"workloads.training.survives_site_loss", *ASK, "sites.west.capacity.power", "systems.cube.availability"},
    ),
    "order that is frozen": (
        {"finance__opening_cash": mn(400), "frozen": {"until": "2025-06", "orders": [
            {"offer": "maker", "site": "east", "month": "2025-01", "systems": 5}]}},
        {"frozen.orders.0.systems", *CASH},
    ),
    "nothing else while it is frozen": (
        {"workloads__training": {**IDLE, "amount": {"2025-01": 0, "2026-01": 4}}, "frozen": {"until": "2026-12"}},
        {"frozen.until", *ASK_LATER},
    ),
    "instalments": (
        {**BIG, "finance__opening_cash": mn(300),
         "offers__maker__payment": {"instalments": [{"share": "100 %", "event": "order"}]}},
        {"offers.maker.payment.instalments.0.lag", *CASH, *ASK},
    ),
    "advance of an instalment": (
        {**OWED, "offers__maker__lead_time": "6 months", "workloads__training": LATER,
         "offers__maker__order_window": {"to": "2025-01"}, "finance__opening_cash": mn(250),
         "finance__funding": {"2025-03": mn(150)},
         "offers__maker__payment": {"instalments": [{"share": "100 %", "advance": "6 months"}]}},
        {"offers.maker.payment.instalments.0.advance", *CASH,
         "workloads.training.amount.2026-01", "workloads.training.must_serve"},
    ),
    "losses that may not be used": (
        {"workloads__training": {**WORK, "amount": 8}, "finance__opening_cash": mn(800), "finance__tax": {
            "rate": "50 %", "payment_lag": "0 months", "opening_loss": mn(2000), "loss_use_limit": "20 %",
         }, "finance__funding": {"2027-12": mn(-1350)}},
        {"finance.tax.loss_use_limit", "finance.tax.rate", *CASH, "finance.funding.2027-12"},
    ),
    "total cap": (
        {**OWED, **granted(total_cap=mn(100))},
        {"programmes.state.total_cap", *CASH, *OWNERS, *ASK},
    ),
    "award": (
        {**OWED, **granted(operator_cap=mn(100))},
        {"programmes.state.operator_cap", *CASH, *OWNERS, *ASK},
    ),
    "tranche of a year": (
        {**OWED, **granted(fiscal_year_caps={"FY2025": mn(100)})},
        {"programmes.state.fiscal_year_caps.FY2025", *CASH, *OWNERS, *ASK},
    ),
    "obligation": (
        {**OWED_FIVE, **room(power="4 kW"), **granted(obligations=[
            {"metric": "accelerators", "floor": 5, "from": "2025-01"}])},
        {"programmes.state.obligations.0.floor", "sites.east.capacity.power", *CASH, *OWNERS, *ASK},
    ),
    "minimum investment": (
        {**OWED, **room(power="4 kW"), **granted(minimum_investment=mn(2000))},
        {"programmes.state.minimum_investment", *CASH, *OWNERS, *ASK},
    ),
    "ceiling of public money": (
        {**OWED, **granted(0.5), "finance__public_money_ceiling": "20 %"},
        {"finance.public_money_ceiling", *CASH, *OWNERS, *ASK},
    ),
    "programmes that exclude each other": (
        {**OWED, "programmes": {
            "one": programme(0.25), "other": programme(0.25, excludes=["one"])}},
        {"programmes.other.excludes", *CASH, *OWNERS, *ASK},
    ),
    "retention": (
        {**OWED, "workloads__training": {**IDLE, "amount": {"2025-01": 4, "2026-01": 0}},
         **granted(0.5, retention="2 years"), **room(power={"2025-01": "9 kW", "2026-01": "2 kW"})},
        {"programmes.state.retention", "sites.east.capacity.power.2026-01", *CASH, *OWNERS,
         "workloads.training.amount.2025-01", "workloads.training.must_serve"},
    ),
    "grant that comes late": (
        {**OWED, **granted(0.5, payment_lag="12 months")},
        {"programmes.state.payment_lag", *CASH, *OWNERS, *ASK},
    ),
    "second part that comes late": (
        {**OWED,
         **granted(0.5, milestones=[{"share": "50 %"}, {"share": "50 %", "lag": "12 months"}])},
        {"programmes.state.milestones.1.lag", *CASH, *OWNERS, *ASK},
    ),
    "one programme after another": (
        {**OWED, "finance__funding": {"2025-06": mn(-350)}, "programmes": {
            "state": programme(0.5), "town": programme(0.5, after=["state"])}},
        {"programmes.town.after", *CASH, *OWNERS, *ASK},
    ),
    "grant that goes back": (
        {**OWED, "workloads__training": {**IDLE, "amount": {"2025-01": 4, "2026-01": 0}},
         **granted(0.5, retention="2 years", early_exit="repay_all"), **TAXED,
         **room(power={"2025-01": "9 kW", "2026-01": "2 kW"})},
        {"programmes.state.retention", "sites.east.capacity.power.2026-01", *CASH, *OWNERS,
         "workloads.training.amount.2025-01", "workloads.training.must_serve"},
    ),
    "programmes that exclude each other, off book value": (
        {**OWED, **TAXED, "finance__asset_grants": "reduce_book_value",
         "programmes": {"one": programme(0.25, retention="1 year"),
                        "other": programme(0.25, retention="1 year", excludes=["one"])}},
        {"programmes.other.excludes", *CASH, *OWNERS, *ASK},
    ),
    "programmes that exclude each other, before a third": (
        {**OWED, "finance__funding": {"2025-06": mn(-310)}, "programmes": {
            "one": programme(0.4), "other": programme(0.4, excludes=["one"]),
            "town": programme(0.5, after=["one", "other"])}},
        {"programmes.other.excludes", "programmes.town.after", *CASH, *OWNERS, *ASK},
    ),
    "credit beyond its part of the tax": (
        {**RELIEVED, "programmes": {"relief": {**CREDIT, "tax_limit": "20 %", "carry_forward": "2 years"}}},
        {"programmes.relief.tax_limit", "finance.tax.rate", *CASH, "finance.funding.2027-12"},
    ),
    "credit that lapses": (
        {**RELIEVED, "programmes": {"relief": {**CREDIT, "carry_forward": "1 year"}}},
        {"programmes.relief.carry_forward", "finance.tax.rate", *CASH, "finance.funding.2027-12"},
    ),
    "floor that begins too early": (
        {**OWED_FIVE, **room(power={"2025-01": "4 kW", "2026-01": "9 kW"}), **FLOOR},
        {*DUTY, "programmes.state.obligations.0.from", "sites.east.capacity.power.2025-01", *CASH, *OWNERS, *ASK},
    ),
    "floor that ends too late": (
        {**OWED_FIVE, **room(power={"2025-01": "9 kW", "2027-01": "4 kW"}), **FLOOR},
        {*DUTY, "programmes.state.obligations.0.to", "sites.east.capacity.power.2027-01", *CASH, *OWNERS, *ASK},
    ),
    "grant for an early service": (
        {**NEXT_YEAR, **granted(in_service_by="2025-06")},
        {"programmes.state.in_service_by", "offers.maker.available.2025-01", *CASH, "finance.funding.2026-06",
         *ASK_LATER},
    ),
    "grant for early orders": (
        {**NEXT_YEAR, **granted(order_window={"to": "2025-06"})},
        {"programmes.state.order_window.to", "offers.maker.available.2025-01", *CASH, "finance.funding.2026-06",
         *ASK_LATER},
    ),
    "grant for later orders": (
        {**OWED, **granted(order_window={"from": "2026-01"})},
        {"programmes.state.order_window.from", *CASH, *OWNERS, *ASK},
    ),
    "loan that begins too late": (
        {**POOR, "finance__opening_cash": mn(200), **loan(limit=mn(500), draw_window={"from": "2026-01"})},
        {"finance.loans.bank.draw_window.from", *CASH, *ASK},
    ),
    "loan that ends too early": (
        {"workloads__training": LATER, "finance__opening_cash": mn(100),
         **loan(limit=mn(500), term="2 years", draw_window={"to": "2025-06"})},
        {"finance.loans.bank.draw_window.to", "finance.loans.bank.term", *CASH, *ASK_LATER},
    ),
    "whole systems only": (
        {"workloads__training": {**WORK, "amount": 1.5}, **room(power="1.5 kW")},
        {"sites.east.capacity.power", *ASK},
    ),
}  # fmt: skip
DOUBLE: dict[str, Planted] = {
    "power here, racks there": (
        two(**room(power="3 kW"), **west(racks=1), sites__west__rack_power="2 kW"),
        {"sites.east.capacity.power", *ASK, "sites.west.capacity.racks", *ASK_WEST},
    ),
    "posts here, uplink there": (
        two(**room(staff=2), **west(uplink="2 Gbps"), **installation(staff=1, uplink="1 Gbps")),
        {"sites.east.capacity.staff", *ASK, "sites.west.capacity.uplink", *ASK_WEST},
    ),
    "late site, small site": (
        two(sites__east__opens="2026-01", **west(power="1 kW")),
        {"sites.east.opens", *ASK, "sites.west.capacity.power", *ASK_WEST},
    ),
    "budget of one year, power of the other site": (
        two(**west(power="3 kW"), finance__capex_limits={"FY2025": mn(600)}),
        {"finance.capex_limits.FY2025", "sites.west.capacity.power", *ASK, *ASK_WEST},
    ),
    "late grant, power of the other site": (
        two(**west(power="3 kW"), finance__opening_cash=mn(800), finance__funding={"2025-06": mn(-300)},
            **granted(order_window={"from": "2026-01"}),
            workloads__training={**IDLE, "regions": ["north"]}, workloads__serving={**IDLE, "regions": ["south"]}),
        {"programmes.state.order_window.from", *CASH, *OWNERS, "sites.west.capacity.power", *ASK, *ASK_WEST},
    ),
}  # fmt: skip
PLANTED = {**SINGLE, **DOUBLE}
