"""Sheets that lead into the book and hold it together: inputs, decisions, summary, charts, checks, the run."""
