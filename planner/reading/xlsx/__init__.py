"""A workbook as a file: its parts, its sheets and what their cells hold, bounded in time and memory."""
