"""The nouns of the mathematics, each said once as a typed record; data only, read by every room above the case."""
