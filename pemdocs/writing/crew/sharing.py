"""Turn orders into results, several at a time and in whatever order they are done. Anything that takes work will do."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Protocol, TypeVar

from pemdocs.model import PemdocsError
from pemdocs.writing.crew.limit import within

S = TypeVar("S")

FEW = 4
"""So few orders are done here, where nobody asks otherwise: starting another process costs as much."""

LIMIT = 120.0
"""Seconds that one order may take, where nothing else is said."""

BLINK = 0.5
"""Seconds after which a wait looks up: Windows lets nobody interrupt a long one."""

GRACE = 60.0
"""Seconds beyond its limit after which nobody waits for an order any more."""

AHEAD = 2
"""Orders that wait at each worker, so that none is idle; more would only fill the memory."""

Order = tuple[Any, ...]
"""What a work is called with."""


@dataclass(frozen=True, slots=True)
class Common:
    """What many orders have in common, such as a style: it travels once to each worker. ``mark`` tells two apart."""

    mark: str
    value: Any


class Executor(Protocol):
    """Whoever takes work, as every ``concurrent.futures.Executor`` does."""

    def submit(self, work: Callable[..., S], /, *order: Any) -> Future[S]:
        """Take an order."""
        ...


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work: an ``executor`` of so many ``hands``; without one this process. ``limit``: seconds an order.

    ``few`` orders or fewer are done in this process.
    """

    executor: Executor | None = None
    hands: int = field(default_factory=lambda: os.cpu_count() or 1)
    limit: float = LIMIT
    few: int = FEW

    def results(self, work: Callable[..., S], orders: Iterable[Order]) -> Iterator[tuple[int, S | PemdocsError]]:
        """The number of each order and its result, or why there is none, as they are done.

        Orders are taken only as they are needed, so that many need no more memory than a few.
        """
        coming = iter(orders)
        first = list(islice(coming, self.few + 1))
        if self.executor is None or len(first) <= self.few:
            for number, order in enumerate(chain(first, coming)):
                yield number, self._here(work, order)
        else:
            yield from self._shared(self.executor, work, enumerate(chain(first, coming)))

    def many(self, work: Callable[..., S], orders: Sequence[Order]) -> list[S | PemdocsError]:
        """The same in the order of the orders."""
        return [result for _, result in sorted(self.results(work, orders), key=lambda each: each[0])]

    def _here(self, work: Callable[..., S], order: Order) -> S | PemdocsError:
        try:
            with within(self.limit):
                return work(*order)
        except PemdocsError as fault:
            return fault

    def _shared(
        self, executor: Executor, work: Callable[..., S], orders: Iterator[tuple[int, Order]]
    ) -> Iterator[tuple[int, S | PemdocsError]]:
        numbers: dict[Future[S], int] = {}
        try:
            while True:
                for number, order in islice(orders, self.hands * AHEAD - len(numbers)):
                    numbers[executor.submit(work, *order)] = number
                if not numbers:
                    return
                for future in self._done(numbers):
                    number = numbers.pop(future)
                    yield number, _result(future)
        finally:
            for future in numbers:
                future.cancel()

    def _done(self, numbers: dict[Future[S], int]) -> deque[Future[S]]:
        """Those that are done; all, where nothing has come for longer than anything may take."""
        for _ in range(round((self.limit * AHEAD + GRACE) / BLINK)):
            done, _open = wait(numbers, BLINK, FIRST_COMPLETED)
            if done:
                return deque(done)
        for future in numbers:
            future.cancel()
        return deque(numbers)


def _result(future: Future[Any]) -> Any:
    """What came of an order. Whoever does it raises no fault but ours; anything else is the end of a worker."""
    if not future.done() or future.cancelled():
        return PemdocsError("worker-silent")
    fault = future.exception()
    if isinstance(fault, PemdocsError):
        return fault
    return future.result() if fault is None else PemdocsError("worker-died")
