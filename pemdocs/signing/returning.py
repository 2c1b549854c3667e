"""Turn a file that comes back signed electronically into the copy that the project keeps, and enter who has signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pemdocs.consent import consents
from pemdocs.facts import signatures
from pemdocs.model import PemdocsError
from pemdocs.project import lock, signed
from pemdocs.project.manifest import digest
from pemdocs.project.settings import open_project
from pemdocs.project.signed import Frozen
from pemdocs.signing import papers
from pemdocs.signing.checking import Signature, signatures_of


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: of which version, where it is kept, who has signed by now."""

    frozen: Frozen
    path: str
    people: tuple[str, ...]


def signed_electronically(content: bytes) -> bool:
    """Whether a file is a PDF that bears a signature, whatever it is worth."""
    return b"%PDF-" in content[:1024] and b"/ByteRange" in content


def receive(target: Path | str, content: bytes) -> Returned:
    """Keep a PDF that somebody has signed with a program or a service of their own, and enter their signatures.

    It must be a version of this project with nothing changed but signatures added, and hold those that were there
    before. Raises ``PemdocsError``: ``sign-foreign-file`` for what is no such version, ``sign-broken`` where a
    signature is not good, ``sign-behind`` where one that the project has already is not in it, ``sign-extra-missing``.
    """
    project = open_project(Path(target))
    with lock.held(project.folder / signed.FOLDER):
        frozen = _version(signed.versions(project.folder), content)
        found = signatures_of(content)
        ours = tuple(each for each in found if each.field in frozen.signatories)
        if not ours or not all(each.good for each in found):
            raise PemdocsError("sign-broken", case=frozen.case, version=frozen.version)
        if not content.startswith(papers.latest(project.folder, frozen)):
            raise PemdocsError("sign-behind", case=frozen.case, version=frozen.version)
        path = papers.copy(frozen, papers.SIGNED)
        papers.store(project.folder, path, content)
        table = papers.table_of(frozen, project.programme)
        signed.enter(project.folder, [papers.row(frozen, table, each.field, **_told(each, path)) for each in ours])
    return Returned(frozen, path, tuple(each.field for each in ours))


def _version(versions: tuple[Frozen, ...], content: bytes) -> Frozen:
    for each in versions:
        if len(content) > each.size and digest(content[: each.size]) == each.sha256:
            return each
    raise PemdocsError("sign-foreign-file")


def _told(each: Signature, path: str) -> dict[str, str]:
    day: date = each.on or consents.today()
    return {"state": signatures.SIGNED, "signed_on": day.isoformat(), "way": "electronic", "file": path}
