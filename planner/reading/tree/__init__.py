"""A text in YAML becomes a tree of values that know their line and their source; nothing in it is ever carried out."""
