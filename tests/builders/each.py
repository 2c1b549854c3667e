"""What holds for each of many things is one test, which names every thing that it does not hold for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def for_each(things: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Turn a check of one thing, or of a tuple's parts, into a test of all of them."""
    everything = tuple(things)

    def decorate(check: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            failed = []
            for thing in everything:
                try:
                    check(*(thing if isinstance(thing, tuple) else (thing,)))
                except AssertionError as error:
                    failed.append(f"{thing}: {error}")
            assert everything
            assert not failed, "\n".join(failed)

        test.__name__ = test.__qualname__ = check.__name__
        return test

    return decorate
