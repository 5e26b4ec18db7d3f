"""Where the tests find the repository, its inputs, and the cases that belong to the tests alone."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
INPUTS = ROOT / "inputs"
"""Cases that users get."""
CASES = TESTS / "cases"
"""Small cases of the tests."""
FAULTS = CASES / "faults"
"""Inputs that once went wrong."""
TINY = CASES / "tiny.yaml"
"""The smallest case that has everything."""
PROGRAMMES = CASES / "programmes.yaml"
"""A case with programmes of every kind."""
REFERENCE = INPUTS / "sakura-2024.yaml"
"""The reference case."""
