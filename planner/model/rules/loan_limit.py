"""No more is borrowed than a loan allows."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import LOAN_DRAWN, LOAN_OWED, LOAN_SHARE


def loan_limit(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """All draws together stay within the limit, of a revolving loan what is owed, and all draws within their share of
    the investments that they pay for; by loan f and period t; money units.

    ``outstanding[f] + sum_t draw[f,t] <= limit[f]``, where the loan revolves ``owed[f,t-1] + draw[f,t] <= limit[f]``,
    and ``sum_(u <= t) draw[f,u] <= share[f] * sum_(u <= t) capex[u]``

    Interest that is added to what is owed counts like a draw. Money is drawn at the start of a period and repaid at its
    end, so the most is owed between the two. A loan that does
    not revolve cannot be repaid and drawn again, which would put off its term.
    """
    for f, t in sets.owing:
        if coefficients.loans[f].revolving:
            owed = sums.lending.owed_during(f, t) * (1 + coefficients.loans[f].capitalised[t])
            yield Row(LOAN_OWED, (f, t), owed <= coefficients.loans[f].limit)
    for f, loan in coefficients.loans.items():
        if not loan.revolving:
            drawn = sums.lending.drawn_until(f, sets.periods[-1])
            drawn.add_term(sums.lending.capitalised_before(f, len(sets.periods)), 1.0)
            yield Row(LOAN_DRAWN, (f,), drawn + loan.outstanding <= loan.limit)
    for f, t in sets.owing:
        share = coefficients.loans[f].share_of_investment
        if share is not None:
            yield Row(LOAN_SHARE, (f, t), sums.lending.drawn_until(f, t) <= share * sums.invested_until(t))
