"""Property tax is assessed on what stands at a site on one day of the year, and paid later."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import LinearExpression, Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import PROPERTY_TAX


def property_tax(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """The tax on everything that has come before the start of a month and has not left before it; by site d and month
    of assessment m; money units.

    ``assessed[d,m] = rate[d,m] * (sum_(s,k) share[k,m] * cost[s,d,k] * (arrived[s,d,k] - sum_(u < m) exit[s,d,k,u])
    + sum_(x,t) share[x,t,m] * cost[x,t] * expand[x,t])
    - sum_(j,i) spared[j,i,m] * (claim[j,i] - sum_(u < m) claimed_exit[j,i,u])``

    ``share`` is what is assessed of a cost at that age: it falls from year to year down to a floor, and is less at
    first where a municipality gives relief. ``cost`` is the whole cost as paid; a grant takes nothing off it. What a
    programme spares of the tax on what is claimed is spared for as long as that stands there. The tax is paid in
    instalments, each in its month; what of it is due after the horizon is taken off the end value.
    """
    terms = coefficients.property_taxes
    assessed = {key: LinearExpression() for key in terms.assessments}
    there, blocks = set(sets.vintages), set(sets.blocks)
    for (vintage, key), tax in terms.on_system.items():
        if vintage not in there:
            continue
        assessed[key].add_term(sums.arrived(vintage), tax)
        for leave in sets.vintage_exits[vintage]:
            if leave.period <= terms.assessments[key].stood_in:
                assessed[key].add_term(decide.exit[leave], -tax)
    for (start, key), tax in terms.on_block.items():
        if start in blocks:
            assessed[key].add_term(decide.expand[start], tax)
    for (claim, key), tax in terms.spared.items():
        if claim not in decide.claim:
            continue
        assessed[key].add_term(decide.claim[claim], -tax)
        for gone in sums.exits_by_claim.get(claim, ()):
            if gone.period <= terms.assessments[key].stood_in:
                assessed[key].add_term(decide.claimed_exit[gone], tax)
    for key, tax_on_all in assessed.items():
        yield Row(PROPERTY_TAX, key, decide.assessed[key].equals(tax_on_all))
