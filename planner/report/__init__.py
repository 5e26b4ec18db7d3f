"""What a run hands to people: the workbook, the terminal, the summary file."""
