"""Turn a file that somebody has scanned or been sent into upright A4 pages ready to be bound.

Only this package knows the formats of attachments.
"""

from pemdocs.scans.limits import HEAVIEST
from pemdocs.scans.preparing import prepare, read
from pemdocs.scans.result import Prepared, Treatment
from pemdocs.scans.sniff import format_of

__all__ = ["HEAVIEST", "Prepared", "Treatment", "format_of", "prepare", "read"]
