"""The tree of a case file becomes a Case, and a Case a text again."""
