"""What a worker does: take an order, do it, send the result, until nobody is there who could give another one."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import struct
import threading
from contextlib import suppress
from typing import IO, Any

from pemdocs.model import PemdocsError

HEAD = struct.Struct("!Q")
"""Before every message its length in bytes."""

MARGIN = 30.0
"""Seconds beyond its limit after which the system itself ends a worker, should nobody else be left to do so."""


def serve() -> None:
    """Do the orders that come through the standard input; the end of it is the end of whoever gave them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal: the one who gives orders decides
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # what a library prints must not come between
    orders: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(os.fdopen(0, "rb"), orders), daemon=True).start()
    while True:
        limit, work, order = orders.get()
        _alarm(limit + MARGIN)
        send(answers, _done(work, order))
        _alarm(0)


def _done(work: Any, order: Any) -> Any:
    try:
        return work(*order)
    except PemdocsError as fault:
        return fault
    except MemoryError:
        return PemdocsError("worker-died")
    except Exception as error:  # a fault of ours in one document must not cost the others
        return PemdocsError("document-failed", reason=type(error).__name__)


def _listen(source: IO[bytes], orders: queue.SimpleQueue[Any]) -> None:
    """Take orders while the work goes on, so that the end of the other process is noticed at once."""
    while (message := receive(source)) is not None:
        orders.put(message[0])
    os.kill(os.getpid(), signal.SIGTERM)


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def send(target: IO[bytes], message: Any) -> None:
    """Write a message. Raises ``OSError`` where nobody reads."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    target.write(HEAD.pack(len(content)) + content)
    target.flush()


def receive(source: IO[bytes]) -> tuple[Any] | None:
    """The next message; ``None`` where the other side has ended."""
    with suppress(OSError, ValueError):
        head = source.read(HEAD.size)
        if len(head) == HEAD.size:
            content = source.read(HEAD.unpack(head)[0])
            if len(content) == HEAD.unpack(head)[0]:
                return (pickle.loads(content),)  # noqa: S301 (from a process that we have started ourselves)
    return None
