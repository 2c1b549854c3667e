"""Turn a project into its documents, or tell at once that they are all as they would be made.

What reads workbooks and lays out pages takes a second to import: it is, only where something has changed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pemdocs.building import recall
from pemdocs.building.order import Order, folder_of
from pemdocs.building.outcome import Built, Progress
from pemdocs.model import PemdocsError
from pemdocs.project.settings import open_project
from pemdocs.writing.crew import LIMIT

if TYPE_CHECKING:
    from pemdocs.checking.examination import Report


def build(
    target: Path | str,
    *,
    kinds: Sequence[str] | str = (),
    cases: Sequence[str] | str = (),
    languages: Sequence[str] | str = (),
    formats: Sequence[str] | str = (),
    out: Path | str | None = None,
    dry_run: bool = False,
    force: bool = False,
    as_of: date | None = None,
    pack_size: float | None = None,
    password: str | None = None,
    cache: bool = True,
    progress: Progress | None = None,
    template: Path | str | None = None,
    table: str = "",
    jobs: int | None = None,
    timeout: float = LIMIT,
    cluster: str = "",
) -> Built:
    """Build the documents of a project folder or a workbook.

    ``kinds`` (or the folder that several share, ``visa-pack``), ``cases``, ``languages`` (``fr``, ``fr+en``) and
    ``formats`` (``docx``, ``pdf``, of notes and reports ``html``, ``figures``, ``cards``) choose, one alone as a plain
    text; empty means all, for languages those of the project or of the dossier, for formats Word and PDF and what was
    made before. A case with errors is left out and named, the rest goes on. A document that is current is not made
    again; one that a person has edited is not overwritten without ``force``. ``out`` is by default the project's own
    folder; documents of another day, ``as_of``, lie in a folder of it that is named after the day. ``pack_size`` is the
    largest file of a pack in megabytes (of 1 000 000 bytes): a larger one is cut into volumes; ``password`` encrypts
    the packs (AES-256). ``jobs`` processes make the documents, by default as many as there are processors; a document
    that takes more than ``timeout`` seconds is given up and named. ``cluster`` is the address of a Dask scheduler whose
    workers make the documents instead; scans and packs stay on this machine. What earlier builds have read is
    remembered in the output folder, so that only what has changed is looked at; without ``cache`` every page is laid
    out anew.
    ``template`` is a Word file that is a kind by itself: one document about each record of ``table``, which is guessed
    from its tags where it is left out.
    With ``dry_run`` nothing is written. Raises ``PemdocsError`` for misuse and for input that cannot be read.
    """
    project = open_project(Path(target))
    if pack_size is not None and not 0 < pack_size < math.inf:
        raise PemdocsError("pack-size-unfit")
    order = Order(
        project,
        folder_of(project, out, as_of),
        kinds=kinds,
        cases=cases,
        languages=languages,
        formats=formats,
        as_of=as_of,
        pack_size=pack_size,
        password=password,
        dry_run=dry_run,
        force=force,
        cache=cache,
        template=Path(template) if template else None,
        table=table,
    )
    now = recall.mark(order) if order.usual else ""
    known = recall.built(order, now, _examining(order)) if now else None
    if known is not None:
        return known
    from pemdocs.building.making import make

    done, beside = make(order, progress, jobs, timeout, cluster)
    if now and not dry_run:
        recall.keep(order, now, done, beside)
    return done


def _examining(order: Order) -> Callable[[], Report]:
    """What checks the project once it is asked for."""

    @lru_cache(maxsize=1)
    def examined() -> Report:
        from pemdocs.checking.examination import examine

        return examine(order.project, as_of=order.as_of)

    return examined
