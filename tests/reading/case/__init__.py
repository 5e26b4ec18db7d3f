"""Tests of how a case is read from a case file, and written as one."""
