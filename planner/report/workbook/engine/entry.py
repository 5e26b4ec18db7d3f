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
    """Whether periods stand in columns; such a sheet has a header over them, and is printed on large paper."""
    years: bool = False
    """Whether the fiscal years stand behind the periods."""
    raw: bool = False
    """Whether it shows every digit of money."""
    in_front: bool = False
    """Whether it sums up other sheets, and so is laid after them."""
