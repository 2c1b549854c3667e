"""Turn a project into its dataset and everything that should be mended in it: read, type, link, apply the rules."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from pemdocs import rules
from pemdocs.checking.attachments import Attachment, survey
from pemdocs.checking.causes import causes
from pemdocs.checking.loading import Loaded
from pemdocs.checking.numbering import with_ids
from pemdocs.checking.published import against_consent
from pemdocs.checking.recalled import to_recall
from pemdocs.checking.registered import rows
from pemdocs.checking.signed import against_signed
from pemdocs.checking.typed import Sheets, learn, typed
from pemdocs.data import schema
from pemdocs.data.dataset import Dataset, Key, Linked, as_seen, at, closure, link, named, tellable, tellable_ids
from pemdocs.data.schema import SOURCE, Field
from pemdocs.knowledge.systems import resting
from pemdocs.model import LANGUAGE_MARK, Finding, PemdocsError, Severity
from pemdocs.project import beside, kinds, pseudonyms
from pemdocs.project.kinds import Kind
from pemdocs.project.settings import Languages, Project, open_project, versions_of
from pemdocs.words.wording import named_in
from pemdocs.workbook.read import read

LETTERS = re.compile("[A-Z]*")
UNREADABLE = frozenset(f"attachment-{why}" for why in ("encrypted", "damaged", "empty", "unknown", "too-large"))
"""The findings on scans that cannot be bound."""

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What ``check`` found: every finding, in the order of the workbook, and the dataset that was read.

    ``faulty`` names the records that have an error, be it one that only follows from another finding. ``tabs`` are the
    sheets whose names are not told, by what stands for them.
    """

    findings: tuple[Finding, ...]
    dataset: Dataset
    faulty: frozenset[Key]
    attachments: tuple[Attachment, ...] = ()
    tabs: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Report: {', '.join(f'{count} {name}s' for name, count in self.counts.items())}>"

    def case(self, identifier: str) -> Case:
        """The record with this id, for ``render``: ``report.case("P-07")``.

        Raises ``PemdocsError`` ``unknown-case`` where no record, or more than one, has the id.
        """
        found = [record for (_, each), record in self.dataset.by_id.items() if each == identifier]
        if len(found) != 1:
            known = tellable_ids(self.dataset, "partnerships")
            raise PemdocsError("unknown-case", case=identifier, known=", ".join(known[:20]))
        return Case(self, Linked(self.dataset, found[0]))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are of each severity: ``{"error": 0, "warning": 2, "note": 5}``."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.value: found[severity] for severity in Severity}

    @property
    def clean(self) -> bool:
        """Whether nothing needs mending: notes do not count."""
        return not any(finding.severity is not Severity.NOTE for finding in self.findings)


class Case(NamedTuple):
    """A record of which documents can be made, with the report that says what is wrong with it."""

    report: Report
    linked: Linked

    def __repr__(self) -> str:
        return f"<Case {named(self.linked)}>"


def check(target: Path | str | Loaded, *, as_of: date | None = None, languages: Sequence[str] | str = ()) -> Report:
    """Check a project folder, a workbook or what ``load`` gave: schema, references, rules; all findings in one run.

    ``as_of`` is the day the data speaks of; by default the latest day of a plan version, a result, a budget line, an
    interview or a report. ``languages`` are those the documents are to have, as ``build`` takes them: ``fr+nl``; by
    default the project's. Documents that are in the output folder are held against the consents too, and versions that
    were made to be signed against the data.
    Raises ``PemdocsError`` where the workbook or the project file cannot be read at all, or a language is unknown.
    """
    if isinstance(target, Loaded):
        return examined(target, as_of=as_of)
    project = open_project(Path(target))
    if languages:
        languages = (languages,) if isinstance(languages, str) else languages
        project = replace(project, languages=tuple(versions_of(each, project.programme) for each in languages))
    return held(examine(project, as_of=as_of), project)


def held(report: Report, project: Project) -> Report:
    """A report with what the documents of a project say that are made already, held against consents and data."""
    folders = (project.out, *project.snapshots())
    against = (each for folder in folders for each in against_consent(report.dataset, folder, project.folder))
    signed = against_signed(report.dataset, project.folder)
    recall = to_recall(report.dataset, project.folder)
    found = sorted((*report.findings, *against, *signed, *recall), key=_place(report.dataset.tables))
    return replace(report, findings=tuple(found))


@resting()
def examine(project: Project, *, as_of: date | None = None, sheets: Sheets | None = None) -> Report:
    """The same for a project that is open already, but for the documents that were made before.

    What is dated later than ``as_of`` is checked like the rest, but is not in the dataset that documents see.
    ``sheets`` are those of the last time, by the same program and programme; they become those of this time.
    """
    reading = read(project.workbook, schema.load(), project.programme.languages[0], sheets)
    reading = replace(reading, rows=(*reading.rows, *rows(project.folder)))
    wanted = tuple(dict.fromkeys(each for version in project.languages for each in version))
    loaded = Loaded(reading, project.programme, wanted, project.folder, project.workbook.parent)
    return examined(loaded, as_of=as_of, sheets=sheets)


def examined(loaded: Loaded, *, as_of: date | None = None, sheets: Sheets | None = None) -> Report:
    """The same for rows that are read already."""
    tables, reading, wanted = schema.load(), loaded.reading, loaded.languages
    records, unfit = typed(reading, tables, loaded.programme)
    if sheets is not None:
        learn(sheets, reading, records, unfit, tables)
    dataset, broken = link(records, tables, loaded.programme, as_of)
    attachments, stray = survey(loaded.folder, dataset) if loaded.folder else ((), ())
    codes = pseudonyms.read(loaded.folder)
    scanned = _attached(attachments, stray)
    dataset = replace(dataset, scanned=scanned, languages=wanted, folder=loaded.beside, pseudonyms=codes)
    found = [*reading.findings, *unfit, *broken, *stray, *rules.run(dataset)]
    found += [*untranslated(dataset, wanted), *unwritten(dataset, wanted), *drafts(dataset, wanted)]
    if reading.sheets and not records:
        # Without it an empty workbook would seem to be in good order.
        found.append(Finding("nothing-read", Severity.NOTE))
    told = _once(causes(found, reading.sheets))
    placed = (_named(each, tables) for each in with_ids(told, dataset))
    return Report(tuple(sorted(placed, key=_place(tables))), as_seen(dataset), blamed(found), attachments, reading.tabs)


def _attached(attachments: Iterable[Attachment], stray: Iterable[Finding]) -> dict[str, frozenset[str]]:
    """The pieces of which there is a scan that can be opened, by stay."""
    shut = {(each.facts.get("stay"), each.facts.get("number")) for each in stray if each.code in UNREADABLE}
    found: dict[str, set[str]] = defaultdict(set)
    for each in attachments:
        if (each.stay, each.number) not in shut:
            found[each.stay].add(each.piece)
    return {stay: frozenset(pieces) for stay, pieces in found.items()}


def untranslated(dataset: Dataset, wanted: Languages) -> Iterator[Finding]:
    """A note for each text that is not written in a language the project builds."""
    for name, records in dataset.records.items():
        translated = (field for field in dataset.tables[name].fields.values() if field.translated)
        keys = [(field, {f"{field.name}{LANGUAGE_MARK}{each}": each for each in wanted}) for field in translated]
        for record in records:
            for field, asked in keys:
                missing = asked.keys() - record.cells.keys()
                for key in (each for each in asked if each in missing) if missing and record.texts(field.name) else ():
                    yield at(record, field, "missing-translation", Severity.NOTE, language=asked[key])
        yield from _unnamed(dataset, name, wanted)


def _said_in(linked: Linked, field: Field, wanted: Languages) -> Iterable[str]:
    """The languages in which it is said: of a source, which holds for all of them, once others have their own words."""
    texts = linked.record.texts(field.name) if field.said == SOURCE else {}
    first = linked.dataset.programme.languages[:1] if linked.record.value(field.name) is not None else ()
    return (*first, *texts) if texts else named_in(linked, field, wanted)


def _unnamed(dataset: Dataset, name: str, wanted: Languages) -> Iterator[Finding]:
    """The same for words that stand where names are expected."""
    for field in (each for each in dataset.tables[name].fields.values() if each.names):
        for linked in dataset.table(name):
            there = _said_in(linked, field, wanted)
            for each in wanted if there else ():
                if each not in there:
                    column = f"{field.label[dataset.programme.languages[0]]} ({each})"
                    yield at(linked.record, field, "missing-translation", Severity.NOTE, language=each, column=column)


def unwritten(dataset: Dataset, wanted: Languages) -> Iterator[Finding]:
    """The same for the files that hold the text of a note."""
    notes: Any = dataset.table("notes")
    for note in notes:
        there = beside.texts(dataset.folder, note.file, dataset.programme.languages) if note.file else {}
        for each in wanted if there and not note.text else ():
            if each not in there:
                field = note.table.fields["file"]
                yield at(note.record, field, "missing-translation", Severity.NOTE, language=each)


def drafts(dataset: Dataset, wanted: Languages) -> Iterator[Finding]:
    """A warning for each text without which a paper that is due cannot be signed in a language that is built."""
    profile = dataset.programme
    for kind in (kinds.load(each, profile.templates) for each in kinds.meant((), profile.kinds, profile.templates)):
        cases: Any = dataset.table(kind.table) if kind.signed else ()
        for case in cases:
            if not kinds.lacking(kind, case):
                for record, name, each in kinds.unwritten(kind, case, wanted):
                    field = record.table.fields[name]
                    yield at(record.record, field, "draft-unwritten", Severity.WARNING, language=each,
                             case=case.record.id)  # fmt: skip


def blamed(findings: Iterable[Finding]) -> frozenset[Key]:
    """The records that have an error."""
    return frozenset((f.table, f.sheet, f.row) for f in findings if f.severity is Severity.ERROR and f.row)


def at_fault(case: Linked, faulty: frozenset[Key], kind: Kind) -> frozenset[Key]:
    """The faulty records that a document of this kind is made of; empty where it can be made.

    What is no id, and may be a name, names no file either.
    """
    if not faulty or (kind.faulty and tellable(case.record.id, case.table)):
        return frozenset()
    return closure(case, kind.audience, kind.reads) & faulty


def findings_on(case: Linked, report: Report, kind: Kind, languages: Sequence[str] = ()) -> tuple[Finding, ...]:
    """The findings on what a document of this kind is made of, and on the scans of its case.

    What is not written in a language is no matter for a document in other ``languages``; none: all languages matter.
    """
    keys = closure(case, kind.audience, kind.reads)
    return tuple(
        each
        for each in report.findings
        if ((each.table, each.sheet, each.row) in keys or each.facts.get("stay") == case.record.id)
        and not (languages and each.code == "missing-translation" and each.facts["language"] not in languages)
    )


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once: what two pairs miss of the company they share is one gap, not two."""
    seen = set()
    for finding in findings:
        facts = {name: fact for name, fact in finding.facts.items() if name not in ("case", "stage")}
        mark = (finding.code, finding.sheet, finding.cell, finding.field, str(sorted(facts.items(), key=str)))
        if mark not in seen:
            seen.add(mark)
            yield finding


def _named(finding: Finding, tables: schema.Tables) -> Finding:
    """The finding with its row instead of an id that is not written like one."""
    row = f"{finding.table}:{finding.row}"
    if finding.record in ("", row) or tellable(finding.record, tables[finding.table]):
        return finding
    return replace(finding, record=row)


def _place(tables: schema.Tables) -> Callable[[Finding], tuple[int, str, int, int, int, str, str]]:
    order = {table: number for number, table in enumerate(tables)}

    def place(finding: Finding) -> tuple[int, str, int, int, int, str, str]:
        return (
            order.get(finding.table, len(order)),
            finding.sheet,
            finding.row,
            ORDER[finding.severity],
            # Column AD stands behind column H.
            len(LETTERS.match(finding.cell)[0]),  # type: ignore[index]
            finding.cell,
            finding.code,
        )

    return place
