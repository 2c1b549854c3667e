"""Let processes of our own do the work. Only this module starts programs: the same Python, for ``serving``.

A worker knows nothing of the program that has called us, so a script of two lines, a notebook and Windows are alike.
It ends with the process that has started it, however that ends. One that dies is replaced, one that takes too long is
ended and replaced; what it was at is said to have failed.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from pemdocs.model import PemdocsError
from pemdocs.writing.crew import serving
from pemdocs.writing.crew.limit import late

S = TypeVar("S")

WARMING = 60.0
"""Seconds more for the first order of a worker, which imports the libraries."""

LIFE = 250
"""After so many orders a worker is replaced by a new one: libraries keep what they have once seen."""

START = "import sys; sys.path[:] = {path!r}; from pemdocs.writing.crew.serving import serve; serve()"
APART = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows: Ctrl-C is for whoever has started us alone, and no window opens."""


class Processes:
    """So many processes that take work as an ``Executor`` does. They start when they are needed."""

    def __init__(self, count: int, limit: float) -> None:
        self._limit = limit
        self._threads = ThreadPoolExecutor(count, "pemdocs")
        self._own = threading.local()
        self._turn = threading.Lock()
        self._running: set[_Worker] = set()
        self._ended = False

    def submit(self, work: Callable[..., S], /, *order: Any) -> Future[S]:
        """Take an order: a thread gives it to its process and waits."""
        return self._threads.submit(self._do, work, order)

    def end(self) -> None:
        """End every process, be it at work or not, and wait until they are gone."""
        with self._turn:
            self._ended = True
            running = list(self._running)
        for worker in running:
            worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _do(self, work: Callable[..., S], order: tuple[Any, ...]) -> S:
        worker = getattr(self._own, "worker", None)
        if worker is None or worker.spent:
            worker = self._own.worker = self._replaced(worker)
        result: S = worker.do(work, order, self._limit)
        return result

    def _replaced(self, old: _Worker | None) -> _Worker:
        if old is not None:
            old.end()
        with self._turn:
            if self._ended:
                raise PemdocsError("worker-died")
            new = _Worker()
            self._running -= {old}
            self._running.add(new)
        return new


class _Worker:
    """One process. ``spent``: it is to be replaced."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (the same Python, with words of our own)
            [sys.executable, "-c", START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=APART,
        )
        self._done = 0
        self._late = False
        self.spent = False

    def do(self, work: Callable[..., S], order: tuple[Any, ...], limit: float) -> S:
        """The result of an order. Raises ``PemdocsError``: ``took-too-long``, ``worker-died``."""
        allowed = limit + (0.0 if self._done else WARMING)
        watch = threading.Timer(allowed, self._strike)
        watch.daemon = True
        watch.start()
        self._done += 1
        try:
            serving.send(self._process.stdin, (allowed, work, order))  # type: ignore[arg-type]
            answer = serving.receive(self._process.stdout)  # type: ignore[arg-type]
        except OSError:
            answer = None
        finally:
            watch.cancel()
        self.spent = answer is None or self._done >= LIFE
        if answer is None:
            raise late(limit) if self._late else PemdocsError("worker-died")
        result: S = answer[0]
        return result

    def _strike(self) -> None:
        self._late = True
        self._process.kill()

    def end(self) -> None:
        """End the process and wait until it is gone."""
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
