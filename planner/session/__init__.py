"""One ``plan BUDGET`` from its start to its end, whatever happens on the way."""
