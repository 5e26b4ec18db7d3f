"""Holds a plan against its case: a fresh one as the audit sees it against the model, a finished one from elsewhere."""
