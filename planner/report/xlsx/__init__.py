"""One host of XlsxWriter for every workbook of the program."""
