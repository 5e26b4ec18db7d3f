"""Tests of the vocabulary: each record, seen in every room that reads it."""
