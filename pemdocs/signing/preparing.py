"""Turn a case into the version of a document that is to be signed: written once, never made again."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pemdocs.checking.examination import Report, at_fault, examine
from pemdocs.checking.signed import AMENDED, by_hand
from pemdocs.consent import consents
from pemdocs.data.cleaning import identifier
from pemdocs.data.dataset import Linked, named, told_day
from pemdocs.facts import signatures
from pemdocs.model import Amends, Page, PemdocsError
from pemdocs.page import kept
from pemdocs.page.reads import Notes, listening
from pemdocs.page.view import View
from pemdocs.project import kinds, lock, signed
from pemdocs.project.kinds import Kind
from pemdocs.project.manifest import digest
from pemdocs.project.settings import Languages, Project, open_project, versions_of
from pemdocs.project.signed import Frozen
from pemdocs.signing import coded
from pemdocs.signing.marking import fields, marked
from pemdocs.writing import make

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Signs of a check: none that are taken for another."""

LENGTH = 8
AMENDS = {document: amendment for amendment, document in AMENDED.items()}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be prepared: of which project and data, about which case, in which languages."""

    project: Project
    report: Report
    case: Linked
    languages: Languages
    data: bool
    apart: bool


def prepare(
    target: Path | str, case: str, *, kind: str = "", language: str = "", data: bool = False, apart: bool = False
) -> Frozen:
    """Write the version of a document about a case that is to be signed, with a field for each signature.

    ``kind`` is by default the first of the programme that is signed and is about such a case. What is prepared already
    and says something else by now becomes an amendment once somebody has signed, and a new version before. With
    ``data`` the values travel inside the file, but for restricted and personal ones; else only a mark of them does.
    ``apart`` adds a page of signatures at the end, for services that put what they make onto one.
    Raises ``PemdocsError``: ``unknown-case``, ``unknown-kind``, ``sign-nobody`` where the kind is not signed,
    ``sign-own-template``, ``case-faulty``, ``case-incomplete``, ``sign-current`` where nothing has changed since the
    last version, ``sign-no-field`` where the page has no line for a signatory, and those of ``signed.keep``.
    """
    project = open_project(Path(target))
    with lock.held(project.folder / signed.FOLDER):
        report = examine(project)
        linked = report.case(identifier(case)).linked
        wanted = _kind(project, linked, kind)
        version = wanted.versions(versions_of(language, project.programme) if language else project.languages[0])
        return _prepared(_Asked(project, report, linked, version, data, apart), wanted)


def _kind(project: Project, case: Linked, written: str) -> Kind:
    templates = project.programme.templates
    offered = [kinds.load(each, templates) for each in kinds.meant((), project.programme.kinds, templates)]
    if written:
        [name] = kinds.meant((written,), project.programme.kinds, templates)[:1]
        found = kinds.load(name, templates)
    else:
        fitting = (each for each in offered if each.signatories and each.table == case.record.table)
        found = next(fitting, offered[0])
    if not found.signatories or found.table != case.record.table:
        raise PemdocsError("sign-nobody", kind=found.id, case=named(case))
    if found.by_word:
        raise PemdocsError("sign-own-template", kind=found.id)
    return found


def _prepared(asked: _Asked, kind: Kind) -> Frozen:
    chain = versions_about(asked.project.folder, kind.id, asked.case.record.id, asked.languages)
    base = next((each for each in reversed(chain) if _signed_by_anyone(asked.case, each)), None)
    if chain and not (changed := tuple(_changes(asked, chain[-1]))):
        last = chain[-1]
        raise PemdocsError("sign-current", case=last.case, version=last.version, file=Path(last.path).name)
    amendment = AMENDS.get(kind.id) if base is not None else None
    if amendment:
        kind = kinds.load(amendment, kind.templates)
        changed = tuple(_changes(asked, base)) if base else changed
    amends = _amends(base, changed) if amendment and base else None
    number = chain[-1].version + 1 if chain else 1
    frozen, files = _frozen(asked, kind, number, amends, [kept_ for each in (base,) if each for kept_ in each.values])
    signed.keep(asked.project.folder, frozen, *files)
    _enter(asked, frozen, [each for each in chain if base is None or each.version > base.version])
    return frozen


def versions_about(folder: Path, kind: str, case: str, languages: Languages) -> tuple[Frozen, ...]:
    """The versions of a document about a case in these languages, its amendments among them, by their numbers."""
    family = {kind, AMENDS.get(kind, kind), AMENDED.get(kind, kind)}
    found = (each for each in signed.versions(folder) if each.kind in family and each.case == case)
    return tuple(sorted((each for each in found if each.languages == languages), key=lambda each: each.version))


def _signed_by_anyone(case: Any, frozen: Frozen) -> bool:
    told = (each for each in case.signatures if each.document == frozen.kind)
    return any(each.state == signatures.SIGNED and signatures.version(each) == frozen.version for each in told)


def _changes(asked: _Asked, frozen: Frozen) -> Sequence[kept.Changed]:
    hand = by_hand(frozen, asked.project.programme.templates)
    return tuple(kept.changes(frozen, asked.report.dataset, hand))


def _amends(base: Frozen, changed: Sequence[kept.Changed]) -> Amends:
    day = consents.today().fromisoformat(base.on)
    return Amends(base.version, day, tuple((each.record, each.field.name, each.language, each.was) for each in changed))


def _frozen(
    asked: _Asked, kind: Kind, number: int, amends: Amends | None, before: Sequence[kept.Kept]
) -> tuple[Frozen, tuple[bytes, bytes]]:
    """The account of a version and its files. What an amendment does not print holds as it was signed before."""
    _possible(asked, kind)
    _whole(asked, kind)
    notes, salt, case = Notes(asked.report.dataset), secrets.token_hex(16), asked.case.record.id
    with listening(notes):
        page = make.laid_out(View(kind, asked.case, asked.languages, amends=amends))
    if not isinstance(page, Page):
        raise page if isinstance(page, PemdocsError) else PemdocsError("sign-own-template", kind=kind.id)
    dating = Notes(asked.report.dataset)
    with listening(dating):
        told_day(asked.case, kind.audience)
    values = kept.renewed(before, asked.report.dataset, salt) if amends else ()
    values = kept.merged(values, kept.values(notes, dating, asked.languages, salt))
    mark = kept.mark(values)
    check = _check(kind.id, case, str(number), *asked.languages, mark, salt)
    people = signatures.signatories(kind, asked.case)
    account = _account(asked, kind, number, check, mark, values)
    paper = marked(page, people, number, case, coded.code(case, number, check), account, apart=asked.apart)
    if len(fields(paper)) < len(people):
        raise PemdocsError("sign-no-field", kind=kind.id)
    pdf, word = _made(kind, case, paper)
    path = signed.place(kind.id, case, kind.file.format(case=case), number, asked.languages)
    frozen = Frozen(
        kind=kind.id,
        case=case,
        version=number,
        languages=asked.languages,
        path=f"{path}.pdf",
        sha256=digest(pdf.content),
        size=len(pdf.content),
        pages=pdf.pages or 0,
        on=consents.today().isoformat(),
        check=check,
        digest=mark,
        signatories=tuple(each.record.id for each in people),
        values=values,
        salt=salt,
        word=f"{path}.docx",
        word_sha256=digest(word.content),
    )
    return frozen, (pdf.content, word.content)


def _whole(asked: _Asked, kind: Kind) -> None:
    """Refuse to prepare a draft: a paper of which a text is not written in each of its languages."""
    lacking = next(kinds.unwritten(kind, asked.case, asked.languages), None)
    if lacking:
        record, name, each = lacking
        place = f"{record.record.sheet}!{record.record.place(name, each)}"
        raise PemdocsError("sign-draft", case=named(asked.case), place=place, language=each)


def _possible(asked: _Asked, kind: Kind) -> None:
    faulty = at_fault(asked.case, asked.report.faulty, kind)
    if faulty:
        places = sorted(f"{sheet}:{row}" for _, sheet, row in faulty)
        facts = {"count": len(places), "places": ", ".join(places[:5])}
        raise PemdocsError("case-faulty", kind=kind.id, case=named(asked.case), **facts)
    missing = kinds.lacking(kind, asked.case)
    if missing:
        raise PemdocsError("case-incomplete", kind=kind.id, case=named(asked.case), missing=", ".join(missing))


def _made(kind: Kind, case: str, paper: Page) -> tuple[make.Made, make.Made]:
    found = make.make_all([make.job(kind, case, paper, format) for format in ("pdf", "docx")])
    for each in found:
        if isinstance(each, PemdocsError):
            raise each
    pdf, word = (each for each in found if isinstance(each, make.Made))
    return pdf, word


def _account(asked: _Asked, kind: Kind, number: int, check: str, mark: str, values: Sequence[kept.Kept]) -> bytes:
    told: dict[str, Any] = {
        "program": "pemdocs",
        "kind": kind.id,
        "case": asked.case.record.id,
        "version": number,
        "languages": asked.languages,
        "check": check,
        "digest": mark,
    }
    if asked.data:
        told["values"] = kept.told(tuple(values))
    return json.dumps(told, indent=1, ensure_ascii=False).encode()


def _check(*parts: str) -> str:
    number = int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8], "big")
    return "".join(SIGNS[number >> 5 * place & 31] for place in range(LENGTH))


def _enter(asked: _Asked, frozen: Frozen, replaced: Sequence[Frozen]) -> None:
    """Enter who is to sign, and that versions that nobody has signed are replaced."""
    about = {"partnerships": "partnership", "stays": "stay"}[asked.case.record.table]
    told = [(frozen, signatures.SIGN), *((each, signatures.REPLACED) for each in replaced)]
    rows = [
        {about: each.case, "document": each.kind, "version": each.version, "signatory": who, "state": state}
        for each, state in told
        for who in each.signatories
    ]
    signed.enter(asked.project.folder, rows)
