"""What the book knows of a sheet: all that is said of it outside its own rows, in one record."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """One sheet; its place in the book is that in the register, and its name in other languages their catalogue's."""

    name: str
    contents: str
    """What is on it, as the cover says it."""
    remark: str = ""
    """The sentence under the title of a sheet over time."""
    over_time: bool = True
    """Whether periods or months stand in columns: such a sheet has a header over them, and is printed on A3."""
    by_month: bool = False
    """Whether these are the months of the horizon, not its periods."""
    years: bool = False
    """Whether the fiscal years stand behind them."""
    raw: bool = False
    """Whether it shows every digit of money."""
    portrait: bool = False
    """Whether it is printed upright."""
    one_page: bool = False
    """Whether it stands on one page, as small as that may be."""
    in_front: bool = False
    """Whether it sums up other sheets, and so is laid after them."""
