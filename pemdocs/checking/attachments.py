"""Turn the folder of attachments into the files of each stay's pieces. Only this module knows how they are named.

The files of the stay ``S-07`` lie in ``attachments/S-07``. A file belongs to the piece whose row of the sheet names it,
else to the one whose code or label, in any language, its name begins with: ``passport-1.jpg``, ``Paspoort.pdf``. It may
lie in a folder that is named so instead.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path, PurePath

from pemdocs import scans
from pemdocs.data.cleaning import LIKE_AN_ID, fold
from pemdocs.data.dataset import Dataset, at, named, tellable
from pemdocs.data.schema import Field
from pemdocs.model import Finding, PemdocsError, Severity

FOLDER = "attachments"
TABLE = "supporting_documents"
IGNORED = frozenset({"thumbs.db", "desktop.ini", "icon\r", "__macosx"})
"""What file managers leave behind, besides hidden files."""

SAID = {
    "signed-attached": ("attachment-signed", Severity.NOTE),
    "pages-unreadable": ("attachment-in-part", Severity.WARNING),
    "notes-not-drawn": ("attachment-notes", Severity.WARNING),
    "embedded-files-removed": ("attachment-embedded", Severity.NOTE),
}
"""The treatments of which the check tells, and how."""

STEPS = re.compile(r"\d+|\D+")
WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a piece. ``stay`` is its id, ``number`` the file's place in the stay's folder, in natural order."""

    stay: str
    piece: str
    path: Path
    number: int


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a stay's folder, by its place in natural order. ``inside`` is its path within that folder."""

    stay: str
    number: int
    path: Path
    inside: PurePath
    outside: bool
    """Whether it is a link to something that is not in the folder of attachments."""

    @property
    def facts(self) -> dict[str, object]:
        """How messages tell which file it is; never its name, which may be somebody's."""
        return {"number": self.number, "stay": self.stay, "target": TABLE}


def survey(folder: Path, dataset: Dataset) -> tuple[tuple[Attachment, ...], tuple[Finding, ...]]:
    """The attachments of every stay in the folder of a project, and what should be mended in them.

    A file that cannot be opened is an attachment like any other, for the pack names it. One that fits no piece, or
    that a link brings in from elsewhere, is none.
    """
    shelves = _shelves(folder)
    stays = {
        _name(stay.record.id): stay.record.id for stay in dataset.table("stays") if tellable(stay.record.id, stay.table)
    }
    owners = [stays.get(_name(shelf.name), "") if _is_folder(shelf) else "" for shelf in shelves]
    pairs = list(zip(owners, shelves, strict=True))
    strays = [_stray(shelf, number) for number, (owner, shelf) in enumerate(pairs, start=1) if not owner]
    files = {
        stay: tuple(_files(stay, [shelf for owner, shelf in pairs if owner == stay]))
        for stay in dict.fromkeys(filter(None, owners))
    }
    attachments = tuple(chain.from_iterable(_matched(found, dataset) for found in files.values()))
    fitting = {(each.stay, each.number) for each in attachments}
    examined = chain.from_iterable(_examined(found, fitting) for found in files.values())
    return attachments, (*strays, *_missing(dataset, files), *examined)


# What lies there


def _shelves(folder: Path) -> list[Path]:
    roots = [each for each in _listed(folder) if _name(each.name) == FOLDER and each.is_dir()]
    return sorted(chain.from_iterable(map(_listed, roots)), key=lambda each: _natural(each.name))


def _listed(folder: Path) -> list[Path]:
    try:
        return [each for each in folder.iterdir() if not _ignored(each.name)]
    except OSError:
        return []


def _ignored(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in IGNORED


def _files(stay: str, shelves: Iterable[Path]) -> Iterator[_File]:
    found = [(path, path.relative_to(shelf), _outside(path, shelf)) for shelf in shelves for path in _below(shelf)]
    ordered = sorted(found, key=lambda each: _natural(each[1].as_posix()))
    for number, (path, inside, outside) in enumerate(ordered, start=1):
        yield _File(stay, number, path, inside, outside)


def _below(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it. A link to a folder is not followed."""
    for each in _listed(folder):
        if _is_folder(each):
            yield from _below(each)
        else:
            yield each


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _outside(path: Path, shelf: Path) -> bool:
    try:
        return path.is_symlink() and not (path.is_file() and path.resolve().is_relative_to(shelf.parent.resolve()))
    except (OSError, RuntimeError):  # a link that leads to itself
        return True


# Which piece each belongs to


def _matched(files: Iterable[_File], dataset: Dataset) -> Iterator[Attachment]:
    """The sheet may give one file to several pieces; by its name a file belongs to one."""
    field = dataset.tables[TABLE].fields["piece"]
    rows = [row for row in dataset.table(TABLE) if row.stay is not None and row.file and row.piece]
    for each in files:
        if each.outside:
            continue
        own = (row for row in rows if row.stay.record.id == each.stay and _last(row.file) in _names(each))
        named = dict.fromkeys(row.piece for row in own)
        for piece in named or filter(None, [_by_name(each, field)]):
            yield Attachment(each.stay, piece, each.path, each.number)


def _names(file: _File) -> tuple[str, str]:
    return _name(file.path.name), _name(file.path.stem)


def _last(named: str) -> str:
    """The file's name alone, where a row gives a path."""
    return _name(named.replace("\\", "/").rstrip("/").rpartition("/")[2])


def _by_name(file: _File, field: Field) -> str:
    """The piece that the name of a file, or of the folder it lies in, begins with; the longest such name wins."""
    for part in (file.path.stem, *reversed(file.inside.parts[:-1])):
        slug = _slug(part)
        for start, piece in _starts(tuple((code, tuple(field.labels[code].values())) for code in field.labels)):
            if slug.startswith(start) and not slug[len(start) : len(start) + 1].isalpha():
                return piece
    return ""


@lru_cache(maxsize=8)
def _starts(pieces: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, str], ...]:
    """What the names of files begin with, and the piece each means: codes and labels, the longest first."""
    found: dict[str, str] = {}
    for known in (0, 1):
        for code, labels in pieces:
            for each in labels if known else (code,):
                found.setdefault(_slug(each), code)
    return tuple(sorted(found.items(), key=lambda each: -len(each[0])))


def _slug(text: str) -> str:
    """``Relevés bancaires (2)`` as ``releves-bancaires-2``."""
    return "-".join(filter(None, map(fold, WORDS.split(unicodedata.normalize("NFC", text)))))


def _name(text: str) -> str:
    """A name of a file as file systems compare them, be they of Windows, macOS or Linux."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def _natural(text: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """``scan 2`` before ``scan 10``."""
    steps = STEPS.findall(_name(text))
    return tuple((int(each), "") if each.isdecimal() else (-1, each) for each in steps), text


# What should be mended


def _stray(shelf: Path, number: int) -> Finding:
    """A file beside the folders of the stays, or a folder of no stay; its name is told where it can only be an id."""
    if not shelf.is_dir():
        return Finding("attachment-unmatched", Severity.WARNING, facts={"number": number})
    named = shelf.name if LIKE_AN_ID.fullmatch(shelf.name) else ""
    facts = {"number": number, "folder": named, "target": "stays"}
    return Finding("attachment-folder-unknown", Severity.WARNING, facts=facts)


def _missing(dataset: Dataset, files: Mapping[str, tuple[_File, ...]]) -> Iterator[Finding]:
    for row in dataset.table(TABLE):
        if row.stay is None or not row.file:
            continue
        there = {name for each in files.get(row.stay.record.id, ()) for name in _names(each)}
        if _last(row.file) not in there:
            stay = named(row.stay)
            yield at(row.record, row.table.fields["file"], "attachment-missing", Severity.WARNING, stay=stay)


def _examined(files: Iterable[_File], fitting: set[tuple[str, int]]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for each in files:
        if each.outside:
            yield Finding("attachment-outside", Severity.WARNING, facts=each.facts)
            continue
        try:
            content = scans.read(each.path)
        except PemdocsError as error:
            yield Finding(error.code, Severity.WARNING, facts=each.facts)
            continue
        yield from _read(each, content, (each.stay, each.number) in fitting, seen)


def _read(file: _File, content: bytes, fits: bool, seen: dict[str, int]) -> Iterator[Finding]:
    """What is to be said of a file that could be read; ``seen`` are the hashes of those before it."""
    facts = {**file.facts, "format": scans.format_of(content)}
    if not fits:
        yield Finding("attachment-unmatched", Severity.WARNING, facts=facts)
    try:
        treatments = scans.prepare(content).treatments
    except PemdocsError as error:
        yield Finding(error.code, Severity.WARNING, facts=facts)
        return
    for code, severity, told in filter(None, map(_told, treatments)):
        yield Finding(code, severity, facts=facts | dict(told))
    first = seen.setdefault(hashlib.sha256(content).hexdigest(), file.number)
    if first != file.number:
        yield Finding("attachment-twice", Severity.WARNING, facts={**facts, "other": first})


def _told(done: scans.Treatment) -> tuple[str, Severity, Mapping[str, object]] | None:
    """What is said of a treatment before the file is bound: what the pack will not show, what stays beside it."""
    if done.code == "xfa-removed" and done.facts.get("dynamic"):
        return "attachment-dynamic", Severity.WARNING, {}
    said = SAID.get(done.code)
    return (*said, done.facts) if said else None
