"""Workbooks that are taken apart and put together again, as no spreadsheet program would do it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

Change = Callable[[str], str]


def rebuilt(source: Path, target: Path, changes: Mapping[str, Change], more: tuple[tuple[str, str], ...] = ()) -> Path:
    """A copy of a workbook with some parts changed, and further parts behind them."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                text = content.decode()
                content = changes[name](text).encode()
                assert content.decode() != text, f"{name} was not changed"
            new.writestr(name, content)
        for name, text in more:
            new.writestr(name, text)
    return target


def part_of(source: Path, title: str) -> str:
    """The part of a sheet, as the planner writes its workbooks: in the order of the sheets."""
    with zipfile.ZipFile(source) as archive:
        titles = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"


def put(old: str, new: str) -> Change:
    """The first of some words is replaced."""
    return lambda xml: xml.replace(old, new, 1)


def before(words: str, more: str) -> Change:
    """Something is put in front of some words."""
    return put(words, more + words)


def again(pattern: str, change: Change = lambda found: found) -> Change:
    """What a pattern finds first stands a second time behind itself, changed."""

    def edit(xml: str) -> str:
        found = re.search(pattern, xml, re.DOTALL)
        assert found is not None, pattern
        return xml[: found.end()] + change(found[0]) + xml[found.end() :]

    return edit


def changed(pattern: str, new: str) -> Change:
    """What a pattern finds first is something else."""
    return lambda xml: re.sub(pattern, new, xml, count=1, flags=re.DOTALL)
