"""Answers in the words of the case file."""
