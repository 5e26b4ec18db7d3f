"""What a robust plan comes to: a workbook, a summary for other programs, and one look on the screen."""
