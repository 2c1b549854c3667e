"""Help those who write Word templates: list what there is to ask for, make a template to start from."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from pemdocs.data import schema
from pemdocs.data.schema import AUDIENCES
from pemdocs.model import PemdocsError
from pemdocs.project import kinds, programme, theme
from pemdocs.project.kinds import Kind
from pemdocs.project.placing import unwritten
from pemdocs.project.programme import Programme
from pemdocs.project.settings import Project, open_project
from pemdocs.project.theme import Theme
from pemdocs.words.speech import word
from pemdocs.writing.own import fields as lists
from pemdocs.writing.own import sources

UNFITTED = (0.92, 0.3)
"""Type and spaces of a page in two languages that keeps to one sheet without being fitted to it."""


def fields(
    name: str, form: str = "text", *, audience: str = "", project: Path | None = None, lang: str = "fr"
) -> str | bytes:
    """What a Word template of a kind, or about a table, can ask for: as ``text``, ``html``, ``json``, ``docx`` (bytes).

    Raises ``PemdocsError``: ``unknown-kind-or-table``.
    """
    profile = _profile(project)
    kind = _kind(name, profile)
    groups = lists.listed(replace(kind, audience=audience or kind.audience), profile, lang)
    title = word("fields-title", lang, name=_said(kind, name, lang))
    if form == "json":
        return lists.as_json(groups)
    if form == "html":
        return lists.as_html(groups, title, lang)
    return (
        lists.as_word(groups, title, lang, theme.of(profile.templates))
        if form == "docx"
        else lists.as_text(groups, lang)
    )


def starting_template(table: str, *, project: Path | None = None, lang: str = "fr") -> bytes:
    """A Word template about a table to start from, in the look of the house. Raises as ``fields`` does."""
    profile = _profile(project)
    kind = _kind(table, profile)
    title = word("starting-title", lang, name=_said(kind, table, lang))
    return lists.starting(lists.listed(kind, profile, lang), title, lang, theme.of(profile.templates))


def word_template(name: str, project: Path) -> tuple[Path, ...]:
    """Put a shipped Word template into the templates of a project, in its look; the files that were written.

    The twin of a kind takes the place of its layout; others are new kinds, with their wording. Nothing that is there
    is replaced. Raises ``PemdocsError``: ``own-no-such-template``, ``own-template-there``.
    """
    found = open_project(project)
    profile = found.programme
    folder = project / "templates" / name
    look = _look(name if name in kinds.available(profile.templates) else "", found)
    files = {Path("page.docx"): sources.made(name, profile.templates, look)}
    files |= sources.beside(name, profile.templates)
    there = [path for path in files if (folder / path).exists()]
    if there:
        raise PemdocsError("own-template-there", file=f"templates/{name}/{there[0].as_posix()}")
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write(folder / path, content)
    return tuple(folder / path for path in files)


def _look(kind: str, project: Project) -> Theme:
    """The theme of a twin: that of two languages where the project has such versions; nothing fits it to its sheets."""
    two = any(len(each) > 1 for each in project.languages)
    look = theme.of(project.programme.templates, kind, two=two)
    return look.at(*UNFITTED) if two and look.fit["pages"] else look


def _profile(project: Path | None) -> Programme:
    """The programme of a project; the first that is installed where there is no project."""
    try:
        if project is not None:
            return open_project(project).programme
    except PemdocsError:
        pass  # outside of a project the list is that of what is shipped
    return programme.load(programme.available()[0])


def _kind(name: str, profile: Programme) -> Kind:
    if name in kinds.available(profile.templates):
        return kinds.load(name, profile.templates)
    table = schema.called(name)
    if table is None:
        known = [*kinds.available(profile.templates), *schema.load(), *(each.record for each in schema.load().values())]
        nearest = next(iter(get_close_matches(name.casefold(), known, 1)), "")
        raise PemdocsError("unknown-kind-or-table", name=name, nearest=nearest, known=", ".join(schema.load()))
    alone = kinds.single(Path(f"{table.name}.docx"), table.name, profile.templates)
    return replace(alone, audience=max(alone.audience, table.audience, key=AUDIENCES.index))


def _said(kind: Kind, name: str, lang: str) -> str:
    return kinds.title(kind.id, lang, kind.templates) if kind.single is None else schema.load()[kind.table].sheet[lang]


def write(path: Path, content: bytes | str) -> None:
    """Write a file that somebody asked for. Raises ``PemdocsError`` as ``unwritten`` says."""
    try:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise unwritten(error, path.name) from error


def write_new(path: Path, content: bytes) -> None:
    """Write a file where there is none. Raises ``PemdocsError`` ``own-template-there``, and as ``unwritten`` says."""
    if path.exists():
        raise PemdocsError("own-template-there", file=path.name)
    write(path, content)
