"""Turn the documents that were made before into findings: those that still rely on a consent that is over by now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pemdocs.consent import consents, printable, relied
from pemdocs.data.dataset import Dataset, at, named
from pemdocs.model import Finding, Severity
from pemdocs.project import kinds, published
from pemdocs.project.manifest import Entry, Manifest
from pemdocs.project.published import Kept
from pemdocs.project.settings import SNAPSHOT

WITHDRAWAL = "Regulation (EU) 2016/679, art. 7(3): consent may be withdrawn at any time"
SUFFIXES = (".docx", ".pdf", ".html", ".zip")
NARROWED = "document-beyond-consent"
CODES = {
    ("withdrawn", True): "document-against-consent",
    ("until", True): "document-after-consent",
    ("withdrawn", False): "file-against-consent",
    ("until", False): "file-after-consent",
}
"""What is found, by what ended the consent and by whether the account knows the file."""


def against_consent(dataset: Dataset, folder: Path, project: Path | None = None) -> Iterator[Finding]:
    """An error for each document in a folder that shows what a consent allowed that is over by now, or narrower.

    ``project`` is the folder that remembers on what each version relied.

    Of a file that the account does not know, such as a copy, it is told that it may: its folder says its case.
    """
    manifest, kept = Manifest.read(folder), published.read(project)
    for path in sorted(manifest.entries):
        found = (dataset.find("consents", each) for each in manifest.entries[path].consents)
        there = [each for each in found if each is not None]
        yield from _over(there, known=True, path=path)
        yield from _beyond(dataset, manifest.entries[path], there, kept.get(manifest.entries[path].version))
    for place, identifier in sorted(_unknown(folder, manifest)):
        for case in _cases(dataset, place, identifier):
            yield from _over(printable.consents_about(case), known=False, folder=f"{place}/{named(case)}")


def _over(found: Any, *, known: bool, **where: object) -> Iterator[Finding]:
    for consent in found:
        ended = _ended(consent)
        if ended:
            field, facts = consent.table.fields[ended], {"consent": named(consent), **where}
            yield at(consent.record, field, CODES[ended, known], Severity.ERROR, WITHDRAWAL, **facts)


def _beyond(dataset: Dataset, entry: Entry, found: Any, version: Kept | None) -> Iterator[Finding]:
    """An error for each consent that a document relies on and that does not reach as far any more.

    It is narrower in what it covers, in its media, its languages, its texts and pictures.
    """
    templates = dataset.programme.templates
    kind = kinds.load(entry.kind, templates) if entry.kind in kinds.available(templates) else None
    case = dataset.find(kind.table, entry.case) if kind else None
    narrowed = set() if case is None or version is None else _fallen(dataset, case, version)
    for consent in found if case is not None else ():
        short = named(consent) in narrowed if version else not _reaches(consent, case, entry.languages)
        if short and not _ended(consent):
            field, facts = consent.table.fields["media"], {"consent": named(consent), "path": entry.path}
            yield at(consent.record, field, NARROWED, Severity.ERROR, WITHDRAWAL, **facts)


def _fallen(dataset: Dataset, case: Any, version: Kept) -> set[str]:
    """The consents of a version that no longer reach something that it shows, and no other does."""
    media = version.media or consents.media_of(case)
    found = (each for use in version.uses for each in relied.fallen(dataset, use, media, version.languages))
    return {consent for consent, _ in found}


def _reaches(consent: Any, case: Any, languages: tuple[str, ...]) -> bool:
    """Whether a consent still allows anything in the media and languages of a document."""
    media, days = consents.media_of(case), consents.days(consent)
    items = consent.only or ("",)
    asked = ((what, item) for what in consent.covers or () for item in items)
    return any(consents.reach([consent], what, media, languages, days, item).allowed for what, item in asked)


def _ended(consent: Any) -> str:
    """The field that says that a consent is over, or nothing."""
    if consent.withdrawn is not None:
        return "withdrawn"
    return "until" if consent.until is not None and consent.until < consents.day(consent) else ""


def _unknown(folder: Path, manifest: Manifest) -> set[tuple[str, str]]:
    """The folders, of which kinds and about which case, that hold a document of which the account knows nothing."""
    found = set()
    for file in folder.rglob("*") if folder.is_dir() else ():
        parts = file.relative_to(folder).parts
        strange = file.suffix.lower() in SUFFIXES and "/".join(parts) not in manifest.entries
        if strange and len(parts) > 2 and not parts[0].startswith(SNAPSHOT) and file.is_file():
            found.add((parts[0], parts[1]))
    return found


def _cases(dataset: Dataset, place: str, identifier: str) -> Iterator[Any]:
    """The records with this id that the kinds of a folder are about."""
    templates = dataset.programme.templates
    about = (kinds.load(each, templates) for each in kinds.available(templates))
    for table in sorted({kind.table for kind in about if kind.place == place}):
        case = dataset.find(table, identifier)
        if case is not None:
            yield case
