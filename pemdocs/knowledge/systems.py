"""Tell which kind of system this is, for remedies that differ from one to the other; let its collector rest."""

from __future__ import annotations

import gc
import platform
from collections.abc import Iterator
from contextlib import contextmanager

DEBIAN, FEDORA, LINUX, MACOS, WINDOWS = SYSTEMS = "debian", "fedora", "linux", "macos", "windows"
"""Linux stands for all that are neither of the family of Debian nor of that of Fedora."""


def here() -> str:
    """One of ``SYSTEMS``."""
    match platform.system():
        case "Windows":
            return WINDOWS
        case "Darwin":
            return MACOS
    return next((name for name in _families() if name in (DEBIAN, FEDORA)), LINUX)


def _families() -> tuple[str, ...]:
    """The distribution and those that it descends from, by ``/etc/os-release``."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ()
    return (release.get("ID", ""), *release.get("ID_LIKE", "").split())


@contextmanager
def resting() -> Iterator[None]:
    """Pause the garbage collector: what makes a million objects that all live until its end gives it nothing to do."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def settled() -> Iterator[None]:
    """Let the garbage collector pass over what is there already: a million records need no look each time it comes."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
