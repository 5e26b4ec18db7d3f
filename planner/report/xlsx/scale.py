"""How figures are shown: one number format for each unit, in the customs of the language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planner.case.quantities.per_period import WORDS
from planner.language import Speaker
from planner.reading.workbook.figures import SHARES, WORDLESS
from planner.report.xlsx.style import SIGN_OF_SHARES
from planner.vocabulary.message import Message, Text, say, unit_of

MILLIONS_FROM = 10_000_000
"""A plan whose amounts of money reach this is shown in millions; a smaller one in whole units."""

YEN = "JPY"
"""A currency without a smaller unit, of which languages may speak otherwise than of others."""
COUNTS = (
    "systems", "accelerators", "blocks", "days", "hours", "months", "period", "periods", "month of year", "checks",
    *(f"systems per {time}" for time in WORDS.values()),
)  # fmt: skip
"""Units of whole numbers."""
MACHINES = ("systems", "blocks")
"""Units that are counted, of which a claim or an average may be a part."""
WHOLE = 1e-6
"""How far from a whole number a count is still shown as one."""
HOURS = ("accelerator-hours", "PFLOPS-hours")
"""Units of work done, shown in thousands beside money in millions."""
LARGE = 1000
"""Amounts of money from here on are shown without decimals on sheets that show every digit."""
SIGNS = {"JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
"""Signs of currencies, shown on sheets where amounts of several currencies stand below each other."""
NEGATIVE = {"en": "-", "ja": "▲"}
"""What stands in front of a negative amount: a triangle is usual in Japanese accounts."""
DATES = {"en": "yyyy-mm", "ja": "yyyy/mm"}
DAYS = {"en": "yy-mm-dd", "ja": "yy/mm/dd"}
YEARS = {"en": '"FY"0', "ja": '0"年度"'}
_FIXED = {
    "flag": "0",
    "count": "0",
    "month number": "0",
    "number": "0",
    "tolerance": "General",
    "yes = 1": "0",
    "factor": "0.000000",
    "text": "@",
    "": "General",
}


@dataclass(frozen=True)
class Scale:
    """How figures are shown: the currency, whether in millions, and the customs of the language.

    Cells hold whole units of the currency either way.
    """

    currency: str
    in_millions: bool
    speaker: Speaker = field(default_factory=Speaker)
    _formats: dict[tuple[str, bool], str | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Number formats by unit, and whether every digit is shown; None where the value decides."""

    @property
    def unit(self) -> Text:
        """The unit as sheets print it, such as 'JPY million'."""
        million = unit_of("{currency} million", currency=unit_of(self.currency))
        return million if self.in_millions else self.currency

    @property
    def thousands(self) -> Message:
        """The unit of money that is always shown in thousands."""
        return unit_of("{currency} thousand", currency=unit_of(self.currency))

    @property
    def to_the_unit(self) -> Message:
        """The unit of money that is never shown in millions."""
        name = self.currency if self.currency == YEN else "{currency}"
        return unit_of(f"{name} to the unit", currency=unit_of(self.currency))

    def statement(self, raw: bool) -> Message:
        """The sentence that states the scale of a sheet, once."""
        name = self.currency if self.currency == YEN else "{currency}"
        template = f"Money is shown in {name} million, foreign money in thousands; the cells hold whole units."
        if raw or not self.in_millions:
            template = f"Money is shown in whole {name}, foreign money in whole units of its own currency."
        return say(template, currency=unit_of(self.currency))

    def shown_unit(self, unit: Text, raw: bool) -> str:
        """A unit as the unit column prints it, in the language of the book."""
        name = str(unit)
        if name in WORDLESS:
            return self.speaker.unit(WORDLESS[name])
        if name == self.currency and not raw:
            return self.speaker.unit(self.unit)
        if self._in_thousands(name, raw):
            template = "thousand {unit}" if name in HOURS else "{currency} thousand"
            return self.speaker.unit(unit_of(template, unit=unit_of(name), currency=unit_of(name)))
        return self.speaker.unit(unit)

    def number_format(self, of: Text, raw: bool, value: object = None) -> str:
        """The number format of a unit.

        Args:
            of: the unit of the row.
            raw: on sheets that show every digit, such as Inputs.
            value: what the cell holds, which decides about decimals there.
        """
        unit = str(of)
        if unit in MACHINES and isinstance(value, float) and abs(value - round(value)) > WHOLE:
            return self._signed("#,##0.00")
        if (unit, raw) not in self._formats:  # worked out once: every cell asks for it
            self._formats[unit, raw] = self._format_of(unit, raw)
        found = self._formats[unit, raw]
        return self._raw(unit, value) if found is None else found

    def _format_of(self, unit: str, raw: bool) -> str | None:
        """The number format of a unit; None where the value decides."""
        if unit in ("date", "day", "fiscal year"):
            return {"date": DATES, "day": DAYS, "fiscal year": YEARS}[unit][self.speaker.code]
        if unit in SHARES:
            return f"{'0.0##' if raw else '0.0'}{SIGN_OF_SHARES[self.speaker.code]}"
        if unit in _FIXED:
            return _FIXED[unit]
        if raw and unit not in COUNTS:
            return None
        return "#,##0.00" if "/" in unit or " per " in unit else self._signed(self._form(unit, raw))

    def one_shown(self, unit: Text) -> float:
        """What one of a unit, as it is shown, is in whole units: a million where money is shown in millions."""
        form = self.number_format(unit, False).partition(";")[0]
        return 1e6 if form.endswith(",,") else 1e3 if form.endswith(",") else 1.0

    def _form(self, unit: str, raw: bool) -> str:
        """Scale and decimals of an amount."""
        if unit in (f"{self.currency} thousand", f"{self.currency} to the unit"):
            return "#,##0," if unit.endswith("thousand") else "#,##0"
        if unit == self.currency and self.in_millions:
            return "#,##0.0,,"
        if self._in_thousands(unit, raw):
            return "#,##0.0,"
        return "#,##0" if unit in COUNTS or unit == self.currency else "#,##0.0"

    def _in_thousands(self, unit: str, raw: bool) -> bool:
        """Whether a unit is shown in thousands beside money in millions: foreign money, and hours of systems."""
        is_foreign = unit != self.currency and _CURRENCY.fullmatch(unit) is not None
        return self.in_millions and not raw and (is_foreign or unit in HOURS)

    def _signed(self, form: str) -> str:
        """A form for amounts: negative ones in red with their sign, nothing as a dash."""
        return f'{form};[Red]{NEGATIVE[self.speaker.code]}{form};"–"'

    def _raw(self, unit: str, value: object) -> str:
        """All digits, with the sign of the currency."""
        sign = f'"{SIGNS[unit]}"' if unit in SIGNS else ""
        number = float(value) if isinstance(value, int | float) else 0.0
        # Fixed decimals: '#,##0.###' would print a stray point behind whole numbers.
        form = "#,##0" if sign and abs(number) >= LARGE and number == int(number) else "#,##0.0#####"
        return f"{sign}{form};[Red]{NEGATIVE[self.speaker.code]}{sign}{form}"


_CURRENCY = re.compile(r"[A-Z]{3}")
