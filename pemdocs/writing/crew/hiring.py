"""Choose who does the work of a run, and let them go at its end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pemdocs.writing.crew import sharing
from pemdocs.writing.crew.processes import Processes
from pemdocs.writing.crew.sharing import LIMIT, Crew


@contextmanager
def hired(jobs: int | None = None, limit: float = LIMIT) -> Iterator[Crew]:
    """A crew for a while: ``jobs`` processes, by default as many as there are processors, and none for a few documents.

    However this ends, none of them is left.
    """
    hands = jobs or os.cpu_count() or 1
    if not sys.executable or (jobs is None and hands < 2):
        yield Crew(None, 1, limit)
        return
    processes = Processes(hands, limit)
    try:
        yield Crew(processes, hands, limit, few=sharing.FEW if jobs is None else 0)
    finally:
        processes.end()
