"""Make a project folder: its settings and a blank workbook made from the schemas."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pemdocs.data import schema
from pemdocs.model import PemdocsError
from pemdocs.project import programme as programmes
from pemdocs.project.languages import spoken
from pemdocs.project.placing import unwritten
from pemdocs.project.settings import FILE, versions_of
from pemdocs.workbook.asked import asked
from pemdocs.workbook.blank import blank

SETTINGS = """\
# {comment}
programme = "{programme}"
workbook = "{workbook}"
lang = "{lang}"
languages = [{languages}]
"""


def new(folder: Path | str, *, programme: str = "", languages: Sequence[str] = (), lang: str = "fr") -> Path:
    """Make a project folder with ``pemdocs.toml`` and a blank workbook in the language; returns the workbook's path.

    The programme is the id of an installed one or a folder with a profile of one's own. ``languages`` are the versions
    that ``build`` makes by default, such as ``fr`` or ``fr+nl``; where none is named, the language of the workbook.
    Raises ``PemdocsError``: ``not-empty`` where the folder has files already, those of ``unwritten``,
    ``unknown-programme``, ``template-lacks``, ``unknown-language``.
    """
    folder = Path(folder)
    profile = programmes.load(programme or programmes.available()[0])
    spoken(lang)
    versions = [versions_of(each, profile) for each in languages or [lang]]
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PemdocsError("not-empty", folder=folder.name)
    content = blank(asked(schema.load(), profile), profile, lang)
    workbook = folder / NAMES.get(lang, "workbook.xlsx")
    comment = COMMENTS.get(lang, COMMENTS["en"])
    named = profile.id
    if named not in programmes.available():
        named = Path(os.path.relpath(profile.folder, folder.resolve())).as_posix()
    written = ", ".join(f'"{"+".join(each)}"' for each in versions)
    settings = SETTINGS.format(comment=comment, programme=named, workbook=workbook.name, lang=lang, languages=written)
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
