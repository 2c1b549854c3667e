"""Let one run at a time write into an output folder, and tell who does. Only this module knows ``manifest.lock``.

The lock is the system's own, on a file: it ends with the process that holds it, however that ends. A network folder
that knows no such locks is held by the file itself, until its process is gone or it has not been touched for an hour.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pemdocs.model import PemdocsError
from pemdocs.project import placing

FILE = "manifest.lock"
OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
FAR = 1 << 30
"""The byte that Windows locks lies behind the text, so that others can read who holds the folder."""

STALE = 3600.0
"""After so many seconds without a touch a lock is taken for left behind, where the system keeps none."""

TRIES = 20
"""A lock file that its holder removes in the moment in which it is opened is opened anew, so often at the most."""

HELD, FREE, NO_LOCKS = "held", "free", "no-locks"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder, which is made where it is not there. Raises ``PemdocsError``: ``out-held`` where another run does.

    The faults of ``placing.unwritten`` say why a folder cannot be written into.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _taken(folder)
    except OSError as error:
        raise placing.unwritten(error, folder.name) from error
    try:
        yield
    finally:
        _release(folder / FILE, file)


def _taken(folder: Path) -> int:
    path = folder / FILE
    for _ in range(TRIES):
        file = os.open(path, OPEN, 0o666)
        state = _lock(file)
        if state == FREE and not _same(file, path):
            os.close(file)
            continue
        if state == HELD or (state == NO_LOCKS and _alive(path)):
            os.close(file)
            break
        _sign(file)
        return file
    holder = _holder(path)
    raise PemdocsError("out-held", folder=folder.name, **holder)


def _lock(file: int) -> str:
    """Lock a file as the system does; whether another process has it, or no system does so here."""
    try:
        if os.name == "nt":
            import msvcrt  # on Windows only

            os.lseek(file, FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # everywhere else

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return HELD
    except OSError:
        return NO_LOCKS
    return FREE


def _same(file: int, path: Path) -> bool:
    """Whether the file is still the one of this name: its last holder may have removed it."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False


def _sign(file: int) -> None:
    """Write who holds the folder, and since when."""
    since = datetime.now(UTC).astimezone().isoformat(timespec="minutes")
    told = {"who": _who(), "computer": platform.node(), "process": os.getpid(), "since": since}
    with suppress(OSError):  # a full disk keeps nobody from holding it
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, json.dumps(told).encode())


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a process of a user without a name
        return ""


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _holder(path: Path) -> dict[str, object]:
    told = _read(path)
    try:
        since = datetime.fromisoformat(str(told.get("since", "")))
    except ValueError:
        return {"who": str(told.get("who", "")), "computer": str(told.get("computer", "")), "day": "", "time": ""}
    return {
        "who": str(told.get("who", "")),
        "computer": str(told.get("computer", "")),
        "day": since.date(),
        "time": since.time(),
    }


def _alive(path: Path) -> bool:
    """Whether the process that signed a lock may still be there, for systems that keep no locks themselves."""
    told = _read(path)
    if not told or not isinstance(told.get("process"), int) or told["process"] == os.getpid():
        return False
    if told.get("computer") == platform.node() and os.name != "nt":
        try:
            os.kill(told["process"], 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True
    return time.time() - path.stat().st_mtime < STALE


def touch(folder: Path) -> None:
    """Say that the run is still there, for those who cannot see its lock."""
    with suppress(OSError):
        os.utime(folder / FILE)


def _release(path: Path, file: int) -> None:
    if os.name != "nt":  # removed while it is held, so that nobody else's goes
        with suppress(OSError):
            path.unlink()
    with suppress(OSError):
        os.close(file)
    if os.name == "nt":  # an open file cannot be removed there, be it another's
        with suppress(OSError):
            path.unlink()
