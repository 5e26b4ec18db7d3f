"""The input workbook of ``plan template``: laid out from the nouns of the case, for people who fill in figures."""
