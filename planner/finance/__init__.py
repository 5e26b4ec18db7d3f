"""Formulas of finance as pure functions: formula, unit, source and a worked example each."""
