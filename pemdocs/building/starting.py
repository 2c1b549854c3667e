"""Make a project folder: its settings and a blank workbook made from the schemas."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pemdocs.data import schema
from pemdocs.model import PemdocsError
from pemdocs.project import programme as programmes
from pemdocs.project.kinds import named
from pemdocs.project.languages import spoken
from pemdocs.project.placing import unwritten
from pemdocs.project.settings import FILE, versions_of
from pemdocs.workbook.asked import asked
from pemdocs.workbook.blank import blank

SETTINGS = """\
# {comment}
programme = {programme}
workbook = "{workbook}"
lang = "{lang}"
languages = [{languages}]
{kinds}"""


def new(
    folder: Path | str,
    *,
    programme: str = "",
    kinds: Sequence[str] = (),
    languages: Sequence[str] = (),
    lang: str = "fr",
) -> Path:
    """Make a project folder with ``pemdocs.toml`` and a blank workbook in the language; returns the workbook's path.

    The programme is the id of an installed one or a folder with a profile of one's own. ``languages`` are the versions
    that ``build`` makes by default, such as ``fr`` or ``fr+nl``; where none is named, the language of the workbook.
    ``kinds`` are kinds of documents, by id or title: the workbook then has the sheets and columns that they need.
    Raises ``PemdocsError``: ``not-empty`` where the folder has files already, those of ``unwritten``,
    ``unknown-programme``, ``template-lacks``, ``unknown-language``, ``unknown-kind``.
    """
    folder = Path(folder)
    profile = programmes.load(programme or programmes.available()[0])
    spoken(lang)
    versions = [versions_of(each, profile) for each in languages or [lang]]
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:  # a name too long to be one, a folder that may not be read
        raise unwritten(error, folder.name[:40]) from error
    if taken:
        raise PemdocsError("not-empty", folder=folder.name)
    chosen = tuple(dict.fromkeys(named(each, profile.kinds, profile.templates) for each in kinds))
    texts = tuple(dict.fromkeys(each for version in versions for each in version))
    narrowed = replace(profile, kinds=chosen or profile.kinds)
    content = blank(asked(schema.load(), narrowed), narrowed, lang, texts=texts)
    workbook = folder / NAMES.get(lang, "workbook.xlsx")
    comment = COMMENTS.get(lang, COMMENTS["en"])
    own = profile.id
    if own not in programmes.available():
        own = Path(os.path.relpath(profile.folder, folder.resolve())).as_posix()
    written = ", ".join(f'"{"+".join(each)}"' for each in versions)
    only = f"kinds = [{', '.join(map(json.dumps, chosen))}]\n" if chosen else ""
    quoted = json.dumps(own, ensure_ascii=False)  # a text of TOML too
    settings = SETTINGS.format(
        comment=comment, programme=quoted, workbook=workbook.name, lang=lang, languages=written, kinds=only
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        workbook.write_bytes(content)
        (folder / FILE).write_text(settings, "utf-8")
    except OSError as error:
        raise unwritten(error, folder.name) from error
    return workbook


NAMES = {"fr": "classeur.xlsx", "en": "workbook.xlsx", "nl": "werkmap.xlsx"}
COMMENTS = {
    "fr": 'Versions à produire : "fr", "en", "nl", ou deux langues côte à côte : "fr+nl".',
    "en": 'Versions to build: "fr", "en", "nl", or two languages side by side: "fr+nl".',
    "nl": 'Te maken versies: "fr", "en", "nl", of twee talen naast elkaar: "fr+nl".',
}
