"""What a program is: its own files, and the versions of what decides about figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.outcome import versions
from planner.studies.checkpoints import program

SHOWN = 8
"""Letters of a fingerprint that are shown."""


@dataclass(frozen=True)
class Identity:
    """One program with its libraries."""

    program: str
    """Fingerprint of its files."""
    versions: Mapping[str, str]

    def differences(self, here: Identity) -> str:
        """What it has that another one has not, with both versions; empty where they are the same.

        >>> old, new = Identity("b" * 64, {"highspy": "1.14"}), Identity("b" * 64, {"highspy": "1.15"})
        >>> old.differences(new), new.differences(new)
        ('highspy 1.14 there and 1.15 here', '')
        """
        found = [
            f"{name} {self.versions.get(name, 'none')} there and {here.versions.get(name, 'none')} here"
            for name in sorted({*self.versions, *here.versions})
            if self.versions.get(name) != here.versions.get(name)
        ]
        if self.program != here.program and not any(words.startswith("planner ") for words in found):
            version = self.versions.get("planner", "")
            there, this = self.program[:SHOWN], here.program[:SHOWN]
            found.insert(0, f"planner {version} of other files, {there} there and {this} here")
        return ", ".join(found)


def identity() -> Identity:
    """That of the program which asks."""
    return Identity(program(), versions())
