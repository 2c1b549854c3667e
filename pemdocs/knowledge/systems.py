"""Tell which kind of system this is, for remedies that differ from one to the other."""

from __future__ import annotations

import platform

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
