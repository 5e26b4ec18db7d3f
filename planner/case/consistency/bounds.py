"""Between which sizes a figure is plausible. A figure outside is more likely a mistake of unit or of scale than right.

Wide on purpose: what exists today, or is announced, lies well inside. Whoever means a figure outside says why, under
``unusual`` in the case file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Measure = Literal["share", "months", "kW", "USD", "number"]
"""What the bounds of a figure are in; USD also stands for money per something."""


@dataclass(frozen=True)
class Bound:
    """The plausible sizes of one kind of figure."""

    least: float
    most: float
    measure: Measure
    hint: str
    """The question that finds the usual mistake."""
    zero: bool | None = True
    """Whether zero is plausible as well: none of it.

    None where that is never what is meant: it is not proposed, and another check says whether it can be.
    """


_SCALE = "are the scale (mn, bn) and the currency right?"
_TIME = "is the unit of time right?"
_PERCENT = "is it in %?"
_POWER = "is it kW or MW?"

_MONEY = Bound(10_000, 300e9, "USD", _SCALE)
_SITE_POWER = Bound(1, 5_000_000, "kW", _POWER)
_LEAD_TIME = Bound(1, 60, "months", _TIME)
_LAG = Bound(1, 60, "months", _TIME)
_PART = Bound(0.01, 1, "share", _PERCENT)
_ADDITIONS = Bound(0.005, 1, "share", _PERCENT)
_DAYS = Bound(1, 365, "number", "is it in days?")
_HOUR = Bound(0.01, 100, "USD", "is it the price of one accelerator for one hour, in the right currency?")
_TFLOPS = Bound(10, 200_000, "number", "is it in TFLOPS, of one accelerator?")
_RENTAL = Bound(0.01, 100, "number", "is it in USD, for one accelerator and one hour?")
_DEMAND = Bound(0.001, 100_000_000, "number", "is it in the metric that is named?")
_INSTALMENT = Bound(0.01, 1, "share", _PERCENT, zero=None)
_LIFE = Bound(12, 180, "months", _TIME, zero=False)
_BUILDING = Bound(12, 720, "months", _TIME, zero=False)
_YEAR_SHARE = Bound(0.001, 1, "share", _PERCENT)
SPECIAL_RATE = Bound(0.01, 1, "share", _PERCENT)
"""Of a special depreciation, which may write off all of a cost."""

_RESALE_FACTOR = Bound(0.05, 5, "number", "is it a multiple of the shares of the curve?")

_DEPRECIATION = {
    "systems": _LIFE,
    "additions": _LIFE,
    "facility": _BUILDING,
    "systems_table.*.share": _YEAR_SHARE,
    "additions_table.*.share": _YEAR_SHARE,
    "facility_table.*.share": _YEAR_SHARE,
}
_PAYMENT = {
    "at_order": _PART,
    "instalments.*.share": _INSTALMENT,
    "instalments.*.lag": _LAG,
    "instalments.*.advance": _LAG,
}


def _of(place: str, bounds: dict[str, Bound]) -> dict[str, Bound]:
    """The bounds of what the case states in several places, in one of them."""
    return {f"{place}.{field}": bound for field, bound in bounds.items()}


BOUNDS: dict[str, Bound] = {
    "finance.opening_cash": _MONEY,
    "finance.funding.*": _MONEY,
    "finance.minimum_cash": _MONEY,
    "finance.capex_limits.*": _MONEY,
    "finance.discount_rate": Bound(0.0005, 0.30, "share", _PERCENT),
    "finance.cost_of_equity": Bound(0.005, 0.50, "share", _PERCENT, zero=False),
    "finance.interest_on_cash": Bound(0.0001, 0.10, "share", _PERCENT),
    "finance.resale.*.age": Bound(1, 240, "months", _TIME),
    "finance.resale_factor": _RESALE_FACTOR,
    "finance.public_money_ceiling": _PART,
    "finance.loans.*.limit": _MONEY,
    "finance.loans.*.outstanding": _MONEY,
    "finance.loans.*.rate": Bound(0.0005, 0.30, "share", _PERCENT),
    "finance.loans.*.arrangement_fee": Bound(0.0001, 0.10, "share", _PERCENT),
    "finance.loans.*.commitment_fee": Bound(0.0001, 0.05, "share", _PERCENT),
    "finance.loans.*.term": Bound(1, 480, "months", _TIME, zero=False),
    "finance.loans.*.share_of_investment": _PART,
    "finance.loans.*.balloon": _PART,
    "finance.loans.*.grace": Bound(1, 240, "months", _TIME),
    "finance.covenants.least_debt_service_cover": Bound(
        0.5, 10, "number", "is it a multiple, such as 1.3, and not in %?", zero=False
    ),
    "finance.covenants.least_liquidity": _MONEY,
    "finance.covenants.most_loan_to_value": Bound(0.05, 1, "share", _PERCENT, zero=False),
    "finance.covenants.most_debt_to_equity": Bound(
        0.1, 20, "number", "is it a multiple, such as 2.5, and not in %?", zero=False
    ),
    "finance.dividends.payment_lag": Bound(1, 24, "months", _TIME),
    "finance.dividends.opening_retained_profit": _MONEY,
    "finance.dividends.most_share_of_profit": _PART,
    "finance.dividends.stated.*": _MONEY,
    "finance.dividends.lock_up_cover": Bound(
        0.5, 10, "number", "is it a multiple, such as 1.4, and not in %?", zero=False
    ),
    "finance.tax.rate": Bound(0.01, 0.60, "share", _PERCENT),
    "finance.tax.payment_lag": Bound(1, 24, "months", _TIME),
    "finance.tax.interim.share": _PART,
    "finance.tax.interim.after": _LAG,
    "finance.tax.interim.tax_of_year_before": _MONEY,
    "finance.tax.opening_loss": _MONEY,
    "finance.tax.opening_losses.*": _MONEY,
    "finance.tax.loss_use_limit": _PART,
    "finance.property_taxes.*.rate": Bound(0.0001, 0.10, "share", _PERCENT),
    "finance.property_taxes.*.assessed_shares.*.share": _PART,
    "finance.property_taxes.*.least_share": _PART,
    "finance.property_taxes.*.instalments.*.lag": _LAG,
    "finance.property_taxes.*.instalments.*.share": _INSTALMENT,
    "finance.property_taxes.*.relief": _PART,
    "finance.consumption_tax.rate": Bound(0.01, 0.30, "share", _PERCENT),
    "finance.consumption_tax.tax_period": Bound(1, 12, "months", _TIME),
    "finance.consumption_tax.settlement_lag": Bound(1, 24, "months", _TIME),
    "finance.consumption_tax.deduction_lag": _LAG,
    "finance.working_capital.customer_days": _DAYS,
    "finance.working_capital.energy_days": _DAYS,
    "finance.working_capital.rent_days": _DAYS,
    "finance.working_capital.operations_days": _DAYS,
    "finance.working_capital.maintenance_days": _DAYS,
    "finance.working_capital.opening_receivables.*": _MONEY,
    "finance.working_capital.opening_payables.*": _MONEY,
    "finance.working_capital.opening_prepayments.*": _MONEY,
    **_of("finance.depreciation", _DEPRECIATION),
    **_of("finance.tax.depreciation", _DEPRECIATION),
    "systems.*.accelerators": Bound(1, 1_200, "number", "is it the number in one system?", zero=None),
    "systems.*.installation.busy_power_share": Bound(0.10, 1, "share", _PERCENT, zero=False),
    "systems.*.installation.idle_power_share": _PART,
    "systems.*.installation.rack_units": Bound(1, 60, "number", "is it the height in rack units?", zero=None),
    "systems.*.installation.racks": Bound(0.05, 16, "number", "is it the number of racks of one system?", zero=None),
    "systems.*.performance.fp64_tflops_dense": Bound(0.01, 1_000, "number", "is it in TFLOPS, of one accelerator?"),
    "systems.*.performance.bf16_tflops_dense": _TFLOPS,
    "systems.*.performance.fp8_tflops_dense": _TFLOPS,
    "systems.*.performance.fp4_tflops_dense": _TFLOPS,
    "systems.*.performance.memory_gb": Bound(4, 8_192, "number", "is it in GB, of one accelerator?"),
    "systems.*.performance.memory_bandwidth_tb_s": Bound(0.1, 500, "number", "is it in TB/s, of one accelerator?"),
    "systems.*.price.floor_per_accelerator": Bound(100, 500_000, "USD", "is it per accelerator, in this currency?"),
    "systems.*.lead_time.low": _LEAD_TIME,
    "systems.*.lead_time.typical": _LEAD_TIME,
    "systems.*.lead_time.high": _LEAD_TIME,
    "systems.*.additions.low": _ADDITIONS,
    "systems.*.additions.typical": _ADDITIONS,
    "systems.*.additions.high": _ADDITIONS,
    "systems.*.rental.low": _RENTAL,
    "systems.*.rental.typical": _RENTAL,
    "systems.*.rental.high": _RENTAL,
    "systems.*.resale.*.age": Bound(1, 240, "months", _TIME),
    "systems.*.resale_factor": _RESALE_FACTOR,
    "systems.*.useful_life": Bound(12, 180, "months", _TIME, zero=None),
    "systems.*.availability": Bound(0.10, 1, "share", _PERCENT, zero=False),
    "systems.*.maintenance_per_year": Bound(0.0005, 0.30, "share", _PERCENT),
    "systems.*.maintenance_by_age.*.age": Bound(1, 240, "months", _TIME),
    "systems.*.maintenance_by_age.*.factor": Bound(0.05, 10, "number", "is it a multiple of the yearly maintenance?"),
    "offers.*.additions": _ADDITIONS,
    "offers.*.import_duty": Bound(0.001, 1, "share", _PERCENT),
    "offers.*.lead_time": _LEAD_TIME,
    **_of("offers.*.payment", _PAYMENT),
    "sites.*.capacity.power": _SITE_POWER,
    "sites.*.capacity.liquid_cooling": _SITE_POWER,
    "sites.*.rack_power": Bound(1, 1_500, "kW", "is it the power of one rack?", zero=None),
    "sites.*.rack_height_units": Bound(5, 60, "number", "is it the height of one rack, in rack units?", zero=None),
    "sites.*.pue": Bound(1, 2.5, "number", "1 means no power but for IT", zero=None),
    "sites.*.energy_price": Bound(0.005, 2, "USD", "is it per kWh, in the right currency?"),
    "sites.*.rent": Bound(1, 2_000, "USD", "is it per kW and month, in the right currency?"),
    "sites.*.operations": Bound(0.5, 2_000, "USD", "is it per kW and month, in the right currency?"),
    "sites.*.fleet.*.unpaid": Bound(100, 300e9, "USD", _SCALE),
    "sites.*.fleet.*.book_value": Bound(100, 300e9, "USD", _SCALE),
    "sites.*.fleet.*.acquisition_cost": Bound(100, 300e9, "USD", _SCALE),
    "expansions.*.adds.power": _SITE_POWER,
    "expansions.*.adds.liquid_cooling": _SITE_POWER,
    "expansions.*.capex": Bound(1_000, 300e9, "USD", _SCALE),
    "expansions.*.lead_time": _LEAD_TIME,
    **_of("expansions.*.payment", _PAYMENT),
    "expansions.*.terminal_life": _BUILDING,
    "expansions.*.depreciation_life": _BUILDING,
    "expansions.*.useful_life": Bound(12, 720, "months", _TIME, zero=None),
    "workloads.*.amount": _DEMAND,
    "workloads.*.price": Bound(0.005, 5_000, "USD", "is it for one unit and one hour, in the right currency?"),
    "workloads.*.price_by_system.*": _HOUR,
    "workloads.*.selling_costs": Bound(0.0005, 0.70, "share", _PERCENT),
    "workloads.*.must_serve": _PART,
    "workloads.*.customer_days": _DAYS,
    "workloads.*.paid_in_advance": Bound(1, 36, "months", _TIME),
    "programmes.*.rate": Bound(0.01, 0.90, "share", _PERCENT),
    "programmes.*.eligible_share": _PART,
    "programmes.*.property_tax_relief": _PART,
    "programmes.*.total_cap": _MONEY,
    "programmes.*.operator_cap": _MONEY,
    "programmes.*.fiscal_year_caps.*": _MONEY,
    "programmes.*.payment_lag": _LAG,
    "programmes.*.milestones.*.share": _INSTALMENT,
    "programmes.*.milestones.*.lag": _LAG,
    "programmes.*.tax_limit": _PART,
    "programmes.*.basis_reduction": _PART,
    "programmes.*.carry_forward": Bound(12, 240, "months", _TIME),
    "programmes.*.retention": Bound(1, 240, "months", _TIME),
    "programmes.*.minimum_investment": _MONEY,
    "programmes.*.obligations.*.floor": _DEMAND,
    "supply_chain_limits.*": _PART,
    "futures.drivers.*.lognormal.spread": Bound(0.005, 1, "share", _PERCENT, zero=False),
    "futures.drivers.*.walk.volatility": Bound(0.005, 1, "share", "is it that of a year, in %?", zero=False),
    "futures.events.*.hazard": Bound(0.001, 0.95, "share", "is it that of a year, in %?"),
    "futures.events.*.lasts": Bound(1, 240, "months", _TIME, zero=False),
    "futures.events.*.lasts_at_most": Bound(1, 240, "months", _TIME, zero=False),
}
"""Bounds by where a figure stands; a star is any name, number or year. Figures by month have one bound."""
