"""The unit that is probably meant by a word that is none: misspelt, of another size, or of another kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from planner.case.quantities.money import amount_text
from planner.case.words import nearest

_OTHER_NAMES: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("kilowatt", "kilowatts", "kva"), ("kW", 1.0)),
    **dict.fromkeys(("megawatt", "megawatts", "mva"), ("MW", 1.0)),
    **dict.fromkeys(("gigawatt", "gigawatts", "gva"), ("GW", 1.0)),
    **dict.fromkeys(("watt", "watts", "va"), ("W", 1.0)),
    **dict.fromkeys(("gb/s", "gbit/s", "gbits/s", "gbit", "gbe"), ("Gbps", 1.0)),
    **dict.fromkeys(("tb/s", "tbit/s", "tbits/s", "tbit"), ("Tbps", 1.0)),
    **dict.fromkeys(("mbps", "mb/s", "mbit/s"), ("Gbps", 1e-3)),
    "mwh": ("kWh", 1e-3),
    "wh": ("kWh", 1e3),
    "kw": ("kW-month", 1.0),
    "mw-month": ("kW-month", 1e-3),
    **dict.fromkeys(("gpu", "gpu-h", "gpuh", "gpu-hour", "gpu-hours", "h", "hour", "hours"), ("accelerator-hour", 1.0)),
    "eflops-hour": ("PFLOPS-hour", 1e-3),
}
"""How else units are called, each with the unit that is read and how many of it one is (per which, one divided by)."""


def unit_meant(word: str, units: Collection[str]) -> tuple[str, float] | None:
    """The unit among some that a word means, and how many of it one of the word is; None where nobody can tell.

    >>> unit_meant("MWh", ("W", "kW", "MW")), unit_meant("Mbit/s", ("Gbps", "Tbps")), unit_meant("HP", ("W", "kW"))
    (('MW', 1.0), ('Gbps', 0.001), None)
    """
    plain = unicodedata.normalize("NFKC", word).strip().rstrip(".").lower()
    other = _OTHER_NAMES.get(plain)
    if other is not None and other[0] in units:
        return other
    near = nearest(plain, units)
    return (near, 1.0) if near else None


def in_unit(number: float, meant: tuple[str, float]) -> str:
    """A number of the unit that was written as one of the unit that is meant.

    >>> in_unit(400, ("Gbps", 0.001))
    '0.4 Gbps'
    """
    return f"{amount_text(float(f'{number * meant[1]:.12g}'))} {meant[0]}"


def is_energy(word: str) -> bool:
    """Whether a word is a unit of energy, which is often written where power is asked for.

    >>> is_energy("MWh"), is_energy("MW")
    (True, False)
    """
    return word.strip().lower() in ("wh", "kwh", "mwh", "gwh", "twh")
