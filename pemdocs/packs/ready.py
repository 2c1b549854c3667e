"""Turn the files of a dossier into pages that can be bound, each with what was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pemdocs import scans
from pemdocs.model import PemdocsError
from pemdocs.packs import binding
from pemdocs.packs.gather import Source

Treatments = tuple[tuple[str, Mapping[str, object]], ...]
"""What was done to a file, in order: codes with their facts."""

UNREAD = "attachment-damaged"
"""The treatment of a file that cannot be read."""

LOCKED = "attachment-locked"
"""The treatment of one that another program holds."""

MADE = "made"
"""The treatment of a paper that the program made itself."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that can be bound: its pages as a PDF, or the ``original`` that is attached untouched, or neither."""

    source: Source
    content: bytes
    pages: int
    format: str
    treatments: Treatments
    original: bytes | None = None
    archival: bool = True


def ready(source: Source) -> Ready:
    """A paper as it is; a scan as it can be bound, or with the fault that keeps it out."""
    try:
        content = scans.read(source.path)
    except PemdocsError as fault:
        return Ready(source, b"", 0, "", ((fault.code, {}),))
    if not source.sha256:  # it could not be read a moment ago: nothing is bound whose digest is not told
        return Ready(source, b"", 0, "", ((LOCKED, {}),))
    if not source.scanned:
        return Ready(source, content, binding.pages(content), "PDF", ((MADE, {}),))
    kind = scans.format_of(content)
    try:
        found = scans.prepare(content)
    except PemdocsError as fault:
        return Ready(source, b"", 0, kind, ((fault.code, dict(fault.facts)),))
    except Exception:  # one file that nobody foresaw must not cost the dossier, and must be told
        return unread(source, kind)
    if not binding.holds_together(found.content):
        return unread(source, kind)
    done = tuple((each.code, dict(each.facts)) for each in found.treatments)
    return Ready(source, found.content, found.pages, found.format, done, found.original, found.archival)


def unread(source: Source, format: str = "") -> Ready:
    """A file that cannot be read."""
    return Ready(source, b"", 0, format, ((UNREAD, {}),))
