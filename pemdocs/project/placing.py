"""Put a file into its place whole or not at all, and say in a fault why it cannot be. Only this module writes files."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pemdocs.model import PemdocsError

PASSING = re.compile(r"\..+\.[0-9a-f]{16}\.part")
"""What a file is called before it is whole."""

NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
"""A file of nobody else's: it must not be there, and no link leads to another place."""

IN_USE = frozenset({32, 33})
"""What Windows says of a file that another program has open (``ERROR_SHARING_VIOLATION``, ``ERROR_LOCK_VIOLATION``)."""

CAUSES: Mapping[int, str] = {
    errno.ENOSPC: "unwritten-no-space",
    errno.EDQUOT: "unwritten-no-space",
    errno.EROFS: "unwritten-read-only",
    errno.EACCES: "unwritten-not-allowed",
    errno.EPERM: "unwritten-not-allowed",
    errno.EISDIR: "unwritten-in-the-way",
    errno.ENOTDIR: "unwritten-in-the-way",
    errno.EEXIST: "unwritten-in-the-way",
    errno.ENOTEMPTY: "unwritten-in-the-way",
    errno.ELOOP: "unwritten-in-the-way",
    errno.ENAMETOOLONG: "unwritten-name-too-long",
    errno.ETXTBSY: "unwritten-in-use",
    errno.EBUSY: "unwritten-in-use",
}
"""Why a file cannot be written, by what the system says."""


def put(target: Path, content: bytes, before: Callable[[], None] = lambda: None, *, mode: int = 0o666) -> None:
    """Write a file beside its place, on the disk itself, then move it there; ``before`` runs just before the move.

    The name in between is nobody else's, so that two programs never write into one file. Whatever stops this leaves
    the old file as it was. Raises ``OSError``.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _passing(target, content, mode) as passing:
        before()
        os.replace(passing, target)
    sync(target.parent)


@contextmanager
def _passing(target: Path, content: bytes, mode: int) -> Iterator[Path]:
    passing = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    file = os.open(passing, NEW, mode)
    try:
        with open(file, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield passing
    finally:
        with suppress(OSError):
            passing.unlink()


def sync(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def sweep(folder: Path) -> None:
    """Remove what a run that was killed has left half written."""
    for path in list(folder.rglob(".*.part")):
        if PASSING.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def unwritten(error: OSError, file: str) -> PemdocsError:
    """The fault of a file that could not be written, with its true cause.

    One of ``CAUSES``, or else ``not-written`` with the reason that the system gives.
    """
    if getattr(error, "winerror", None) in IN_USE:
        return PemdocsError("unwritten-in-use", file=file)
    if error.errno and error.errno in CAUSES:
        return PemdocsError(CAUSES[error.errno], file=file)
    return PemdocsError("not-written", file=file, reason=error.strerror or "")
