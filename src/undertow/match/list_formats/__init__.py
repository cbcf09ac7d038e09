"""Formats of hash lists, one file each; see `undertow.match.contract`."""
