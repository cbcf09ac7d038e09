"""Kinds of evidence that tie records: one file each."""
