"""Copy a kind that is shipped into a project's own templates, to start from."""

from __future__ import annotations

from pathlib import Path

from pemdocs.model import PemdocsError
from pemdocs.project import kinds, placing
from pemdocs.project.settings import TEMPLATES, templates_in
from pemdocs.resources import inside


def copy_template(kind: str, folder: Path | str = ".") -> tuple[Path, ...]:
    """Copy the files of a kind into ``templates/KIND`` of a project folder; returns the paths that were written.

    What is there already stays as it is. Raises ``PemdocsError``: ``unknown-kind``, ``not-found`` where there is no
    such folder, ``template-there`` where nothing is left to copy, and those of ``placing.unwritten``.
    """
    folder = Path(folder)
    templates, _, _ = templates_in(folder)
    kinds.load(kind, templates)
    written = []
    for source in reversed(templates.folders(kind)):
        for path in sorted(inside(source)):
            target = folder / TEMPLATES / kind / path.relative_to(source)
            if target.exists() and target not in written:
                continue
            try:
                placing.put(target, path.read_bytes())
            except OSError as error:
                raise placing.unwritten(error, f"{TEMPLATES}/{kind}/{path.name}") from error
            written.append(target)
    if not written:
        raise PemdocsError("template-there", file=f"{TEMPLATES}/{kind}", found=kind)
    return tuple(dict.fromkeys(written))
