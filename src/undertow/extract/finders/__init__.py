"""Finders of values in text: one file each."""
