"""Costs of selling: payment fees, sales agents and marketplaces take a share of what a customer pays."""

from __future__ import annotations


def selling_costs(revenue: float, share: float) -> float:
    """What selling costs: the share of the revenue that fees and commissions take.

    ``cost = share * revenue``. Revenue itself stays gross, as IFRS 15 (B34 to B38, principal against agent) asks of a
    seller who controls the service before the customer gets it: what an agent keeps is a cost and lowers no revenue.

    A marketplace that keeps 15 % of 200 costs 30, and 170 are left:

    >>> selling_costs(200.0, 0.15)
    30.0
    """
    return share * revenue
