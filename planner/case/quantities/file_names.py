"""Names that become those of files and folders, on any system."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from planner.case.quantities.base import refuse
from planner.case.quantities.names import parse_name

_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *([.:].*)?", re.IGNORECASE | re.DOTALL)
"""Windows takes these for devices: in any case, whatever stands behind a dot, with spaces before it or at the end.

Source: Microsoft, "Naming Files, Paths, and Namespaces"; COM0 and LPT0 are refused with the others.
"""
ALLOWED = "a name that is none of CON, PRN, AUX, NUL, COM0 to COM9 and LPT0 to LPT9, with or without an ending"
REMEDY = "choose another name, such as one with a word before it"


def is_device(name: str) -> bool:
    """Whether Windows takes a name for that of a device, so that no file and no folder can have it there.

    >>> [is_device(name) for name in ("con", "NUL.txt", "COM¹", "Aux .", "console", "con-1")]
    [True, True, True, True, False, False]
    """
    return _DEVICES.fullmatch(name) is not None


def parse_file_name(value: object) -> str:
    """A name that is that of a folder as well."""
    name = parse_name(value)
    if is_device(name):
        raise refuse(f"'{name}' is the name of a device on Windows, where no folder can have it", ALLOWED, REMEDY)
    if name.endswith("."):
        found = f"'{name}' ends in a dot, which Windows leaves out of the name of a folder"
        raise refuse(found, "a name that ends in a letter, a digit, a hyphen or an underscore", "leave the dot out")
    return name


FileName = Annotated[str, BeforeValidator(parse_file_name)]
