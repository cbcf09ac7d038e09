"""Limits of the link stage, each with its source."""
