"""The workbook for finance: live formulas over inputs and decisions, each with its value stored beside it."""
