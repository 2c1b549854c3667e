"""Turn any attachment into pages, or into the fault that keeps it out. Only this module chooses the way by format."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISREG

from pemdocs.model import PemdocsError
from pemdocs.scans import documents, images
from pemdocs.scans.limits import hold
from pemdocs.scans.result import Prepared
from pemdocs.scans.sniff import Format, sniff

DEEPEST = 3
"""Portfolios within portfolios that are unpacked."""


def prepare(content: bytes) -> Prepared:
    """The file as upright A4 pages ready to be bound, with what was done. The same bytes give the same bytes.

    Raises ``PemdocsError`` ``attachment-encrypted``, ``attachment-damaged``, ``attachment-empty``,
    ``attachment-unknown`` or ``attachment-too-large``.
    """
    hold(len(content), "file")
    return _prepare(content, 0)


def read(path: Path) -> bytes:
    """The bytes of an attachment, which is never opened where it is no file or too large.

    Raises ``PemdocsError`` ``attachment-locked``, ``attachment-unknown`` or ``attachment-too-large``.
    """
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode):  # a device or a pipe, which may never end
            raise PemdocsError("attachment-unknown")
        hold(state.st_size, "file")
        return path.read_bytes()
    except OSError as error:
        raise PemdocsError("attachment-locked") from error


def _prepare(content: bytes, depth: int) -> Prepared:
    form = sniff(content)
    if form is not Format.PDF:
        return images.prepare(content, form)
    return documents.prepare(content, lambda inner: _inner(inner, depth + 1))


def _inner(content: bytes, depth: int) -> Prepared | None:
    """A file of a portfolio; ``None`` where it cannot be bound."""
    try:
        return _prepare(content, depth) if depth <= DEEPEST else None
    except PemdocsError:
        return None
