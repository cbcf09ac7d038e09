"""Indicators: one published sign a file."""
