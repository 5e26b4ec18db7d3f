"""The same case in another currency, or in another unit of the same one."""

from __future__ import annotations

import re
from typing import Any

from planner.case.quantities import Money

YEN = re.compile(r"(?P<money>.* ?JPY)(?P<per>/.*)?")


def restated(fields: Any, currency: str, yen: float) -> Any:
    """Every amount of yen in a case, restated in a currency of which one unit is worth so many yen."""
    if isinstance(fields, dict):
        changed = {key: restated(value, currency, yen) for key, value in fields.items()}
        if "currency" in changed:
            changed["currency"] = currency
        return changed
    if isinstance(fields, list):
        return [restated(value, currency, yen) for value in fields]
    match = YEN.fullmatch(fields) if isinstance(fields, str) and fields != "JPY" else None
    if match is None:
        return fields
    return f"{Money.parse(match['money']).amount / yen!r} {currency}{match['per'] or ''}"


def reported_in(fields: Any, currency: str, yen: float) -> Any:
    """The case with its results in another currency, while its prices stay in yen."""
    finance = fields["finance"]
    rates = restated(finance["exchange_rates"], currency, yen) | {"JPY": f"{1 / yen!r} {currency}"}
    return {**fields, "finance": {**finance, "currency": currency, "exchange_rates": rates}}
