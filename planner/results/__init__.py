"""Results as tidy tables: one row a fact, units in the names of columns, a period by its first month."""
