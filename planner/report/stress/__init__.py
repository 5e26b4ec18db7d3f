"""A plan in many futures, as tables, as a workbook and as a file for other programs."""
