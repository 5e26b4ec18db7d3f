"""Cash from operations pays for the debt service of every fiscal year that has any."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import LinearExpression, Row
from planner.model.scale import row_scale
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import COVER_KEPT, DEBT_SERVICE_COVER, NO_DEBT_SERVICE, SCHEDULED
from planner.vocabulary.keys import LoanYear


def debt_service_cover(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """A covenant: revenue less running costs and tax is so many times its debt service at least; by loan f and fiscal
    year y; money units.

    ``scheduled[f,y] >= due by the end of y - repaid before y``,
    ``service[y] = interest[y] + commitment_fees[y] + sum_f scheduled[f,y]``,
    ``operating_cash[y] - least * service[y] >= cover_room[y]``,
    ``cover_room[y] >= -largest_deficit[y] * (1 - serves_debt[y])`` and
    ``service[y] <= largest_service[y] * serves_debt[y]``

    For fiscal years that lie in the horizon as a whole. What a loan obliges to repay is never less than nothing, and is
    a column of its own because of that. A year without any debt service keeps the covenant even where its operations
    take cash: whether it has any is a whole number, which a lock-up of dividends asks for as well. Proceeds of sales of
    systems, grants and what is repaid early count on neither side.
    """
    for year in coefficients.covers:
        y = (year.name,)
        for f in coefficients.loans:
            key = LoanYear(f, year.name)
            yield Row(SCHEDULED, key, decide.scheduled[key] >= sums.lending.scheduled_in(f, year.periods))
        service, serves = sums.lenders.debt_service(year), decide.serves_debt[y]
        if year.least is not None:
            room, asked = decide.cover_room[y], service * year.least
            yield Row(DEBT_SERVICE_COVER, y, sums.lenders.operating_cash(year) - asked >= LinearExpression() + room)
            scale, most = row_scale(year.largest_deficit), year.largest_deficit
            yield Row(COVER_KEPT, y, scale * room - serves * (scale * most) >= -scale * most)
        scale, most = row_scale(year.largest_service), year.largest_service
        yield Row(NO_DEBT_SERVICE, y, scale * service <= scale * most * serves)
