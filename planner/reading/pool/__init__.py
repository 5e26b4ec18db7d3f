"""A pool file becomes a case for each operator, and what ties them together."""
