"""Sheets of what stands where, what it works on, and what a site has room for."""
