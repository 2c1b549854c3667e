"""Turn the templates of a kind into what is wrong with them, each with its file and line, without a case.

A layout is read as it would run: with the records, sentences and macros that it would have, but without their values.
"""

from pemdocs.page.proofreading.faults import located

__all__ = ["located"]
