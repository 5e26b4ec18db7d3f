"""Every limit of the case, with both of its sides worked out from the decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.audit.facts import Facts
from planner.audit.limits.books import loss_carried, taxable_profit
from planner.audit.limits.cash import capex_limit, cash_balance
from planner.audit.limits.claimed_exits import claimed_exits, retention
from planner.audit.limits.covenants import debt_service_cover, year_end_covenants
from planner.audit.limits.credits import tax_credit
from planner.audit.limits.dividends import dividends
from planner.audit.limits.frozen import frozen
from planner.audit.limits.loans import loan_balance, loan_cost, loan_limit, loan_term
from planner.audit.limits.market import demand, service_level, supply, supply_chain_share
from planner.audit.limits.programmes import aid_intensity, claim_once, minimum_investment, obligation, programme_cap
from planner.audit.limits.property_tax import property_tax
from planner.audit.limits.site_loss import site_loss
from planner.audit.limits.sites import block_balance, capacity, fleet_balance, site_resource, useful_life
from planner.audit.limits.stacking_order import stacking_order
from planner.outcome import Accounts, Limit, Quantities

RULES: tuple[Callable[[Facts, Accounts, Quantities], Iterator[Limit]], ...] = (
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
    aid_intensity,
    programme_cap,
    obligation,
    minimum_investment,
    retention,
    claimed_exits,
    stacking_order,
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
AUDITED_RULES = tuple(rule.__name__ for rule in RULES)
"""Names of the rules that the audit recomputes; a test holds them against the rules of the model."""


def limits_of(facts: Facts, accounts: Accounts, quantities: Quantities) -> Iterator[Limit]:
    """All limits of the plan, rule by rule."""
    for rule in RULES:
        yield from rule(facts, accounts, quantities)
