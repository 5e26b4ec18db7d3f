"""Benchmarks: measured by hand, never in the test suite."""
