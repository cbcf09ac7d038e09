"""What a user would otherwise pick, run beside Undertow on the same posts of a made-up world, and judged alike."""

from benchmarks.peers.table import command

__all__ = ["command"]
