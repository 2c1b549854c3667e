"""Turn a publication into cards for social media: pictures of two sizes, and the words to be read instead of them."""

from pemdocs.writing.cards.files import write

__all__ = ["write"]
