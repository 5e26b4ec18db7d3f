"""A Case becomes readable YAML again: what ``read_case`` makes of the text is the same case with the same sources."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from planner.case.case import Case
from planner.case.quantities import LARGEST_EXACT_INTEGER
from planner.outcome import Provenance
from planner.reading.case.fields import runs_over_months
from planner.reading.case.per_period import said
from planner.reading.tree.nodes import Path, path_text
from planner.reading.tree.scalars import resolve

NO_SOURCE = "no source stated"
"""Stands behind a figure that would otherwise borrow the source of the group around it."""
_HEAD = (
    "# A case file. The comment behind a figure is its source; the systems are written out, so it needs no catalogue."
)
_PLAIN_KEY = re.compile(r"[^\W_][\w.-]*")
_PLAIN_TEXT = re.compile(r"(-(?=\d))?[^\W_]([\w .%/+()-]*[\w.%)])?")
"""Texts that need no quotes; everything else gets them, whether YAML would ask for them or not."""
_INDENT = "  "


def case_text(case: Case, provenance: Mapping[str, Provenance]) -> str:
    """The case as a case file, sections in the order of ``Case``.

    A field left to its default is left out, unless the file that was read wrote it. Sources stand as comments, except
    where a figure has the source of its group. A scenario that changes a system which only a catalogue describes cannot
    stand in a file without one; a comment says so in its place.
    """
    scenarios, left_out = _scenarios_that_stand(case)
    whole = case.model_copy(update={"catalogue": "", "scenarios": scenarios})
    full = said(case, whole.model_dump(mode="json", by_alias=True))
    needed = whole.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    lines = _Lines({path: origin.source for path, origin in provenance.items()}).of(full, needed)
    remarks = [f"# Left out: scenario {name}, which changes a system that is not in this case." for name in left_out]
    return "\n".join([_HEAD, *remarks, *lines]) + "\n"


def _scenarios_that_stand(case: Case) -> tuple[dict[str, Any], list[str]]:
    """The scenarios whose paths lead somewhere without a catalogue, and the names of the others."""
    left_out = [
        name
        for name, scenario in case.scenarios.items()
        if any(target.startswith("systems.") and not _leads_to_a_system(target, case) for target in scenario.set)
    ]
    return {name: scenario for name, scenario in case.scenarios.items() if name not in left_out}, left_out


def _leads_to_a_system(target: str, case: Case) -> bool:
    return any(f"{target}.".startswith(f"systems.{name}.") for name in case.systems)


class _Lines:
    """Writes groups line by line, and keeps track of the source that the reader would give to each figure."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.sources = sources
        self.lines: list[str] = []

    def of(self, full: dict[str, Any], needed: dict[str, Any]) -> list[str]:
        """The lines of the whole case, with an empty line in front of every section."""
        for key, value in full.items():
            if self._is_kept((key,), key, needed):
                if isinstance(value, dict):
                    self.lines.append("")
                self._entry((key,), value, needed.get(key), "", "")
        return self.lines

    def _is_kept(self, path: Path, key: str, needed: Mapping[str, Any]) -> bool:
        return key in needed or path == ("catalogue",) or path_text(path) in self.sources

    def _entry(self, path: Path, value: Any, needed: Any, inherited: str, indent: str) -> None:  # noqa: ANN401
        """One field or name with everything below it."""
        head = f"{indent}{_key(path[-1])}:"
        if isinstance(value, dict) and value:
            start = len(self.lines)
            self.lines.append(head + (self._comment(path, inherited) if runs_over_months(value) else ""))
            self._group(path, value, needed, inherited, indent + _INDENT)
            if len(self.lines) == start + 1:  # written without anything in it, all of it left to the defaults
                self.lines[start] = f"{head} {{}}"
        elif isinstance(value, list) and value and all(isinstance(item, dict) and item for item in value):
            self.lines.append(head + self._comment(path, inherited))
            self._list(path, value, needed, inherited, indent + _INDENT)
        else:
            self.lines.append(f"{head} {_flow(value)}{self._comment(path, inherited)}")

    def _group(self, path: Path, group: dict[str, Any], needed: Any, inherited: str, indent: str) -> None:  # noqa: ANN401
        needed = needed if isinstance(needed, dict) else {}
        kept = {key: value for key, value in group.items() if self._is_kept((*path, key), key, needed)}
        own = kept.get("source")
        if isinstance(own, str) and own:
            inherited = own
        elif runs_over_months(kept):
            inherited = self.sources.get(path_text(path), inherited)
        for key, value in kept.items():
            beside = kept.get(f"{key}_source")
            self._entry((*path, key), value, needed.get(key), inherited if beside is None else str(beside), indent)

    def _list(self, path: Path, items: list[Any], needed: Any, inherited: str, indent: str) -> None:  # noqa: ANN401
        for number, item in enumerate(items):
            start = len(self.lines)
            of_item = needed[number] if isinstance(needed, list) else {}
            self._group((*path, str(number)), item, of_item, inherited, indent + _INDENT)
            self.lines[start] = f"{indent}- {self.lines[start].lstrip()}"

    def _comment(self, path: Path, inherited: str) -> str:
        """The source behind a value, where it is not the one that the value has anyway."""
        source = self.sources.get(path_text(path), inherited)
        if source == inherited or path[0] in ("scenarios", "catalogue"):
            return ""
        shown = "".join(character if character.isprintable() else " " for character in source).strip()
        return f"  # {shown or NO_SOURCE}"


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else _quoted(key)


def _flow(value: Any) -> str:  # noqa: ANN401
    """A value on one line."""
    if isinstance(value, list):
        return f"[{', '.join(_flow(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(key)}: {_flow(item)}' for key, item in value.items())}}}"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(value)
    return value if _PLAIN_TEXT.fullmatch(value) and resolve(value) == value else _quoted(value)


def _number(value: float) -> str:
    """A number that reads back as exactly the same one."""
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    return str(int(value)) if value == int(value) and abs(value) < LARGEST_EXACT_INTEGER else repr(value)


def _quoted(text: str) -> str:
    """A text in double quotes, with escapes for all that an editor would not show."""
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
