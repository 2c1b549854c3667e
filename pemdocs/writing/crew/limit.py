"""End what takes longer than it may, where it runs. Only this module interrupts a thread."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pemdocs.model import PemdocsError

LATE = "took-too-long"
"""The code of what takes longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise ``PemdocsError`` ``took-too-long`` in what runs here, once so many seconds are over.

    It ends what is written in Python, such as a template without an end. A library that never comes back is ended with
    its process alone, by the crew.
    """
    thread, watch = threading.get_ident(), _Watch()
    timer = threading.Timer(seconds, watch.strike, (thread,))
    timer.daemon = True
    timer.start()
    try:
        try:
            yield
        finally:
            watch.end()
            timer.cancel()  # a strike that came just before arrives in this call at the latest
    except KeyboardInterrupt:
        if watch.struck:
            raise late(seconds) from None
        raise


def late(seconds: float) -> PemdocsError:
    """The fault of a document that takes longer than it may."""
    return PemdocsError("took-too-long", seconds=round(seconds) or 1)


class _Watch:
    """Whether the time is over. What comes after the end must not be struck, so both take their turn."""

    def __init__(self) -> None:
        self.struck = False
        self._over = False
        self._turn = threading.Lock()

    def strike(self, thread: int) -> None:
        with self._turn:
            if not self._over:
                self.struck = True
                # No ``except Exception`` on the way keeps this one, as none keeps Ctrl-C.
                what = ctypes.py_object(KeyboardInterrupt)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)

    def end(self) -> None:
        """Let no strike come any more. One that has come is not called back: Python 3.11 would then look for it for
        ever, and go round in circles under a tracer."""
        with self._turn:
            self._over = True
