"""Turn a publication into the cells of which it may not print everything, each with the words around.

Only this module knows which records a note or a report prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pemdocs.consent import consents, printable
from pemdocs.consent.withheld import Withheld, withheld
from pemdocs.data.dataset import Dataset, Linked, belonging
from pemdocs.data.schema import Field
from pemdocs.knowledge import mentions
from pemdocs.knowledge.mentions import Mention, Sort
from pemdocs.project import beside

MASK = "•••"
BEFORE, BEHIND = re.compile(r"(?:\S+\s+){0,4}\S*$"), re.compile(r"\S*(?:\s+\S+){0,4}")
"""The words before and behind what is found that a finding quotes."""

PUBLISHED = frozenset({
    "reports", "indicators", "results", "budget_lines", "milestones", "ratings", "questions", "conclusions",
    "recommendations", "actions", "lessons", "notes", "quotes", "photographs",
})  # fmt: skip
"""The tables whose texts are written for publications."""

PRINTED = PUBLISHED | {"interviews", "cohorts"}
"""The tables whose texts are printed in publications."""


REMARKS = {("indicators", "note"): "note_public"}
"""Remarks that are for the team, but where another field says that everybody may read them."""

REPLACED = frozenset({("interviews", "organisation")})
"""Fields in whose place something else is printed where that is known."""


class Leak(NamedTuple):
    """A text that says what it may not: its record, field and language, of which sort that is, the words around."""

    record: Linked
    field: str
    language: str
    sort: Sort
    certain: bool
    around: str


def leaks(case: Any, languages: Sequence[str]) -> Iterator[Leak]:
    """What the texts of a publication say that a document in these languages may not."""
    what = of_case(case, languages)
    for record in printed(case, languages):
        for field, language, text in _texts(record, languages):
            found = what.found(text)
            for mention in found:
                told = around(text, mention, found)
                yield Leak(record, field, language, mention.mark.sort, mention.certain, told)


def of_case(case: Any, languages: Sequence[str], further: Sequence[str] = ()) -> Withheld:
    """What a document about this case may not say, in its media and in ``further`` ones."""
    note = case.record.table == "notes"
    media = (*consents.media_of(case), *further)
    quoted = [printable.quoted(each, media, languages) for each in case.quotes or ()] if note else []
    photographs = printable.shown(case, languages) if note or _reports(case) else ()
    given = [each.quote.consent for each in quoted if each.printed]
    given += [each for photograph in photographs for each in photograph.consents or ()]
    given += [each.consent for each in case.interviews if each.consent is not None] if _reports(case) else []
    near = [each.quote.person for each in quoted if each.printed and not each.named]
    near += [each for photograph in photographs for each in photograph.people or ()]
    return withheld(case.dataset, media, languages, given, near)


def _reports(case: Any) -> bool:
    return bool(case.record.table == "reports")


def betrayed(note: Any, languages: Sequence[str]) -> Iterator[Any]:
    """The quotes of a note under a pseudonym whose speaker’s company the same note names."""
    media = consents.media_of(note)
    judged = [printable.quoted(each, media, languages) for each in note.quotes or ()]
    for each in judged:
        company = each.quote.person.company if each.printed and not each.named else None
        if company is not None and _names(company, note, languages, judged):
            yield each.quote


def _names(company: Any, note: Any, languages: Sequence[str], judged: Sequence[Any]) -> bool:
    """Whether a note names a company: of another speaker, below a photograph, or in a text."""
    if any(each.company and each.quote.person.company == company for each in judged):
        return True
    media = consents.media_of(note)
    for photograph in printable.shown(note, languages):
        given = (photograph.consents or (), media, languages, photograph.record.id)
        if company in (photograph.companies or ()) and printable.company_named(company, *given):
            return True
    marks = mentions.Index(mentions.company(company.record.id, company.name or "", company.trade_name or ""))
    texts = (text for record in printed(note, languages) for _, _, text in _texts(record, languages))
    return any(each.certain for text in texts for each in mentions.find(text, marks))


def printed(case: Any, languages: Sequence[str]) -> tuple[Linked, ...]:
    """The records whose texts a document about this case prints."""
    if case.record.table == "notes":
        return tuple(dict.fromkeys(_of_note(case, languages)))
    return tuple(dict.fromkeys(each for each in _of_other(case, languages) if each.record.table in PRINTED))


def _of_other(case: Any, languages: Sequence[str]) -> Iterator[Linked]:
    yield from belonging(case)
    yield from printable.shown(case, languages) if _reports(case) else ()
    for pair in case.pairs if _reports(case) else ():
        if pair.cohort is not None:
            yield pair.cohort


def _of_note(note: Any, languages: Sequence[str]) -> Iterator[Linked]:
    media = consents.media_of(note)
    yield note
    yield from (each for each in note.quotes or () if printable.quoted(each, media, languages).printed)
    yield from printable.shown(note, languages)
    lessons = note.shown_lessons
    yield from lessons
    yield from note.shown_recommendations
    for indicator in (*(note.indicators or ()), *(each.indicator for each in lessons)):
        if indicator is not None:
            yield indicator
            yield from indicator.results


def texts(record: Linked, languages: Sequence[str]) -> Iterator[str]:
    """The words of a record that everybody may read."""
    yield from (words for _, _, words in _texts(record, languages))


def _texts(record: Linked, languages: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The texts of a record that everybody may read: field, language (nothing where it has none), words."""
    for field in record.table.fields.values():
        if (field.table, field.name) in REPLACED and printable.replaced(record):
            continue
        if field.translated and (field.audience == "public" or _marked(record, field)):
            there = {each: str(text) for each, text in record.record.texts(field.name).items()}
            shown = {each: there[each] for each in languages if each in there} or there
            yield from ((field.name, each, text) for each, text in shown.items())
        elif _is_text(field):
            value = record.record.value(field.name)
            yield from ((field.name, "", str(value)),) if value is not None else ()
    if record.record.table == "notes" and record.record.value("file"):
        found = beside.texts(
            record.dataset.folder, str(record.record.value("file")), record.dataset.programme.languages
        )
        shown = {each: found[each] for each in languages if each in found} or found
        yield from (("file", each, text) for each, text in shown.items())


def _marked(record: Linked, field: Field) -> bool:
    """Whether a remark is one that its author lets everybody read."""
    mark = REMARKS.get((field.table, field.name))
    return bool(mark and record.record.value(mark))


def _is_text(field: Field) -> bool:
    coded = field.enum or field.codelist or field.ref
    plain = field.type == "string" and field.format in ("", "code") and field.name != "file"
    return field.audience == "public" and plain and not coded


def around(text: str, mention: Mention, found: Iterable[Mention]) -> str:
    """The words before and behind a mention, everything that is found left out."""
    before, behind = _masked(text[: mention.start], 0, found), _masked(text[mention.end :], mention.end, found)
    left, right = BEFORE.search(before), BEHIND.match(behind)
    told = " ".join(f"{left[0] if left else ''}{MASK}{right[0] if right else ''}".split())
    return (
        f"{'… ' if left and left.start() else ''}{told}{' …' if right and right.end() < len(behind.rstrip()) else ''}"
    )


def masked(dataset: Dataset, text: str) -> str:
    """A text with a mask over everybody whom the project knows."""
    return _masked(text, 0, mentions.find(text, withheld(dataset, (), (), (), ()).names))


def _masked(part: str, start: int, found: Iterable[Mention]) -> str:
    """A part of a text that begins there, with a mask over all that is found in it."""
    inside = [(each.start - start, each.end - start) for each in found]
    for first, last in sorted((each for each in inside if each[0] >= 0 and each[1] <= len(part)), reverse=True):
        part = part[:first] + MASK + part[last:]
    return part
