"""Turn a pile of scans into the versions that were signed on paper: which papers, which pages, what is missing.

A page without a code is told, and belongs to nothing, whatever lies before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf

from pemdocs.facts import signatures
from pemdocs.model import PemdocsError
from pemdocs.project import lock, signed
from pemdocs.project.settings import open_project
from pemdocs.project.signed import Frozen
from pemdocs.scans import codes
from pemdocs.scans.preparing import read
from pemdocs.signing import coded, papers


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """A page of a scan: its file, its number there, and what its code says, if it has one."""

    file: Path
    number: int
    said: coded.Coded | None

    def __repr__(self) -> str:
        return f"<Sheet {self.number} of {self.file.name}>"


@dataclass(frozen=True, slots=True)
class Paper:
    """A version that was found in a pile. ``outdated``: a later one has been made since."""

    frozen: Frozen
    sheets: tuple[Sheet, ...]
    missing: tuple[int, ...]
    doubled: tuple[int, ...]
    outdated: bool


@dataclass(frozen=True, slots=True)
class Pile:
    """What was found: versions of this project, pages of others, pages without a code, files that cannot be read."""

    papers: tuple[Paper, ...]
    foreign: tuple[Sheet, ...]
    without: tuple[Sheet, ...]
    unread: tuple[tuple[Path, PemdocsError], ...]

    @property
    def clean(self) -> bool:
        """Whether every page belongs to a version that is whole and the latest."""
        strange = self.foreign or self.without or self.unread
        return bool(self.papers) and not strange and not any(each.missing or each.outdated for each in self.papers)


def scan(target: Path | str, pile: Path | str) -> Pile:
    """What lies in a file or in a folder of scans. Nothing is written.

    Raises ``PemdocsError``: ``not-found``, ``sign-extra-missing``.
    """
    versions = signed.versions(open_project(Path(target)).folder)
    sheets: list[Sheet] = []
    unread: list[tuple[Path, PemdocsError]] = []
    for file in _files(Path(pile)):
        try:
            sheets += _sheets(file)
        except PemdocsError as fault:
            if fault.code == "sign-extra-missing":
                raise
            unread.append((file, fault))
    meant = [(each, coded.version(each.said, versions) if each.said else None) for each in sheets]
    found = dict.fromkeys(frozen for _, frozen in meant if frozen is not None)
    return Pile(
        papers=tuple(_paper(each, [sheet for sheet, of in meant if of is each], versions) for each in found),
        foreign=tuple(sheet for sheet, frozen in meant if sheet.said and frozen is None),
        without=tuple(sheet for sheet, _ in meant if sheet.said is None),
        unread=tuple(unread),
    )


def _files(pile: Path) -> list[Path]:
    if not pile.exists():
        raise PemdocsError("not-found", file=pile.name)
    return [pile] if pile.is_file() else sorted(each for each in pile.rglob("*") if each.is_file() and _seen(each))


def _seen(file: Path) -> bool:
    return not file.name.startswith((".", "~"))


def _sheets(file: Path) -> list[Sheet]:
    found = codes.read(codes.as_pdf(read(file)))
    return [Sheet(file, number, coded.read(each)) for number, each in enumerate(found, start=1)]


def _paper(frozen: Frozen, sheets: Sequence[Sheet], versions: Sequence[Frozen]) -> Paper:
    ordered = sorted(sheets, key=_page)
    there = [_page(each) for each in ordered]
    pages = range(1, frozen.pages + 1)
    later = any(
        (each.kind, each.case, each.languages) == (frozen.kind, frozen.case, frozen.languages)
        and each.version > frozen.version
        for each in versions
    )
    return Paper(
        frozen,
        tuple(ordered),
        tuple(page for page in pages if page not in there),
        tuple(page for page in pages if there.count(page) > 1),
        later,
    )


def _page(sheet: Sheet) -> int:
    return sheet.said.page if sheet.said else 0


def place(target: Path | str, found: Paper, signed_on: date | None, who: Sequence[str]) -> str:
    """Put the pages of a version into their place, and enter who has signed on which day; returns the path.

    Pages that are there twice are kept twice: each company may have signed a copy of its own. Raises ``PemdocsError``:
    ``sign-pages-missing``, ``sign-who`` for somebody who is no signatory, and the faults of ``placing.unwritten``.
    """
    project, frozen = open_project(Path(target)), found.frozen
    if found.missing:
        raise PemdocsError("sign-pages-missing", case=frozen.case, pages=", ".join(map(str, found.missing)))
    if set(who) - set(frozen.signatories):
        raise PemdocsError("sign-who", known=", ".join(frozen.signatories))
    path = papers.copy(frozen, papers.SCANNED)
    with lock.held(project.folder / signed.FOLDER):
        papers.store(project.folder, path, _bound(found.sheets))
        table = papers.table_of(frozen, project.programme)
        told = {"state": signatures.SIGNED, "way": "paper", "file": path}
        day = {"signed_on": signed_on.isoformat()} if signed_on else {}
        signed.enter(project.folder, [papers.row(frozen, table, each, **told, **day) for each in who])
    return path


def _bound(sheets: Sequence[Sheet]) -> bytes:
    bound, content = pikepdf.new(), BytesIO()
    opened = {file: pikepdf.open(BytesIO(codes.as_pdf(read(file)))) for file in {each.file for each in sheets}}
    for each in sheets:
        bound.pages.append(opened[each.file].pages[each.number - 1])
    bound.save(content, deterministic_id=True)
    for pdf in opened.values():
        pdf.close()
    return content.getvalue()
