"""Parts of a case that do not fit together: each row changes the tiny case in a way that every field survives."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case.case import Case
from planner.case.consistency import CHECKS, Draft, findings
from planner.reading.tree.nodes import plain
from planner.reading.tree.parse import parse_tree
from tests.places import TINY
from tests.reading.helpers import faults_of, line_of, read_text, said, tiny_with

BLOCKS = "blocks: 1"
RATE = "discount_rate: 5 %"
START = "start: 2024-04"
POWER = "power: 10 kW"
EXPANSION_WINDOW = "blocks: 1\n    start_window: {from: %s, to: %s}"


def loan(terms: str, rate: str = "2 %") -> str:
    return f"{RATE}\n  loans:\n    bank: {{limit: 1 bn JPY, rate: {rate}, term: 5 years, {terms}}}"


def late_loan(terms: str) -> str:
    return loan(terms, "{2024-07: 2 %}")


def futures(rest: str) -> str:
    """A section of futures in front of the scenarios."""
    return f"futures:\n{rest}\nscenarios:\n"


def driver(terms: str) -> str:
    return futures(f"  drivers:\n    rents: {{{terms}}}")


RENTS = "path: workloads.rental.price"


def frozen(text: str) -> str:
    return f"frozen: {{{text}}}\n\n{LIMITS}"


def frozen_order(terms: str, until: str = "2026-03") -> str:
    return frozen(f"until: {until}, orders: [{{offer: maker, site: north, {terms}}}]")


LIMITS = "supply_chain_limits:\n"
DUTY = "    obligations:\n      - metric: bf16_pflops\n        floor: 16\n        from: 2025-04\n\n"
LAG = "payment_lag: 6 months"
ROWS = [
    # id, what stands in the file, what is put there, field, words of the message
    ("offer-system", "system: cube\n    s", "system: kube\n    s", "offers.maker.system", ["did you mean 'cube'?"]),
    ("fleet-system", "- system: cube", "- system: kube", "sites.north.fleet.0.system", ["did you mean 'cube'?"]),
    ("expansion-site", "site: north", "site: nord", "expansions.hall.site", ["did you mean 'north'?"]),
    ("programme-site", "sites: [north]", "sites: [south]", "programmes.grant.sites.0", ["not defined as a site"]),
    ("programme-system", "sites: [north]", "systems: [qube]", "programmes.grant.systems.0", ["'cube'"]),
    ("excludes", "sites: [north]", "excludes: [grand]", "programmes.grant.excludes.0", ["name another"]),
    ("excludes-itself", "sites: [north]", "excludes: [grant]", "programmes.grant.excludes.0", ["itself"]),
    ("programme-region", "sites: [north]", "regions: [hokaido]", "programmes.grant.regions.0", ["'hokkaido'"]),
    ("workload-region", "amount: 64", "amount: 64\n    regions: [tokyo]", "workloads.rental.regions.0", ["hokkaido"]),
    ("efficiency", "amount: 64", "amount: 64\n    efficiency: {cub: 1}", "workloads.rental.efficiency.cub", ["'cube'"]),
    ("site-loss", "amount: 64", "amount: 64\n    survives_site_loss: true",
     "workloads.rental.survives_site_loss", ["nothing of the demand has to be served"]),
    ("site-loss-at-one-site", "amount: 64", "amount: 64\n    must_serve: 50 %\n    survives_site_loss: true",
     "workloads.rental.survives_site_loss", ["only north may serve it"]),
    ("one-currency", "2025-04: 290_000 USD", "2025-04: 29 m JPY", "offers.maker.price.2025-04", ["one currency"]),
    ("capital-letters", "offers:\n", "offers:\n  Maker:\n    system: cube\n    supplier: Other\n",
     "offers.maker", ["capital letters"]),
    ("width", "offers:\n", "offers:\n  ｍａｋｅｒ:\n    system: cube\n    supplier: Other\n",
     "offers.maker", ["is the same name as 'ｍａｋｅｒ'"]),
    ("unlimited-racks", "      power: 100 kW\n    capex", "      power: 100 kW\n      racks: 4\n    capex",
     "expansions.hall.adds.racks", ["does not limit", "state `racks:`"]),
    ("tag", "  maker: 100 %", "  makers: 100 %", "supply_chain_limits.makers", ["did you mean 'maker'?"]),
    ("same-name", "  hall:", "  maker:\n", "expansions.maker", ["an offer is called 'maker' as well"]),
    ("no-rate", "capex: 200 m JPY", "capex: 2 m EUR", "expansions.hall.capex", ["EUR", "exchange_rates"]),
    ("rate-in-dollar", "USD: 150 JPY", "USD: 150 USD", "finance.exchange_rates.USD", ["not in JPY"]),
    ("rate-of-own", "USD: 150 JPY", "USD: 150 JPY\n    JPY: 1 JPY", "finance.exchange_rates.JPY", ["remove it"]),
    ("rate-turned", "USD: 150 JPY", "USD: 0.0067 JPY", "finance.exchange_rates.USD", ["turned round"]),
    ("rate-zero", "USD: 150 JPY", "USD: 0 JPY", "finance.exchange_rates.USD", ["no price"]),
    ("rate-late", "150 JPY", "{2024-05: 150 JPY}",
     "finance.exchange_rates.USD", ["no value before 2024-05", "2024-04"]),
    ("straddle", START, "start: 2024-05", "calendar.start", ["inside a period", "2024-04 or 2024-07"]),
    ("capex-year", "FY2024: 2", "FY2026: 2",
     "finance.capex_limits.FY2026", ["outside the horizon", "FY2024 to FY2025"]),
    ("cap-year", "operator_cap: 1 bn JPY", "fiscal_year_caps: {FY2023: 1 bn JPY}",
     "programmes.grant.fiscal_year_caps.FY2023", ["outside the horizon"]),
    ("funding", "2024-07: 500", "2026-04: 500", "finance.funding.2026-04", ["outside the horizon", "2026-03"]),
    ("early-funding", "2024-07: 500", "2024-03: 500", "finance.funding.2024-03", ["outside the horizon"]),
    ("energy-late", "20 JPY/kWh", "{2024-07: 20 JPY/kWh}", "sites.north.energy_price", ["no value before 2024-07"]),
    ("price-late", "2024-04: 310_000", "2024-05: 310_000", "offers.maker.price", ["no value before 2024-05"]),
    ("parts-of-a-price", "    blocks: 1\n",
     "    blocks: 1\n    payment: {instalments: [{share: 40 %}, {share: 50 %}]}\n",
     "expansions.hall.payment.instalments", ["add up to 90 %", "add an instalment of 10 %"]),
    ("parts-and-order", "at_order: 30 %", "at_order: 30 %\n      instalments: [{share: 100 %}]",
     "offers.maker.payment.at_order", ["instalments or at_order, one of them"]),
    ("advance-of-an-order", "at_order: 30 %", "instalments: [{share: 100 %, event: order, advance: 1 month}]",
     "offers.maker.payment.instalments.0.advance", ["when nothing is decided yet", "event: delivery"]),
    ("lag-and-advance", "at_order: 30 %", "instalments: [{share: 100 %, lag: 1 month, advance: 2 months}]",
     "offers.maker.payment.instalments.0.advance", ["lag or advance, one of them"]),
    ("resale-of-a-system", "    useful_life: 5 years\n",
     "    useful_life: 5 years\n    resale: [{age: 1 year, share: 50 %}, {age: 2 years, share: 60 %}]\n",
     "systems.cube.resale.1.share", ["0.6 at 2 years is more than 0.5"]),
    ("resale-factor-late", "    useful_life: 5 years\n",
     "    useful_life: 5 years\n    resale_factor: {2024-07: 0.9}\n",
     "systems.cube.resale_factor", ["no value before 2024-07"]),
    ("resale-factor-alone", "  resale:\n    - age: 1 year\n      share: 60 %\n    - age: 4 years\n      share: 10 %\n",
     "  resale_factor: 0.9\n", "finance.resale_factor", ["there is no resale curve that it could change"]),
    ("maintenance-of-nothing", "maintenance_per_year: 2 %\n",
     "maintenance_per_year: 0\n    maintenance_by_age: [{age: 3 years, factor: 2}]\n",
     "systems.cube.maintenance_by_age", ["there is no maintenance that could change"]),
    ("maintenance-unsorted", "    useful_life: 5 years\n",
     "    useful_life: 5 years\n"
     "    maintenance_by_age: [{age: 3 years, factor: 2}, {age: 1 year, factor: 1}]\n",
     "systems.cube.maintenance_by_age.1.age", ["does not come after 3 years", "sort the steps"]),
    ("selling-costs-late", "amount: 64", "amount: 64\n    selling_costs: {2024-07: 5 %}",
     "workloads.rental.selling_costs", ["no value before 2024-07"]),
    ("amount-late", "amount: 64", "amount: {2024-07: 64}", "workloads.rental.amount", ["even if it is zero"]),
    ("installed-by", "workloads:", "objective: {kind: compute, installed_by: 2026-04}\nworkloads:",
     "objective.installed_by", ["outside the horizon"]),
    ("installed-by-npv", "workloads:", "objective: {installed_by: 2025-04}\nworkloads:",
     "objective.installed_by", ["npv"]),
    ("opens-late", "opens: 2015-04", "opens: 2026-02", "sites.north.opens", ["after the horizon"]),
    ("obligation-late", "from: 2025-04\n", "from: 2026-04\n",
     "programmes.grant.obligations.0.from", ["after the horizon"]),
    ("obligation-ends", "from: 2025-04\n", "from: 2025-04\n        to: 2025-01\n",
     "programmes.grant.obligations.0.to", ["before the start 2025-04"]),
    ("in-service-before", "payment_lag: 6 months", "payment_lag: 6 months\n    in_service_by: 2024-03",
     "programmes.grant.in_service_by", ["before the horizon", "2024-04 or later"]),
    ("window-late", "blocks: 1", EXPANSION_WINDOW % ("2026-04", "2027-03"),
     "expansions.hall.start_window", ["no period starts", "2026-01"]),
    ("window-between", "blocks: 1", EXPANSION_WINDOW % ("2024-05", "2024-06"),
     "expansions.hall.start_window", ["no period starts", "2024-07"]),
    ("no-power", "      power: 10 kW  # name plate\n", "", "systems.cube.installation.power", ["offer 'maker' sells"]),
    ("no-cooling", "      cooling: [air, liquid]\n", "", "systems.cube.installation.cooling", ["value missing"]),
    ("no-space", "      rack_units: 8\n", "", "systems.cube.installation.rack_units", ["rack_units or racks"]),
    ("both-spaces", "rack_units: 8", "rack_units: 8\n      racks: 1", "systems.cube.installation.racks", ["both"]),
    ("no-lead", "    lead_time:\n      typical: 3 months\n", "", "offers.maker.lead_time", ["value missing"]),
    ("no-typical", "typical: 300_000 USD", "low: 300_000 USD",
     "systems.cube.price.typical", ["maintenance and resale"]),
    ("zero", "accelerators: 8\n    performance", "accelerators: 0\n    performance",
     "systems.cube.accelerators", ["zero"]),
    ("idle", POWER, POWER + "\n      busy_power_share: 50 %",
     "systems.cube.installation.busy_power_share", ["below idle_power_share"]),
    ("old-fleet", "arrives: 2024-01", "arrives: 2019-04", "sites.north.fleet.0.arrives", ["5 years"]),
    ("early-fleet", "arrives: 2024-01", "arrives: 2015-03", "sites.north.fleet.0.arrives", ["before the site opens"]),
    ("hot-fleet", "rack_power: 40 kW", "rack_power: 9 kW", "sites.north.fleet.0.system", ["10 kW per rack"]),
    ("high-fleet", "rack_power: 40 kW", "rack_height_units: 7", "sites.north.fleet.0.system", ["8 units high"]),
    ("wet-fleet", "cooling: [air, liquid]", "cooling: [liquid]",
     "sites.north.fleet.0.system", ["needs liquid cooling"]),
    ("no-heat", "cooling: [air]\n", "cooling: [air, liquid]\n",
     "sites.north.capacity.liquid_cooling", ["offers liquid cooling"]),
    ("resale-age", "age: 4 years", "age: 12 months", "finance.resale.1.age", ["does not come after 1 year"]),
    ("resale-share", "share: 10 %", "share: 70 %", "finance.resale.1.share", ["0.7 at 4 years is more than 0.6"]),
    ("retention", "retention: 3 years", "retention: 6 years", "programmes.grant.retention", ["useful life of 'cube'"]),
    ("retention-of-additions", "programmes:\n",
     "programmes:\n  racks: {rate: 10 %, categories: [facility, additions], retention: 10 years}\n",
     "programmes.racks.retention", ["useful life of 'cube'"]),
    ("no-category", "[systems, additions]", "[]", "programmes.grant.categories", ["no category"]),
    ("same-category", "[systems, additions]", "[systems, systems]", "programmes.grant.categories", ["named twice"]),
    ("two-prices", "price: 400 JPY/accelerator-hour",
     "price: 400 JPY/accelerator-hour\n    price_by_system: {cube: 4 JPY/accelerator-hour}",
     "workloads.rental.price_by_system", ["both given"]),
    ("duty-late", "system: cube\n    s", "system: cube\n    import_duty: {2024-07: 0}\n    s",
     "offers.maker.import_duty", ["no value before 2024-07"]),
    ("early-and-late", "amount: 64", "amount: 64\n    paid_in_advance: 3 months\n    customer_days: 60",
     "workloads.rental.paid_in_advance", ["3 months before the work and 60 days after", "remove one of the two"]),
    ("paid-before-and-done", "discount_rate: 5 %",
     "discount_rate: 5 %\n  working_capital: {opening_prepayments: {2024-03: 1 mn JPY}}",
     "finance.working_capital.opening_prepayments.2024-03", ["before the horizon, and is worked off already"]),
    ("no-price", "    price: 400 JPY/accelerator-hour\n", "", "workloads.rental.price", ["value missing"]),
    ("other-metric", "metric: accelerators", "metric: bf16_pflops", "workloads.rental.price", ["per PFLOPS-hour"]),
    ("discount", "discount_rate: 5 %", "discount_rate: 31 %", "finance.discount_rate", ["implausibly high"]),
    ("pue", "pue: 1.2", "pue: 2.6", "sites.north.pue", ["implausibly high"]),
    ("lead-time", "lead_time: 6 months", "lead_time: 6 years", "expansions.hall.lead_time", ["implausibly long"]),
    ("cheap", "2024-04: 310_000 USD", "2024-04: 20 m JPY", "offers.maker.price.2024-04",
     ["2,500,000 JPY per accelerator", "floor of 20,000 USD", "price of one whole system", "right currency",
      "unusual: {offers.maker.price.2024-04:"]),
    ("cheap-block", "capex: 200 m JPY", "capex: 200_000 JPY",
     "expansions.hall.capex", ["2,000 JPY per kW", "one block"]),
    ("empty-reason", "workloads:", "unusual: {sites.north.pue: ' '}\nworkloads:",
     "unusual.sites.north.pue", ["reason is empty"]),
    ("owed", RATE, loan("outstanding: 2 bn JPY"),
     "finance.loans.bank.outstanding", ["owed already", "at most"]),
    ("useless-loan", RATE, loan("draw_window: {to: 2024-03}"),
     "finance.loans.bank.draw_window", ["nothing is outst"]),
    ("draw-between", RATE, loan("draw_window: {from: 2024-05, to: 2024-06}"),
     "finance.loans.bank.draw_window", ["no period starts"]),
    ("interest-late", RATE, late_loan("draw_window: {}"),
     "finance.loans.bank.rate", ["no value before 2024-07", "from 2024-04"]),
    ("owed-interest-late", RATE,
     late_loan("outstanding: 1 m JPY, draw_window: {from: 2024-07}"),
     "finance.loans.bank.rate", ["no value before 2024-07"]),
    ("loan-currency", RATE, loan("outstanding: 1 m EUR"),
     "finance.loans.bank.outstanding", ["no exchange rate"]),
    ("book-currency", "arrives: 2024-01", "arrives: 2024-01\n        book_value: 1 m EUR",
     "sites.north.fleet.0.book_value", ["no exchange rate"]),
    ("tax-late", RATE, RATE + "\n  tax: {rate: {2025-04: 30 %}}", "finance.tax.rate", ["no value before 2025-04"]),
    ("useless-loss", RATE, RATE + "\n  tax: {rate: 30 %, opening_loss: 1 bn JPY, loss_use_limit: 0}",
     "finance.tax.loss_use_limit", ["may be set against"]),
    ("equity-without-its-rate", "calendar:\n", "objective: {kind: equity}\ncalendar:\n",
     "objective.kind", ["cost_of_equity is not stated", "such as 9 %, or write kind: npv"]),
    ("cost-of-equity", RATE, RATE + "\n  cost_of_equity: 60 %", "finance.cost_of_equity", ["implausibly high", "50 %"]),
    ("covenant-without-loan", RATE, RATE + "\n  covenants: {least_debt_service_cover: 1.2}",
     "finance.covenants.least_debt_service_cover", ["no loan", "state `loans:`"]),
    ("covenant-in-per-cent", RATE, loan("outstanding: 1 m JPY") + "\n  covenants: {least_debt_service_cover: 120}",
     "finance.covenants.least_debt_service_cover", ["implausibly high", "a multiple, such as 1.3"]),
    ("liquidity-without-loan", RATE, RATE + "\n  covenants: {least_liquidity: 1 bn JPY}",
     "finance.covenants.least_liquidity", ["no loan"]),
    ("equity-in-per-cent", RATE, loan("outstanding: 1 m JPY") + "\n  covenants: {most_debt_to_equity: 150}",
     "finance.covenants.most_debt_to_equity", ["implausibly high", "a multiple"]),
    ("loan-to-nothing", RATE, loan("outstanding: 1 m JPY") + "\n  covenants: {most_loan_to_value: 0.5 %}",
     "finance.covenants.most_loan_to_value", ["mean 50 %?"]),
    ("lock-up-without-loan", RATE, RATE + "\n  dividends: {lock_up_cover: 1.4}",
     "finance.dividends.lock_up_cover", ["no loan"]),
    ("dividend-after-the-horizon", RATE, RATE + "\n  dividends: {stated: {FY2025: 1 bn JPY}}",
     "finance.dividends.stated.FY2025", ["after the horizon, which ends with 2026-03"]),
    ("dividends-beside-books-of-tax", RATE,
     RATE + "\n  dividends: {}\n  tax: {rate: 30 %, depreciation: {systems: 4 years}}",
     "finance.dividends", ["books of its own", "one set of books"]),
    ("covenant-beside-books-of-tax", RATE, loan("outstanding: 1 m JPY")
     + "\n  covenants: {most_debt_to_equity: 2}\n  tax: {rate: 30 %, depreciation: {systems: 4 years}}",
     "finance.covenants.most_debt_to_equity", ["books of its own", "one set of books"]),
    ("late-interest-on-cash", RATE, RATE + "\n  interest_on_cash: {2025-04: 1 %}",
     "finance.interest_on_cash", ["no value before 2025-04"]),
    ("much-interest-on-cash", RATE, RATE + "\n  interest_on_cash: 20 %",
     "finance.interest_on_cash", ["implausibly high", "10 %"]),
    ("misspelt-code", "290_000 USD", "290_000 UDS", "offers.maker.price.2025-04", ["UDS", "did you mean 290_000 USD?"]),
    ("lag", "payment_lag: 6 months", "payment_lag: 6 years", "programmes.grant.payment_lag", ["implausibly long"]),
    ("cheap-catalogue", "typical: 300_000 USD", "typical: 300 USD", "systems.cube.price.typical", ["plausible floor"]),
    ("after-in-a-chain", "programmes:\n", "programmes:\n  town: {rate: 10 %, categories: [systems], after: [grant]}\n"
     "  city: {rate: 5 %, categories: [systems], after: [town]}\n", "programmes.city.after.0", ["after 'grant'"]),
    ("milestones", LAG, "milestones: [{share: 50 %}]", "programmes.grant.milestones", ["add up to 50 %"]),
    ("early-exit", "retention: 3 years", "early_exit: repay_all",
     "programmes.grant.early_exit", ["no retention is stated"]),
    ("tax-limit", LAG, "tax_limit: 50 %", "programmes.grant.tax_limit", ["kind: tax_credit"]),
    ("credit", LAG, "kind: tax_credit", "programmes.grant.kind", ["the case has no tax"]),
    ("odd-months", LAG, "kind: tax_credit\n    carry_forward: 18 months",
     "programmes.grant.carry_forward", ["write 1 year, or 2 years"]),
    ("written-off-twice", "programmes:\n",
     "programmes:\n  other: {kind: special_depreciation, rate: 30 %, categories: [systems]}\n"
     "  relief: {kind: special_depreciation, rate: 80 %, categories: [additions, systems]}\n",
     "programmes.relief.rate", ["up to 110 %"]),
    ("taken-off-twice", "programmes:\n", "programmes:\n  town: {rate: 60 %, categories: [systems]}\n"
     "  city: {rate: 5 %, categories: [systems], after: [grant, town]}\n",
     "programmes.city.after", ["'grant' and 'town' pay up to 110 %", "`excludes:`"]),
    ("fleet-of-none", "quantity: 1", "quantity: 0\n        unpaid: 20 mn JPY",
     "sites.north.fleet.0.quantity", ["with unpaid"]),
    ("dear", "2025-04: 290_000 USD", "2025-04: 43_500_000 USD", "offers.maker.price.2025-04", ["more than 10 times"]),
    ("grace", RATE, loan("grace: 11 years"), "finance.loans.bank.grace", ["longer than the term of", "at most"]),
    ("macrs-of-seven-years", RATE, RATE + "\n  depreciation: {systems: 7 years, systems_method: macrs}",
     "finance.depreciation.systems", ["no table", "5 years or 15 years"]),
    ("kept-after-its-use", BLOCKS, f"{BLOCKS}\n    terminal_life: 20 years\n    useful_life: 15 years",
     "expansions.hall.terminal_life", ["longer than the useful life of 15 years", "at most 15 years"]),
    ("falls-from-nothing", BLOCKS, f"{BLOCKS}\n    terminal_method: annuity",
     "expansions.hall.terminal_method", ["no end value", "`terminal_life:`"]),
    ("balloon", RATE, loan("balloon: 30 %"), "finance.loans.bank.balloon", ["at_end", "level_payment"]),
    ("added-before", RATE, loan("interest_capitalised_until: 2024-03"),
     "finance.loans.bank.interest_capitalised_until", ["before the horizon"]),
    ("relief-of-nothing", LAG, f"{LAG}\n    property_tax_relief: 50 %\n    relief_years: 3",
     "programmes.grant.property_tax_relief", ["no property tax at any of its sites"]),
    ("relief-for-ever", LAG, f"{LAG}\n    property_tax_relief: 50 %",
     "programmes.grant.relief_years", ["value missing", "`property_tax_relief: 50 %` and `relief_years: 3`"]),
    ("nameless-tax", "    region: hokkaido", "    property_tax: town\n    region: hokkaido",
     "sites.north.property_tax", ["there is no property tax 'town'"]),
    ("taxed-fleet", "    region: hokkaido", "    property_tax: town\n    region: hokkaido",
     "sites.north.fleet.0.acquisition_cost", ["under the property tax 'town'"]),
    ("valued-by-no-table", RATE, RATE + "\n  property_taxes: {town: {rate: 1.4 %, valuation: table}}",
     "finance.property_taxes.town.assessed_shares", ["the valuation is a table"]),
    ("interim-year", RATE, RATE + "\n  tax: {rate: 30 %, interim: {after: 12 months}}",
     "finance.tax.interim.after", ["no part of a year"]),
    ("losses-of-no-year", RATE, RATE + "\n  tax: {rate: 30 %, opening_loss: 1 bn JPY, loss_years: 10}",
     "finance.tax.opening_loss", ["in which year the losses were made"]),
    ("five-months", RATE, RATE + "\n  consumption_tax: {rate: 10 %, tax_period: 5 months}",
     "finance.consumption_tax.tax_period", ["no whole number of tax periods"]),
    ("added-too-long", RATE, loan("repayment: equal_parts, grace: 6 months, interest_capitalised_until: 2024-10"),
     "finance.loans.bank.interest_capitalised_until", ["begins to fall due", "2024-09 or earlier"]),
    ("added-in-parts", RATE, loan("repayment: equal_parts, interest_capitalised_until: 2024-10"),
     "finance.loans.bank.interest_capitalised_until", ["none without a grace period"]),
    ("no-distribution", "scenarios:\n", driver(RENTS), "futures.drivers.rents", ["it has no distribution"]),
    ("no-path", "scenarios:\n", driver("lognormal: {spread: 20 %}"), "futures.drivers.rents", ["moves no figure"]),
    ("range-turned", "scenarios:\n", driver(f"{RENTS}, range: {{low: 120 %, high: 90 %}}"),
     "futures.drivers.rents.range.low", ["not below the highest"]),
    ("outcomes", "scenarios:\n", driver(f"{RENTS}, discrete: [{{value: 1, weight: 90 %}}]"),
     "futures.drivers.rents.discrete", ["add up to 90 %"]),
    ("event-chance", "scenarios:\n",
     futures("  events:\n    stop: {effects: [{path: offers.maker.available, value: 0}]}"),
     "futures.events.stop", ["it has no probability"]),
    ("varies-later", "scenarios:\n", driver(f"{RENTS}, from: 2030-01, lognormal: {{spread: 20 %}}"),
     "futures.drivers.rents.from", ["outside of the horizon"]),
    ("correlation", "scenarios:\n", futures("  correlations: [{between: [a, b], coefficient: 1}]"),
     "futures.correlations.0.between.0", ["no driver"]),
    ("weights", "  weak-yen:\n", "  weak-yen:\n    weight: 60 %\n  weaker:\n    weight: 50 %\n  weakest:\n",
     "scenarios.weaker.weight", ["add up to 110 %"]),
    ("frozen-offer", LIMITS, frozen_order("month: 2024-04, systems: 1").replace("offer: maker", "offer: makr"),
     "frozen.orders.0.offer", ["'makr' is not defined as an offer", "did you mean 'maker'?"]),
    ("frozen-site", LIMITS, frozen_order("month: 2024-04, systems: 1").replace("site: north", "site: south"),
     "frozen.orders.0.site", ["'south' is not defined as a site"]),
    ("frozen-for-good", LIMITS, frozen("until: 2026-04"),
     "frozen.until", ["2026-04 is outside the horizon", "2024-04 to 2026-03"]),
    ("frozen-before", LIMITS, frozen_order("month: 2024-01, systems: 1"),
     "frozen.orders.0.month", ["outside the horizon", "belongs to the fleet"]),
    ("frozen-inside", LIMITS, frozen_order("month: 2024-05, systems: 1"),
     "frozen.orders.0.month", ["no period starts in 2024-05", "write 2024-04"]),
    ("frozen-afterwards", LIMITS, frozen_order("month: 2025-04, systems: 1", "2025-03"),
     "frozen.orders.0.month", ["after 2025-03", "until: 2025-04"]),
    ("frozen-twice", LIMITS, frozen_order("month: 2024-04, systems: 1}, {offer: maker, site: north, month: 2024-04, "
     "systems: 2"), "frozen.orders.1", ["frozen.orders.0 says it already"]),
    ("frozen-too-late", LIMITS, frozen_order("month: 2026-01, systems: 1"),
     "frozen.orders.0.month", ["when the horizon is over"]),
    ("frozen-too-many", LIMITS, frozen_order("month: 2024-04, systems: 11"),
     "frozen.orders.0.systems", ["11 systems of 'maker' are frozen in 2024-04", "at most 10"]),
    ("frozen-blocks", LIMITS, frozen("until: 2025-03, blocks: [{expansion: hall, month: 2024-04, blocks: 2}]"),
     "frozen.blocks.0.blocks", ["2 blocks of 'hall' are frozen", "1 in all"]),
    ("frozen-exits", LIMITS, frozen("until: 2025-03, exits: [{system: cube, site: north, arrived: 2024-01, "
     "month: 2024-07, systems: 2}]"), "frozen.exits.0.systems", ["at most 1, as many as came"]),
    ("frozen-claim", LIMITS, frozen("until: 2025-03, claims: [{programme: grant, investment: maker, site: north, "
     "month: 2024-04, units: 1}]"), "frozen.claims.0.units", ["1 are claimed, and 0 are ordered there"]),
    ("frozen-loan", LIMITS, frozen("until: 2025-03, draws: [{loan: bank, month: 2024-04, money: 1 m JPY}]"),
     "frozen.draws.0.loan", ["there is no loan 'bank'"]),
    ("frozen-entry", DUTY + LIMITS, frozen("until: 2025-03, programmes: {grant: true}"),
     "frozen.programmes.grant", ["asks for nothing in return"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "field", "words"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_parts_that_do_not_fit_are_named(tmp_path: Path, old: str, new: str, field: str, words: list[str]):
    faults = faults_of(tmp_path, tiny_with((old, new)))
    told = [fault for fault in faults if fault.field == field and all(word in said(fault) for word in words)]
    assert len(told) == 1, [said(fault) for fault in faults]
    assert told[0].place.line > 0


def test_every_check_has_a_row():
    """Each check of the register finds something in at least one row, so none can fall silent unseen."""
    silent = {check.__name__ for check in CHECKS}
    for _, old, new, *_ in ROWS:
        silent -= _checks_that_find_something(tiny_with((old, new)))
    silent -= {"case_is_not_empty", "a_lower_basis_has_books_of_tax"}  # a test of its own, below and beside
    assert silent == set()


def _checks_that_find_something(text: str) -> set[str]:
    root, _ = parse_tree(text, "case.yaml")
    draft = Draft.of(Case.model_validate(plain(root), by_alias=True, by_name=False))
    return {check.__name__ for check in CHECKS if any(check(draft))}


def test_an_empty_case_is_refused(tmp_path: Path):
    text = (
        "name: empty\ncatalogue: ''\ncalendar: {start: 2024-04, periods: 4}\n"
        "finance: {currency: JPY, opening_cash: 1 m JPY, minimum_cash: 0 JPY, discount_rate: 0}\n"
        "sites: {}\nworkloads: {}\n"
    )
    assert {fault.field for fault in faults_of(tmp_path, text)} == {"sites", "workloads"}


BOUNDARIES = [
    # one step inside of a limit whose outside stands in the rows above
    ("arrives: 2024-01", "arrives: 2019-05"),
    ("rack_power: 40 kW", "rack_power: 10 kW"),
    ("retention: 3 years", "retention: 5 years"),
    ("programmes:\n", "programmes:\n  halls: {rate: 10 %, categories: [facility], retention: 10 years}\n"),
    ("discount_rate: 5 %", "discount_rate: 30 %"),
    (RATE, RATE + "\n  cost_of_equity: 50 %"),
    (RATE, RATE + "\n  interest_on_cash: 10 %"),
    (RATE, loan("outstanding: 1 m JPY") + "\n  covenants: {least_debt_service_cover: 10}"),
    (RATE, loan("outstanding: 1 m JPY") + "\n  covenants: {most_debt_to_equity: 20, most_loan_to_value: 1}"),
    ("pue: 1.2", "pue: 2.5"),
    ("2024-04: 310_000 USD", "2024-04: 160_000 USD"),
    ("2024-04: 310_000 USD", "2024-04: 4_000_000 USD"),
    ("2024-07: 500", "2026-03: 500"),
    ("opens: 2015-04", "opens: 2024-01"),
    ("share: 10 %", "share: 60 %"),
    ("blocks: 1", EXPANSION_WINDOW % ("2024-06", "2024-07")),
    ("blocks: 1", EXPANSION_WINDOW % ("2020-01", "2023-01")),
    ("from: 2025-04\n", "from: 2026-01\n"),
    ("power: 10 kW", "power: 40 kW"),
    (RATE, loan("outstanding: 1 bn JPY, draw_window: {to: 2024-03}")),
    (RATE, late_loan("draw_window: {from: 2024-05}")),
]


@pytest.mark.parametrize(("old", "new"), BOUNDARIES)
def test_values_at_a_limit_are_accepted(tmp_path: Path, old: str, new: str):
    read_text(tmp_path, tiny_with((old, new)))


def test_the_value_to_the_owners_may_be_asked_for_where_their_rate_is_stated(tmp_path: Path):
    objective, rate = ("calendar:\n", "objective: {kind: equity}\ncalendar:\n"), RATE + "\n  cost_of_equity: 9 %"
    case = read_text(tmp_path, tiny_with(objective, (RATE, rate))).case
    assert (case.objective.kind, case.finance.cost_of_equity) == ("equity", 0.09)


def test_a_name_that_is_declared_but_faulty_counts_as_known(tmp_path: Path):
    text = tiny_with(("pue: 1.2", "pue: high"))
    (fault,) = faults_of(tmp_path, text)
    assert (fault.field, fault.place.line) == ("sites.north.pue", line_of(text, "pue: high"))


def test_the_tiny_case_is_consistent(tmp_path: Path):
    case = read_text(tmp_path, TINY.read_text(encoding="utf-8")).case
    assert list(findings(Draft.of(case))) == []


def test_a_programme_keeps_no_block_longer_than_it_serves(tmp_path: Path):
    paid = ("categories: [systems, additions]", "categories: [systems, facility]")
    years = {life: tiny_with(paid, (BLOCKS, f"{BLOCKS}\n    useful_life: {life}")) for life in ("35 months", "3 years")}
    (fault,) = faults_of(tmp_path, years["35 months"])
    assert fault.field == "programmes.grant.retention"
    assert "longer than the useful life of 'hall' (35 months)" in said(fault)
    read_text(tmp_path, years["3 years"])


def test_property_tax_is_spared_once(tmp_path: Path):
    def text(tax: str, other: str = "") -> str:
        relief = "property_tax_relief: 50 %, relief_years: 3"
        towns = f"programmes:\n  town: {{rate: 0 %, categories: [systems], {relief}}}\n{other.format(relief=relief)}"
        at = ("    region: hokkaido", "    property_tax: city\n    region: hokkaido")
        taxes = (RATE, f"{RATE}\n  property_taxes: {{city: {{rate: 1.4 %{tax}}}}}")
        cost = ("quantity: 1", "quantity: 1\n        acquisition_cost: 30 mn JPY")
        return tiny_with(at, taxes, cost, ("programmes:\n", towns))

    read_text(tmp_path, text(""))
    read_text(tmp_path, text("", "  works: {{rate: 0 %, categories: [systems], excludes: [town], {relief}}}\n"))
    read_text(tmp_path, text("", "  works: {{rate: 0 %, categories: [facility], {relief}}}\n"))
    (fault,) = faults_of(tmp_path, text(", relief: 50 %, relief_years: 1"))
    assert fault.field == "programmes.town.property_tax_relief" and "gives relief to all" in said(fault)
    (fault,) = faults_of(tmp_path, text("", "  works: {{rate: 0 %, categories: [systems], {relief}}}\n"))
    assert fault.field == "programmes.works.property_tax_relief" and "`excludes: [town]`" in said(fault)
