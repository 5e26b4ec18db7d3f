"""Kinds of aid: one record for each way in which a programme gives. Facts of law and bookkeeping, and no figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AidKind = Literal["grant", "tax_credit", "special_depreciation"]
"""Money that is paid out, money that is taken off the tax of a year, or a cost that may be written off earlier."""
AidForm = Literal["paid_out", "off_tax", "written_off"]
"""What of aid reaches the operator: cash, less tax, or a charge that comes earlier and puts tax off."""


@dataclass(frozen=True)
class AidRecord:
    """One kind of aid."""

    kind: AidKind
    form: AidForm
    is_public_money: bool
    """Whether it is paid, or tax forgone for good; what is written off earlier only puts tax off."""
    counts: Literal["when paid", "on delivery"]
    """When it counts against the cap of a fiscal year, and in the books: part by part, or all of it at once."""
    off_book_value: Literal["never", "if the case says so", "always"]
    """Whether it is taken off the book value of what it is given for (basis reduction); of grants the case says so."""
    charge: Literal["compression", "special_depreciation"] | None
    """Line of the profit in which it is taken off book value; none where it never is."""
    label: str
    """What it is called."""
    plural: str
    headline: str
    """What a programme gave, by its name."""
    gives: str
    """What a programme with a cap does, before the amount."""
    how: str = ""
    """The same, behind the amount."""
    own_fields: tuple[str, ...] = ()
    """Fields of a programme that mean something for this kind alone."""
    never_paid: str = ""
    """Why there is no date of payment; nothing where it is paid."""

    @property
    def is_paid_out(self) -> bool:
        """Whether it is cash, paid by date and, where the programme says so, given back."""
        return self.form == "paid_out"

    @property
    def is_off_tax(self) -> bool:
        """Whether it is taken off the tax of a year, as far as there is any, or kept for a later one."""
        return self.form == "off_tax"

    @property
    def is_written_off(self) -> bool:
        """Whether it is a part of the cost that is written off at once."""
        return self.form == "written_off"

    def lowers_book_value(self, asset_grants: str) -> bool:
        """Whether it lowers book values, by what ``finance.asset_grants`` says of grants."""
        said = self.off_book_value == "if the case says so" and asset_grants == "reduce_book_value"
        return said or self.off_book_value == "always"


_RECORDS = (
    AidRecord(
        "grant",
        form="paid_out",
        is_public_money=True,
        counts="when paid",
        off_book_value="if the case says so",
        charge="compression",
        label="grant",
        plural="grants",
        headline="grants paid by {programme}",
        gives="pays at most",
    ),
    AidRecord(
        "tax_credit",
        form="off_tax",
        is_public_money=True,
        counts="on delivery",
        off_book_value="never",
        charge=None,
        label="tax credit",
        plural="tax credits",
        headline="tax credit of {programme}, earned",
        gives="takes at most",
        how=" off tax",
        own_fields=("tax_limit", "basis_reduction", "carry_forward"),
        never_paid="a tax credit is never paid: it is earned in the fiscal year of delivery",
    ),
    AidRecord(
        "special_depreciation",
        form="written_off",
        is_public_money=False,
        counts="on delivery",
        off_book_value="always",
        charge="special_depreciation",
        label="special depreciation",
        plural="special depreciation",
        headline="special depreciation of {programme}",
        gives="lets at most",
        how=" be written off at once",
        never_paid="a special depreciation is never paid: it counts in the period of delivery",
    ),
)
AIDS: dict[AidKind, AidRecord] = {record.kind: record for record in _RECORDS}
"""Every kind with its record."""
