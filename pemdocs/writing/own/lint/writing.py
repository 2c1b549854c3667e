"""Write what came of the examination of a template: a copy with comments, the template or a copy of it mended."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from pemdocs.model import PemdocsError
from pemdocs.project.placing import unwritten
from pemdocs.project.programme import Programme
from pemdocs.writing.own.lint.annotating import annotated
from pemdocs.writing.own.lint.examining import Examined, examine
from pemdocs.writing.own.lint.mending import mended


def annotate(examined: Examined, copy: Path, template: Path, lang: str) -> None:
    """Write a copy of a template with its flaws as comments. Raises ``PemdocsError`` ``own-copy-is-template``."""
    if copy.resolve() == template.resolve():
        raise PemdocsError("own-copy-is-template", file=template.name)
    _write(copy, annotated(examined, lang))


def fix(template: Path, copy: Path, table: str = "", programme: Programme | None = None) -> int:
    """Mend what has one answer, into a copy or in the template itself; how many tags were changed.

    Where there is nothing to mend, nothing is written in place.
    """
    content, count = mended(examine(template, table, programme))
    if count or copy.resolve() != template.resolve():
        _write(copy, content)
    return count


def _write(path: Path, content: bytes) -> None:
    """Write a whole file or none."""
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=".pemdocs-", delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
    except OSError as error:
        raise unwritten(error, path.name) from error
