"""Finished plans from elsewhere, worked out again: what of them holds, what was only read, and with time, the bound."""

from planner.verification.finished.summary import verify_summary
from planner.verification.finished.verdict import Verdict
from planner.verification.finished.workbook import opened, verify_book, verify_workbook

__all__ = ["Verdict", "opened", "verify_book", "verify_summary", "verify_workbook"]
