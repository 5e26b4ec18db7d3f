"""What every sheet of the workbook is made of: terms, cells, the grid, and what writes them."""
