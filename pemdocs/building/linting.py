"""Turn a project, or one Word template, into everything that is wrong with its templates, without a build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pemdocs.building import typefaces
from pemdocs.checking import linting
from pemdocs.checking.linting import Linted
from pemdocs.model import Finding, PemdocsError
from pemdocs.project import programme as programmes
from pemdocs.project import settings
from pemdocs.project.programme import Programme
from pemdocs.writing.own import lint as own
from pemdocs.writing.own.lint import Examined

WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".rtf", ".odt")
"""What a file that is meant as a Word template ends in."""

HIGHEST = 4
"""So many folders above a template its project may lie: ``project/templates/kind/page.docx``, and one to spare."""


def lint(target: Path | str = "", table: str = "") -> Linted:
    """Check every layout, wording, theme, profile and Word template of a project; without a target what is shipped.

    A target that is a Word file is one template, about the records of ``table`` (else of its kind's, else guessed),
    held against the project in which it lies, else that of the working folder. Each finding has a ``file``, one in a
    text file a ``line``, one in a Word file its place among its facts: ``part``, ``paragraph`` or ``table``, ``row``
    and ``cell``, ``heading``, and the ``tag``::

        for finding in pemdocs.lint("attestation.docx", "people").findings:
            print(finding.facts["paragraph"], finding.facts["tag"], finding)

    Raises ``PemdocsError`` where the folder, its ``pemdocs.toml`` or the Word file cannot be read.
    """
    if is_word(target):
        return Linted(_findings(own.examine(Path(target), table, programme_of(Path(target)))), 1)
    found = project(target)
    return Linted((*found.findings, *(each for one in word_templates(target) for each in _findings(one))), found.kinds)


def project(target: Path | str = "") -> Linted:
    """The same without the Word templates."""
    found = linting.lint(target)
    own = () if target == "" else typefaces.missing(linting.readable(settings.templates_in(Path(target))[0]))
    return Linted((*found.findings, *own), found.kinds)


def _findings(examined: Examined) -> tuple[Finding, ...]:
    return tuple(flaw.finding for flaw in examined.flaws)


def is_word(target: Path | str) -> bool:
    """Whether a target is meant as one Word template."""
    return Path(target).suffix.lower() in WORD and not Path(target).is_dir()


def word_templates(target: Path | str) -> tuple[Examined, ...]:
    """The Word templates of a project, examined; one that cannot be opened has that as its flaw."""
    if target == "":
        return ()
    programme = _programme(Path(target))
    places = programme.templates.own
    paths = (path for place in places for path in sorted(place.glob("*/page*.docx")) if path.name[0] != "~")
    return tuple(_examined(path, programme) for path in paths)


def _examined(path: Path, programme: Programme) -> Examined:
    try:
        return own.examine(path, programme=programme)
    except PemdocsError as fault:
        return own.refused(path, fault, programme.templates)


def programme_of(template: Path) -> Programme:
    """The programme that a template is written for: of the project in which it lies, else of that where one works."""
    above = list(template.resolve().parents)[:HIGHEST]
    project = next((each for each in (*above, Path()) if (each / settings.FILE).is_file()), None)
    return programmes.load(programmes.available()[0]) if project is None else _programme(project)


def _programme(project: Path) -> Programme:
    """The programme of a project; the one that comes along, with the project's templates, where it cannot be read."""
    found, named, folder = settings.templates_in(project)
    templates = linting.readable(found)
    try:
        return programmes.load(named or programmes.available(templates)[0], folder, templates)
    except PemdocsError:  # whose fault is told where profiles are read
        return replace(programmes.load(programmes.available()[0]), templates=templates)
