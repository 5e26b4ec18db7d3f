"""The rules of the model, one file each; the order here is the order of the model page and of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.rules.aid_intensity import aid_intensity
from planner.model.rules.block_balance import block_balance
from planner.model.rules.capacity import capacity
from planner.model.rules.capex_limit import capex_limit
from planner.model.rules.cash_balance import cash_balance
from planner.model.rules.claim_once import claim_once
from planner.model.rules.claimed_exits import claimed_exits
from planner.model.rules.debt_service_cover import debt_service_cover
from planner.model.rules.demand import demand
from planner.model.rules.dividends import dividends
from planner.model.rules.fleet_balance import fleet_balance
from planner.model.rules.frozen import frozen
from planner.model.rules.loan_balance import loan_balance
from planner.model.rules.loan_cost import loan_cost
from planner.model.rules.loan_limit import loan_limit
from planner.model.rules.loan_term import loan_term
from planner.model.rules.loss_carried import loss_carried
from planner.model.rules.minimum_investment import minimum_investment
from planner.model.rules.obligation import obligation
from planner.model.rules.programme_cap import programme_cap
from planner.model.rules.property_tax import property_tax
from planner.model.rules.retention import retention
from planner.model.rules.service_level import service_level
from planner.model.rules.site_loss import site_loss
from planner.model.rules.site_resource import site_resource
from planner.model.rules.stacking_order import stacking_order
from planner.model.rules.supply import supply
from planner.model.rules.supply_chain_share import supply_chain_share
from planner.model.rules.tax_credit import tax_credit
from planner.model.rules.taxable_profit import taxable_profit
from planner.model.rules.useful_life import useful_life
from planner.model.rules.year_end_covenants import year_end_covenants
from planner.model.sets import Sets
from planner.model.variables import Variables

Rule = Callable[[Sets, Coefficients, Variables, Expressions], Iterator[Row]]

RULES: tuple[Rule, ...] = (
    fleet_balance,
    useful_life,
    capacity,
    block_balance,
    site_resource,
    supply,
    supply_chain_share,
    demand,
    service_level,
    site_loss,
    claim_once,
    stacking_order,
    aid_intensity,
    programme_cap,
    obligation,
    minimum_investment,
    retention,
    claimed_exits,
    loan_balance,
    loan_limit,
    loan_term,
    loan_cost,
    debt_service_cover,
    property_tax,
    year_end_covenants,
    dividends,
    taxable_profit,
    loss_carried,
    tax_credit,
    cash_balance,
    capex_limit,
    frozen,
)
"""Every rule of the model."""
