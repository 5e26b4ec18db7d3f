"""Inputs that nobody would write on purpose, by the thousand: the reader answers every one of them in words."""
