"""The workbook of an earlier run becomes its case, its changes, its decisions and the claims of its proof again."""
