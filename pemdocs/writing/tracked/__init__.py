"""Compare two Word files: one comes out, in which the other one is changed with tracked changes."""

from pemdocs.writing.tracked.comparing import compared

__all__ = ["compared"]
