"""Quantities that a person writes with their unit: money, rates of money, power, shares, durations, months.

A bare number where a unit is needed is refused, because the most expensive mistakes are mistakes of a unit.
"""

from planner.case.quantities.base import LARGEST_EXACT_INTEGER, Noun, kind, refuse, shown
from planner.case.quantities.durations import Duration, DurationText
from planner.case.quantities.examples import examples_in, money_example, rate_example
from planner.case.quantities.file_names import FileName, is_device, parse_file_name
from planner.case.quantities.money import CURRENCIES, Money, MoneyText, PositiveMoney, amount_text
from planner.case.quantities.months import FiscalYear, Month
from planner.case.quantities.names import LONGEST_NAME, LONGEST_TEXT, Name, Text, normal_name, parse_name
from planner.case.quantities.numbers import Amount, Count, YesNo
from planner.case.quantities.oddities import look_alike, number_beyond, space_name
from planner.case.quantities.per_period import PerPeriod
from planner.case.quantities.physical import BandwidthGbps, PowerKw, Share, hundredth, parse_share
from planner.case.quantities.rates import AcceleratorPrice, ComputePrice, EnergyPrice, PowerRent, Rate
from planner.case.quantities.sizes import SignedShare, Size, size_in
from planner.case.quantities.text import narrowed

__all__ = [
    "CURRENCIES",
    "LARGEST_EXACT_INTEGER",
    "LONGEST_NAME",
    "LONGEST_TEXT",
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
    "SignedShare",
    "Size",
    "Text",
    "YesNo",
    "amount_text",
    "examples_in",
    "hundredth",
    "is_device",
    "kind",
    "look_alike",
    "money_example",
    "narrowed",
    "normal_name",
    "number_beyond",
    "parse_file_name",
    "parse_name",
    "parse_share",
    "rate_example",
    "refuse",
    "shown",
    "size_in",
    "space_name",
]
