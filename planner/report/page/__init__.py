"""The page to look at: one HTML file, offline, drawn from the same results as workbook and plan.json."""
