"""Turn a laid-out ``Page`` into a Word file. Only this package knows WordprocessingML, python-docx and resvg."""

from pemdocs.writing.word.package import write

__all__ = ["write"]
