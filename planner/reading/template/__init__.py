"""A filled template becomes a case."""
