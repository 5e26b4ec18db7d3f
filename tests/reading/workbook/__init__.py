"""Tests of how a template and a finished workbook are read."""
