"""What a pool comes to: a workbook and a summary for the officer, and a table for the screen."""
