"""Turn a Word template into everything that is wrong with it, in one run: a fault in one tag hides none of the others.

``examine`` finds the flaws, ``annotate`` writes them into a copy as Word's comments, ``fix`` mends what has one answer.
"""

from pemdocs.writing.own.lint.examining import Examined, examine, refused
from pemdocs.writing.own.lint.writing import annotate, fix

__all__ = ["Examined", "annotate", "examine", "fix", "refused"]
