"""Turn any attachment into pages, or into the fault that keeps it out. Only this module chooses the way by format."""

from __future__ import annotations

from pemdocs.model import PemdocsError
from pemdocs.scans import documents, images, signatures
from pemdocs.scans.limits import HEAVIEST, hold
from pemdocs.scans.result import Prepared
from pemdocs.scans.sniff import Format, sniff

DEEPEST = 3
"""Portfolios within portfolios that are unpacked."""


def prepare(content: bytes) -> Prepared:
    """The file as upright A4 pages ready to be bound, with what was done. The same bytes give the same bytes.

    Raises ``PemdocsError`` ``attachment-encrypted``, ``attachment-damaged``, ``attachment-empty``,
    ``attachment-unknown`` or ``attachment-too-large``.
    """
    hold(len(content), HEAVIEST)
    return _prepare(content, 0)


def fault(content: bytes) -> str | None:
    """The code of the fault that ``prepare`` would raise; pictures are only decoded for it, as small as can be."""
    try:
        hold(len(content), HEAVIEST)
        form = sniff(content)
        if form is Format.PDF:
            _prepare(content, 0)
        else:
            images.decode(content, form)
    except PemdocsError as error:
        return error.code
    return None


def signed(content: bytes) -> bool:
    """Whether the file is a signed PDF, which is never merged."""
    try:
        if sniff(content) is not Format.PDF:
            return False
        with documents.opened(content) as pdf:
            return signatures.signed(pdf)
    except PemdocsError:
        return False


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
