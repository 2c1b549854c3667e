"""Extend the workbook of a project by what more kinds of documents or languages need, and its settings with it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pemdocs.checking.returning import replaced
from pemdocs.data import schema
from pemdocs.model import PemdocsError
from pemdocs.project import kinds as all_kinds
from pemdocs.project import programme as programmes
from pemdocs.project.programme import Programme
from pemdocs.project.settings import FILE, Project, open_project, versions_of
from pemdocs.workbook import columns
from pemdocs.workbook import words as wording
from pemdocs.workbook.asked import asked
from pemdocs.workbook.blank import blank
from pemdocs.workbook.extending import Donor, extended
from pemdocs.workbook.formats import sniff
from pemdocs.workbook.parts.book import opened
from pemdocs.workbook.parts.splicing import Unkept

Versions = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grown:
    """What was added: sheets, headings by sheet; the sheets that explain and were left, for somebody has written there;
    the kinds and versions that the project has now."""

    workbook: Path
    sheets: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    kept: tuple[str, ...]
    kinds: tuple[str, ...]
    versions: tuple[str, ...]


def extend(target: Path | str, *, kinds: Sequence[str] = (), languages: Sequence[str] = ()) -> Grown:
    """Add to the workbook of a project the sheets, columns and drop-downs that these kinds and languages need.

    Values, formats, notes and sheets of the author's own stay; so does every part of the file that needs no change.
    ``kinds`` are ids or titles, ``languages`` versions such as ``nl`` or ``fr+nl``; ``pemdocs.toml`` names them then.
    What somebody has taken out of the workbook stays out, but for a kind that the project has already: then all of it
    that is lacking is added.
    Raises ``PemdocsError``: ``unknown-kind``, ``unknown-language``, ``extend-format``, ``extend-no-headings``,
    ``project-unreadable``, ``mark-open``, ``unkept-…`` where something could not be kept; then nothing is written.
    """
    project = open_project(Path(target))
    source = sniff.source(project.workbook)
    if source.format is not sniff.Format.XLSX:
        raise PemdocsError("extend-format", file=project.workbook.name)
    if (project.workbook.parent / f"~${project.workbook.name}").exists():
        raise PemdocsError("mark-open", file=project.workbook.name)
    profile = _profile(project)
    named = tuple(all_kinds.named(each, profile.kinds, profile.templates) for each in kinds)
    more = tuple(versions_of(each, profile) for each in languages)
    grown = replace(project.programme, kinds=tuple(dict.fromkeys((*project.programme.kinds, *named))))
    versions = tuple(dict.fromkeys((*project.languages, *more)))
    try:
        opened(source.content)  # what cannot be extended is refused before anything is made
        found = extended(source, _donor(project, grown, versions, named))
    except Unkept as fault:
        raise PemdocsError(fault.why, file=project.workbook.name) from fault
    only = len(grown.kinds) < len(profile.kinds) or project.programme.kinds != profile.kinds
    settings = _settings(project, grown.kinds if only else (), versions)
    replaced(project.workbook, found.content)
    if settings:
        replaced(project.folder / FILE, settings.encode())
    written = tuple("+".join(each) for each in versions)
    return Grown(project.workbook, found.sheets, found.columns, found.kept, grown.kinds, written)


def _profile(project: Project) -> Programme:
    """The programme with all its kinds, not only those of the project."""
    path = project.folder / FILE
    own = tomllib.loads(path.read_text("utf-8")).get("programme", "") if path.is_file() else ""
    templates = project.programme.templates
    return programmes.load(own or programmes.available(templates)[0], project.folder, templates)


def _donor(project: Project, grown: Programme, versions: Versions, named: Sequence[str]) -> Donor:
    """A new workbook for all kinds and languages, and what of it may be added."""
    language = project.lang if project.lang in wording.available() else wording.available()[0]
    texts, before = (
        tuple(dict.fromkeys(each for one in found for each in one)) for found in (versions, project.languages)
    )
    tables = asked(schema.load(), grown)
    layouts = columns.layouts(tables, texts, language, {})
    had = columns.layouts(asked(schema.load(), project.programme), before, language, {})
    again = replace(grown, kinds=tuple(each for each in named if each in project.programme.kinds))
    lacking = _keys(layouts) - _keys(had)
    if again.kinds:
        lacking |= _keys(columns.layouts(asked(schema.load(), again), texts, language, {}))
    words = wording.load(language)
    return Donor(
        content=blank(tables, grown, language, texts=texts),
        layouts=layouts,
        wanted=frozenset(lacking),
        was=blank(asked(schema.load(), project.programme), project.programme, language, texts=before),
        explain=(words.sheet, str(words.fields["sheet"])),
        language=project.programme.languages[0],
    )


def _texts(versions: Versions) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for version in versions for each in version))


def _keys(layouts: Mapping[str, columns.Layout]) -> set[tuple[str, str]]:
    return {(table, column.key) for table, layout in layouts.items() for column in layout.columns}


def _settings(project: Project, kinds: Sequence[str], versions: Versions) -> str:
    """The settings with these kinds and languages, every other line as it was. Nothing where they need no change."""
    path = project.folder / FILE
    text = path.read_text("utf-8") if path.is_file() else ""
    wanted = {"kinds": list(kinds), "languages": ["+".join(each) for each in versions]}
    there = tomllib.loads(text)
    wanted = {key: value for key, value in wanted.items() if value and value != there.get(key)}
    done = text
    for key, value in wanted.items():
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        listed = re.search(rf"^{key}\s*=\s*\[[^\]]*\]", done, re.MULTILINE)
        done = done[: listed.start()] + line + done[listed.end() :] if listed else f"{line}\n{done}"
    if tomllib.loads(done) != {**there, **wanted}:
        raise PemdocsError(
            "extend-settings", file=FILE, lines="; ".join(f"{key} = {value}" for key, value in wanted.items())
        )
    return done if wanted else ""
