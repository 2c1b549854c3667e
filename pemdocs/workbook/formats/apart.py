"""Run a foreign reader in a process of its own, so that nothing it does can end, fill or stain this one.

Only this module starts it: the same Python with the same paths, without the script that called us.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from importlib import import_module

from pemdocs.model import PemdocsError
from pemdocs.workbook.formats import limits
from pemdocs.workbook.grid import Sheet

PATIENCE = 3
"""So many times the seconds of the processor may pass on a busy machine."""

FAULT = b"!"
CALL = f"from {__name__} import serve; serve(%r)"


def sheets(reader: str, content: bytes, file: str) -> tuple[Sheet, ...]:
    """What ``sheets`` of the module of this name gives, which reads bytes.

    Raises ``PemdocsError``: the reader's own, ``unreadable-damaged`` or, where it takes too long or too much,
    ``unreadable-heavy``.
    """
    paths = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(  # noqa: S603 - ourselves, and no word of the file on the command line
            [sys.executable, "-c", CALL % reader],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.SECONDS * PATIENCE,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise limits.heavy(file) from error
    if done.stdout.startswith(FAULT):
        raise PemdocsError(done.stdout[1:].decode(), **_facts(file))
    if done.returncode or not done.stdout:
        raise limits.heavy(file)
    found: tuple[Sheet, ...] = pickle.loads(done.stdout)  # noqa: S301 - our own process wrote it just now
    return found


def _facts(file: str) -> dict[str, object]:
    return {"file": file, **limits.heavy(file).facts}


def serve(reader: str) -> None:
    """The other side: read what comes in, give what was read or the code of the fault."""
    _confine()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        answer = pickle.dumps(import_module(reader).sheets(sys.stdin.buffer.read(), ""))
    except PemdocsError as fault:
        answer = FAULT + fault.code.encode()
    except MemoryError:
        answer = FAULT + b"unreadable-heavy"
    except Exception:  # whatever a library raises at a file that is broken
        answer = FAULT + b"unreadable-damaged"
    with out:
        out.write(answer)


def _confine() -> None:
    """Set bounds to time and memory where the system can; elsewhere the parent looks at the clock."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
