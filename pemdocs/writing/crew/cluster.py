"""Let the machines of a cluster do the work. Only this module knows Dask's ``distributed``.

Work travels as data, what many documents have in common once to each worker. The scheduler gives the work of a lost
worker to another one; each result arrives once. What is not encrypted does not leave this machine.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pemdocs.model import PemdocsError
from pemdocs.writing.crew.limit import within
from pemdocs.writing.crew.sharing import Common, Crew

S = TypeVar("S")

PATIENCE = 15
"""Seconds that a scheduler may take to answer."""

LOCAL = frozenset({"localhost", "inproc"})


class Cluster:
    """A scheduler that takes work as an ``Executor`` does. ``program`` gives what tells this program from any other."""

    def __init__(self, client: Any, limit: float, program: Callable[[], str]) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._limit = limit
        self._program = program
        self._common: dict[str, Any] = {}

    def submit(self, work: Callable[..., S], /, *order: Any) -> Future[S]:
        """Take an order."""
        sent = [self._sent(each) for each in order]
        found: Future[S] = self._executor.submit(_at_worker, self._program, self._program(), self._limit, work, *sent)
        return found

    def _sent(self, part: Any) -> Any:
        """A part of an order as it travels: what is common is on every worker already."""
        if not isinstance(part, Common):
            return part
        if part.mark not in self._common:
            self._common[part.mark] = self._client.scatter(part, broadcast=True, hash=False)
        return self._common[part.mark]


def _at_worker(
    program: Callable[[], str], mark: str, limit: float, work: Callable[..., S], *order: Any
) -> S | PemdocsError:
    """What a worker does: the work, if it runs the same program, and within its limit."""
    if program() != mark:
        return PemdocsError("cluster-differs")
    try:
        with within(limit):
            return work(*order)
    except PemdocsError as fault:
        return fault


@contextmanager
def clustered(address: str, limit: float, program: Callable[[], str]) -> Iterator[Crew]:
    """A crew of the workers of a scheduler.

    Raises ``PemdocsError``: ``cluster-missing`` where Dask is not installed, ``cluster-open`` where a way would not be
    encrypted, ``cluster-silent`` where nobody answers or nobody works.
    """
    if not _closed(address):
        raise PemdocsError("cluster-open", address=address)
    try:
        from distributed import Client  # an extra that only a cluster needs
    except ImportError as error:
        raise PemdocsError("cluster-missing") from error
    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:  # not there, or without the right certificates
        raise PemdocsError("cluster-silent", address=address) from error
    with client:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise PemdocsError("cluster-silent", address=address)
        if not all(map(_closed, workers)):
            raise PemdocsError("cluster-open", address=next(each for each in workers if not _closed(each)))
        hands = sum(int(each["nthreads"]) for each in workers.values())
        yield Crew(Cluster(client, limit, program), hands, limit, few=0)


def _closed(address: str) -> bool:
    """Whether nobody else can listen: the way is encrypted, or does not leave this machine."""
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        return parts.scheme in ("tls", "inproc") or _here(parts.hostname or "")
    except ValueError:
        return False


def _here(host: str) -> bool:
    if host in LOCAL:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
