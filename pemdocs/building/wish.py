"""Turn what is asked for into kinds, cases, languages and formats that there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pemdocs.data.cleaning import identifier
from pemdocs.data.dataset import Dataset, Linked, tellable_ids
from pemdocs.model import PemdocsError
from pemdocs.packs import Wanted
from pemdocs.page.proofreading import declared
from pemdocs.project import destination, kinds
from pemdocs.project.kinds import Kind
from pemdocs.project.settings import Languages, Project, versions_of
from pemdocs.resources import Templates
from pemdocs.writing.make import FORMATS, USUAL

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. ``asked`` are the languages that were named, ``usual`` those of the project.

    ``single`` is the kind of a Word file that was named instead of a kind. ``again`` is that no format was named: then
    what was made before in another one is made again.
    """

    kinds: tuple[str, ...]
    cases: tuple[str, ...]
    asked: tuple[Languages, ...]
    usual: tuple[Languages, ...]
    formats: tuple[str, ...]
    packs: Wanted
    templates: Templates
    single: Kind | None = None
    again: bool = False

    @property
    def loaded(self) -> tuple[Kind, ...]:
        """The kinds that are asked for."""
        return (*(kinds.load(each, self.templates) for each in self.kinds), *filter(None, (self.single,)))

    def wants(self, case: Linked) -> bool:
        """Whether this case is asked for."""
        return not self.cases or case.record.id in self.cases

    def versions(self, kind: Kind, case: Linked) -> tuple[Languages, ...]:
        """The languages in which the documents of a kind about a case are made."""
        if self.asked:
            return self.asked
        return (own_languages(case, self.usual),) if kinds.packs(kind.place, self.templates) else self.usual

    @property
    def places(self) -> tuple[str, ...]:
        """The folders whose packs are asked for: those of which every kind is, in PDF."""
        found = dict.fromkeys(kinds.load(kind, self.templates).place for kind in self.kinds)
        bound = (each for each in found if "pdf" in self.formats and kinds.packs(each, self.templates))
        return tuple(each for each in bound if set(kinds.members(each, self.templates)) <= set(self.kinds))


def own_languages(stay: Linked, usual: Sequence[Languages]) -> Languages:
    """The languages of a dossier: its own, else the first that its consulate takes, else the project's."""
    written = tuple(str(stay.languages or "").split("+"))
    if set(written) <= set(stay.dataset.programme.languages):
        return written
    asked = destination.of(stay.destination, stay.dataset.programme.templates)
    return asked.languages[:1] if asked and asked.languages else usual[0]


def wish(
    project: Project,
    wanted: Sequence[str] | str,
    cases: Sequence[str] | str,
    languages: Sequence[str] | str,
    formats: Sequence[str] | str,
    packs: Wanted,
    single: Kind | None = None,
) -> Wish:
    """The wish in full: empty means every kind of the programme, every case, the usual languages, Word and PDF.

    A kind may be named by its title, or by the folder that it shares with others. Raises ``PemdocsError`` for what
    there is not, and ``format-of-no-kind`` for a format that no kind which is asked for has.
    """
    wanted, cases, languages, formats = map(_several, (wanted, cases, languages, formats))
    templates = project.programme.templates
    chosen = kinds.meant(wanted, project.programme.kinds, templates)
    for format in formats:
        if format not in FORMATS:
            raise PemdocsError("unknown-format", format=format, known=", ".join(FORMATS))
    for each in chosen:
        if fault := declared.fault(kinds.load(each, templates)):
            raise fault
    asked = [versions_of(each, project.programme) for each in languages]
    found = Wish(
        kinds=() if single and not wanted else chosen,
        cases=tuple(identifier(each) for each in cases),
        asked=_once(asked),
        usual=project.languages,
        formats=_once(formats) or USUAL,
        packs=packs,
        templates=templates,
        single=single,
        again=not formats,
    )
    _offered(found)
    return found


def _offered(asked: Wish) -> None:
    """Raise ``PemdocsError`` for a format beyond the usual that none of the kinds is made in."""
    for format in asked.formats:
        if format not in USUAL and not any(format in each.formats for each in asked.loaded):
            raise PemdocsError("format-of-no-kind", format=format, kinds=", ".join(each.id for each in asked.loaded))


def known_cases(dataset: Dataset, asked: Wish) -> None:
    """Raise ``PemdocsError`` where a case is asked for that no kind is about."""
    tables = {kind.table for kind in asked.loaded}
    known = {case.record.id for table in tables for case in dataset.table(table)}
    for case in asked.cases:
        if case not in known:
            told = [each for table in sorted(tables) for each in tellable_ids(dataset, table)]
            raise PemdocsError("unknown-case", case=case, known=", ".join(told[:20]))


def _several(wishes: Sequence[str] | str) -> Sequence[str]:
    """One wish is a list of one."""
    return (wishes,) if isinstance(wishes, str) else wishes


def _once(wishes: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(wishes))
