"""Quantities that a person writes with their unit: money, rates of money, power, shares, durations, months.

A bare number where a unit is needed is refused, because the most expensive mistakes are mistakes of a unit.
"""

from planner.case.quantities.base import LARGEST_EXACT_INTEGER, Noun, kind, refuse, shown
from planner.case.quantities.durations import DAYS_PER_MONTH, Duration, DurationText
from planner.case.quantities.examples import examples_in, own_currency
from planner.case.quantities.file_names import FileName, is_device, parse_file_name
from planner.case.quantities.money import Money, MoneyText, PositiveMoney, amount_text
from planner.case.quantities.months import FiscalYear, Month
from planner.case.quantities.names import LONGEST_NAME, LONGEST_TEXT, Name, Text, normal_name, parse_name, parse_text
from planner.case.quantities.numbers import (
    MOST_UNITS,
    Amount,
    Count,
    YesNo,
    parse_count,
    parse_plain_number,
    parse_yes_no,
)
from planner.case.quantities.oddities import look_alike, number_beyond, space_name
from planner.case.quantities.per_period import PerPeriod
from planner.case.quantities.physical import BandwidthGbps, PowerKw, Share, hundredth, parse_share
from planner.case.quantities.rates import AcceleratorPrice, ComputePrice, EnergyPrice, PowerRent, Rate, parse_rate
from planner.case.quantities.text import narrowed, parse_number, split_quantity

__all__ = [
    "DAYS_PER_MONTH",
    "LARGEST_EXACT_INTEGER",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "MOST_UNITS",
    "AcceleratorPrice",
    "Amount",
    "BandwidthGbps",
    "ComputePrice",
    "Count",
    "Duration",
    "DurationText",
    "EnergyPrice",
    "FileName",
    "FiscalYear",
    "Money",
    "MoneyText",
    "Month",
    "Name",
    "Noun",
    "PerPeriod",
    "PositiveMoney",
    "PowerKw",
    "PowerRent",
    "Rate",
    "Share",
    "Text",
    "YesNo",
    "amount_text",
    "examples_in",
    "hundredth",
    "is_device",
    "kind",
    "look_alike",
    "narrowed",
    "normal_name",
    "number_beyond",
    "own_currency",
    "parse_count",
    "parse_file_name",
    "parse_name",
    "parse_number",
    "parse_plain_number",
    "parse_rate",
    "parse_share",
    "parse_text",
    "parse_yes_no",
    "refuse",
    "shown",
    "space_name",
    "split_quantity",
]
