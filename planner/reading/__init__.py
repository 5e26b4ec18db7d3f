"""Files become a Case: every fault is collected with its line, and all are raised at once."""
