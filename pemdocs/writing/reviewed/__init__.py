"""Turn Word files that reviewers send back into what they say, paragraph by paragraph."""

from pemdocs.writing.reviewed.reading import Paragraph, Remark, Reply, paragraphs

__all__ = ["Paragraph", "Remark", "Reply", "paragraphs"]
