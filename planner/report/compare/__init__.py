"""Studies as tables: the same ones on the screen, as Markdown, as a workbook and as JSON."""
