"""Pages of the documentation, whose commands and files tests run and read as they stand."""

from __future__ import annotations

import re

from tests.places import ROOT


def page(name: str) -> str:
    """The text of a page of ``docs``."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    """What stands between the fences of one kind on a page, such as sh or yaml, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page(name), re.DOTALL | re.MULTILINE)
