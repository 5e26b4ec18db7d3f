"""The unit of every figure on the sheet Inputs: agreed here once, between the sheet and its reader."""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from planner.reading.case.fields import below, is_group
from planner.vocabulary.message import Text, price_unit, rate_unit
from planner.vocabulary.resources import RESOURCES

_FIELDS = {
    "accelerators": "accelerators scale_up_accelerators",
    "TFLOPS": "fp64_tflops_dense bf16_tflops_dense fp8_tflops_dense fp4_tflops_dense",
    "GB": "memory_gb",
    "kW": "rack_power_kw",
    "share": (
        "busy_power_share idle_power_share share additions typical at_order rate eligible_share tax_limit "
        "import_duty taxed_sales taxed_investment taxed_energy taxed_rent taxed_operations taxed_maintenance "
        "taxed_selling_costs "
        "availability must_serve supply_chain_limits public_money_ceiling share_of_investment loss_use_limit "
        "basis_reduction selling_costs balloon arrangement_fee least_share relief property_tax_relief "
        "most_loan_to_value most_share_of_profit"
    ),
    "days": "customer_days energy_days rent_days operations_days maintenance_days",
    "rack units": "rack_units rack_height_units",
    "systems": "available allocation quantity systems",
    "blocks": "blocks",
    "systems or blocks": "units",
    "ratio": "pue efficiency factor resale_factor least_debt_service_cover most_debt_to_equity lock_up_cover",
    "share per year": "discount_rate cost_of_equity interest_on_cash maintenance_per_year commitment_fee",
    "yes = 1": "terminal_value revolving survives_site_loss programmes complete",
    "periods": "periods",
    "month of year": "fiscal_year_start_month assessed_in",
    "years": "relief_years loss_years",
}
UNITS = {field: unit for unit, fields in _FIELDS.items() for field in fields.split()} | {
    resource.field: resource.unit for resource in RESOURCES.values()
}
"""Unit of a plain number by the field that holds it; quantities that carry their unit need no entry."""
_OF_THE_PLANNER = {
    "calendar.period": "months",
    "constants.hours_per_day": "hours",
    "constants.first_year_part": "share",
    "constants.left_after_life": "share",
    "constants.per_thousand": "ratio",
    "constants.days_of_credit": "days",
}
SHARES = ("share", "share per year")
"""Units that are shown in per cent."""
WORDLESS = {"text": "", "date": "month"}
"""Units that the unit column says otherwise, or not at all."""


def unit_as_written(written: Any, path: str, old: object) -> Text | None:  # noqa: ANN401 - plain fields
    """The unit that the planner writes beside a figure; None where it has none that is known here.

    Args:
        written: the case as plain values. path: of the figure. old: what the case says there.
    """
    if isinstance(old, dict):
        old = next(iter(old.values()), None)
    if path in _OF_THE_PLANNER:
        return _OF_THE_PLANNER[path]
    keys = keys_of(written, path)
    field = _field_of(keys)
    if field in ("amount", "floor"):
        return str(_at(written, keys[:-1]).get("metric", "")).replace("_", " ")
    if isinstance(old, str):
        return _of_text(old, keys, field)
    return UNITS.get(field)


def _of_text(old: str, keys: list[str], field: str) -> Text:
    """The unit that a quantity carries."""
    if " " not in old:
        return "date"
    unit = old.split(" ", 1)[1]
    if unit.removesuffix("s") in ("day", "week", "month", "year"):
        return "months"
    if unit.startswith("per "):
        return f"{UNITS[field]} {unit}"
    if keys[:2] == ["finance", "exchange_rates"]:
        return rate_unit(unit, keys[2])
    currency, is_price, per = unit.partition("/")
    return price_unit(currency, per) if is_price else unit


def keys_of(written: Any, path: str) -> list[str]:  # noqa: ANN401
    """A dotted path as keys of a case that is dumped as plain values; names may hold dots.

    >>> keys_of({"systems": {"b200.8": {"power": "14.3 kW"}}}, "systems.b200.8.power")
    ['systems', 'b200.8', 'power']
    """
    words, here, keys = path.split("."), written, list[str]()
    while words:
        lengths = range(len(words), 0, -1)
        length = next((n for n in lengths if isinstance(here, dict) and ".".join(words[:n]) in here), 1)
        keys.append(".".join(words[:length]))
        here, words = _at(here, keys[-1:]), words[length:]
    return keys


def _field_of(keys: list[str]) -> str:
    """The field of a noun that the last of some keys stands for or in."""
    noun: Any = Case
    field = ""
    for key in keys:
        if noun is not None and is_group(noun):
            field = next((name for name, info in noun.model_fields.items() if (info.alias or name) == key), field)
        noun = below(noun, key) if noun is not None else None
    return field


def _at(here: Any, keys: list[str]) -> Any:  # noqa: ANN401
    for key in keys:
        if isinstance(here, list):
            here = here[int(key)] if key.isdecimal() and int(key) < len(here) else None
        else:
            here = here.get(key) if isinstance(here, dict) else None
    return here
