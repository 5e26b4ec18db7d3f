"""The solver, by itself: what it is told, and what it is believed."""
