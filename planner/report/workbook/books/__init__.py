"""Sheets of the accounts: fixed assets, profit and tax, the balance sheet."""
