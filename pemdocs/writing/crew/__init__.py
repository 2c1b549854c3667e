"""Share work out among those who do it: this process, processes of our own, or the machines of a cluster."""

from pemdocs.writing.crew.cluster import clustered
from pemdocs.writing.crew.hiring import hired
from pemdocs.writing.crew.limit import LATE, within
from pemdocs.writing.crew.sharing import LIMIT, Common, Crew

__all__ = ["LATE", "LIMIT", "Common", "Crew", "clustered", "hired", "within"]
