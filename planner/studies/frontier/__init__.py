"""Frontiers: the values of an input at which the plan turns."""
