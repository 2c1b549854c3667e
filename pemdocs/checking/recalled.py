"""Turn the register of publications into findings: what is out and must be recalled, where, and because of whom.

What a version relied on is known from when it was made, whatever has become of its text since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pemdocs.consent import consents, printable, relied
from pemdocs.consent.consents import ENDED, LANGUAGE, MEDIUM, NOT_COVERED, WITHDRAWN, Media
from pemdocs.consent.leaks import masked
from pemdocs.data.dataset import Dataset, at, named
from pemdocs.model import Finding, Severity
from pemdocs.project import published
from pemdocs.project.published import Kept
from pemdocs.words import language

WITHDRAWAL = "Regulation (EU) 2016/679, art. 7(3) and 17(2): consent may be withdrawn, and what is out is recalled"
CODES: Mapping[str, str] = {
    WITHDRAWN: "publication-against-consent",
    ENDED: "publication-after-consent",
    NOT_COVERED: "publication-beyond-consent",
    MEDIUM: "publication-beyond-consent",
    LANGUAGE: "publication-beyond-consent",
    relied.GONE: "publication-without-consent",
}
"""What is found, by why a consent reaches no more."""

UNSURE, UNKNOWN, NOTHING = (
    "publication-perhaps-against-consent",
    "publication-version-unknown",
    "publication-of-nothing",
)


def to_recall(dataset: Dataset, folder: Path | None) -> Iterator[Finding]:
    """An error for each consent without which a publication is out; a warning where that cannot be known."""
    kept = published.read(folder)
    for row in dataset.table("publications"):
        yield from _of(row, kept)


def _of(row: Any, kept: Mapping[str, Kept]) -> Iterator[Finding]:
    about = row.note or row.report
    if row.recalled is not None:
        return
    if about is None:
        yield at(row.record, row.table.fields["note"], NOTHING, Severity.WARNING, WITHDRAWAL)
        return
    version = kept.get(str(row.version or "").upper())
    facts = {"case": named(about), "publication": named(row)}
    if version is not None and version.case == about.record.id:
        yield from _against(row, version, facts | {"where": where(row)})
        return
    if row.version:
        yield at(row.record, row.table.fields["version"], UNKNOWN, Severity.WARNING, WITHDRAWAL, **facts)
    yield from _unsure(row, about, facts | {"where": where(row)})


def _against(row: Any, version: Kept, facts: Mapping[str, str]) -> Iterator[Finding]:
    media, languages = media_of(row, version.media), tuple(row.languages or version.languages)
    found = (each for use in version.uses for each in relied.fallen(row.dataset, use, media, languages))
    for consent, why in dict.fromkeys(found):
        field = row.table.fields["version"]
        yield at(row.record, field, CODES[why], Severity.ERROR, WITHDRAWAL, consent=consent, **facts)


def _unsure(row: Any, about: Any, facts: Mapping[str, str]) -> Iterator[Finding]:
    """Without a version, whatever the document can have relied on that is over.

    What it showed then it may show no more: a consent that was withdrawn since is told of, whosever it is.
    """
    found = (*printable.consents_about(about), *(each for each in row.dataset.table("consents") if _since(row, each)))
    for consent in dict.fromkeys(found):
        over = consent.until is not None and consent.until < consents.today()
        if consent.withdrawn is not None or over:
            field = row.table.fields["version"]
            yield at(row.record, field, UNSURE, Severity.WARNING, WITHDRAWAL, consent=named(consent), **facts)


def _since(row: Any, consent: Any) -> bool:
    """Whether a consent was withdrawn after a publication that can have relied on it had appeared."""
    if consent.withdrawn is None or (row.date is not None and consent.withdrawn < row.date):
        return False
    late = row.date is not None and consent.valid_from is not None and consent.valid_from > row.date
    return not late and bool(set(media_of(row)) & set(consent.media or ()))


def media_of(row: Any, own: Media = ()) -> Media:
    """Where a publication is: what the register says, else what it is for by itself or its note says, else the web."""
    about = row.note or row.report
    return tuple(row.media or ()) or own or consents.media_of(about)


def where(row: Any) -> str:
    """Where a publication is, in the language of the programme’s sheets, whoever may not be told left out."""
    dataset = row.dataset
    field, programme = row.table.fields["media"], dataset.programme
    media = [language.say_code(each, field, programme, programme.languages[0]) for each in row.media or ()]
    host = urlsplit(row.address or "").netloc
    return ", ".join(filter(None, (*media, masked(dataset, row.place or ""), masked(dataset, host)))) or "–"
