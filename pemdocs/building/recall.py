"""Tell in a moment that nothing has changed since the last build: then what became of it is known without reading.

Only this module reads and writes ``last.json``. It imports nothing that reads workbooks or lays out pages.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pemdocs.building import plain, private
from pemdocs.building.order import Order
from pemdocs.building.outcome import CURRENT, FAILED, MADE, Built, Outcome
from pemdocs.building.parts import everything
from pemdocs.consent import consents
from pemdocs.project import beside, journal, pseudonyms, signed
from pemdocs.project import manifest as manifests
from pemdocs.project.settings import Project

if TYPE_CHECKING:
    from pemdocs.checking.examination import Report

FILE = "last.json"
SCHEMA_VERSION = 1
ATTACHMENTS = "attachments"


def mark(order: Order) -> str:
    """The wishes and all that the documents are made from, as one hash, but for the files that sheets name.

    Empty where that cannot be read.
    """
    project = order.project
    asked = (order.kinds, order.cases, order.languages, order.formats, order.as_of, order.pack_size, project.languages)
    try:
        content = hashlib.sha256(project.workbook.read_bytes()).hexdigest()
        told = [*map(str, asked), consents.clock().isoformat(), everything(project.programme), content]
        told += [signed.mark(project.folder), str(pseudonyms.read(project.folder)), *_attached(project.folder)]
    except OSError:
        return ""
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def built(order: Order, now: str, examined: Callable[[], Report]) -> Built | None:
    """What the last build gave, where everything is as it was then; ``None`` where anything is not."""
    try:
        last = json.loads(private.read(order.folder, FILE))
        if last["schema_version"] != SCHEMA_VERSION or last["mark"] != now or _unlike(order, last):
            return None
        outcomes = tuple(Outcome(path, state) for path, state in last["outcomes"])
        findings, skipped = map(plain.finding, last["findings"]), map(plain.skipped, last["skipped"])
        programme = order.project.programme
        return Built(tuple(findings), outcomes, tuple(skipped), order.folder, programme, examined)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _unlike(order: Order, last: dict[str, Any]) -> bool:
    """Whether a file that was made or named is another one now, or a run was broken off."""
    if (order.folder / journal.FILE).exists():
        return True
    made = any(_look(order.folder / path) != look for path, look in last["files"].items())
    return made or any(_named(order.project, name) != look for name, look in last["beside"].items())


def keep(order: Order, now: str, done: Built, beside: Iterable[str]) -> None:
    """Keep what a build gave, unless something failed; ``beside`` are the files that sheets name."""
    if not now or any(each.state == FAILED for each in done.outcomes):
        return
    paths = [manifests.FILE, *(each.path for each in done.outcomes)]
    try:
        told = {
            "schema_version": SCHEMA_VERSION,
            "mark": now,
            "files": {path: _look(order.folder / path) for path in paths},
            "beside": {name: _named(order.project, name) for name in sorted(beside)},
            "outcomes": [[each.path, CURRENT if each.state == MADE else each.state] for each in done.outcomes],
            "skipped": [plain.of_skipped(each) for each in done.skipped],
            "findings": [plain.of_finding(each) for each in done.findings],
        }
    except TypeError:  # a fact of a sort that nobody foresaw: then the next build looks at everything
        return
    private.write(order.folder, FILE, json.dumps(told, separators=(",", ":")).encode())


def _look(path: Path) -> list[int]:
    """A file by its size and the moments of its last changes; nothing where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _named(project: Project, name: str) -> list[Any]:
    found = beside.find(project.workbook.parent, name)
    return [] if found is None else [str(found), *_look(found)]


def _attached(folder: Path) -> Iterator[str]:
    """Every file in the folder of attachments, with its look."""
    for root in sorted(each for each in folder.iterdir() if each.name.casefold() == ATTACHMENTS and each.is_dir()):
        for where, inner, names in os.walk(root):
            inner.sort()
            yield where
            yield from (f"{name} {_look(Path(where, name))}" for name in sorted(names))
