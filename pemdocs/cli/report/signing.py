"""Turn what was prepared, signed, scanned and verified into what people and programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pemdocs.cli.report.text import word, wrapped
from pemdocs.model import FieldName
from pemdocs.project import kinds
from pemdocs.project.settings import open_project
from pemdocs.resources import SHIPPED, Templates
from pemdocs.words import speech

if TYPE_CHECKING:
    from pemdocs.project.signed import Frozen
    from pemdocs.signing.checking import Signature
    from pemdocs.signing.electronic import Signed
    from pemdocs.signing.paper import Paper, Pile, Sheet
    from pemdocs.signing.states import State
    from pemdocs.signing.verifying import Verdict

SCHEMA_VERSION = 1


def _title(kind: str, lang: str, templates: Templates = SHIPPED) -> str:
    return kinds.title(kind, lang, templates)


def of_prepared(made: Frozen, lang: str) -> str:
    """That a version is written, where, and who is to sign it."""
    facts = {"document": _title(made.kind, lang), "case": made.case, "version": made.version}
    return word("sign-prepared", lang, **facts, path=made.path, known=", ".join(made.signatories))


def of_signed(made: Signed, lang: str) -> str:
    """That somebody has signed, and plainly what that is worth."""
    worth = word(f"sign-worth-{made.level}", lang)
    claim = word("sign-qualified" if made.claims_qualified else "sign-not-qualified", lang)
    said = word("sign-made", lang, who=made.field, case=made.frozen.case, version=made.frozen.version, path=made.path)
    return "\n".join([said, *wrapped(worth, 0), *wrapped(claim, 0)])


def of_marked(case: str, people: Sequence[str], state: str, lang: str) -> str:
    """What was entered in the register."""
    return word("sign-entered", lang, case=case, known=", ".join(people), state=word(f"sign.{state}", lang))


def of_unsigned(found: Sequence[State], target: Path, lang: str, *, remind: bool) -> str:
    """Who has not signed yet, by cohort; below each a reminder in their language, where that is asked for."""
    if not found:
        return word("sign-all", lang)
    templates = open_project(Path(target)).programme.templates
    lines = []
    for cohort, some in groupby(found, lambda each: each.cohort):
        lines += [word("sign-cohort", lang, cohort=cohort)]
        lines += [line for each in some for line in _waiting(each, lang, templates, remind=remind)]
    return "\n".join(lines)


def _waiting(each: State, lang: str, templates: Templates, *, remind: bool) -> Iterator[str]:
    yield f"  {line_of(each, lang, templates)}"
    if remind:
        from pemdocs.signing.states import reminder

        yield from (
            f"      {line}" for line in wrapped(reminder(each, _title(each.document, each.language, templates)), 6)
        )


def line_of(each: State, lang: str, templates: Templates) -> str:
    """A signature in a line: which paper, whose, how far, since when."""
    facts = {"document": _title(each.document, lang, templates), "case": each.case, "version": each.version}
    return word("sign-line", lang, **facts, who=each.signatory, state=word(f"sign.{each.state}", lang), day=each.on)


def of_pile(pile: Pile, lang: str) -> str:
    """Which papers lie in a pile of scans, which pages are missing or there twice, and what belongs to none."""
    lines = [line for each in pile.papers for line in _paper(each, lang)]
    lines += [word("sign-foreign", lang, **_place(each)) for each in pile.foreign]
    lines += [word("sign-without", lang, **_place(each)) for each in pile.without]
    lines += [f"{path.name}: {speech.fault(fault, lang)}" for path, fault in pile.unread]
    return "\n".join(lines or [word("sign-nothing", lang)])


def _paper(each: Paper, lang: str) -> Iterator[str]:
    frozen = each.frozen
    facts = {"document": _title(frozen.kind, lang), "case": frozen.case, "version": frozen.version}
    yield word("sign-found", lang, **facts, count=len(each.sheets), pages=frozen.pages)
    if each.missing:
        yield "  " + word("sign-missing", lang, pages=", ".join(map(str, each.missing)))
    if each.doubled:
        yield "  " + word("sign-doubled", lang, pages=", ".join(map(str, each.doubled)))
    if each.outdated:
        yield "  " + word("sign-outdated", lang)


def _place(each: Sheet) -> dict[str, Any]:
    return {"file": each.file.name, "page": each.number, "case": each.said.case if each.said else ""}


def of_question(found: Paper, lang: str) -> str:
    """Which paper the questions that follow are about."""
    facts = {"case": found.frozen.case, "version": found.frozen.version}
    return word("sign-question", lang, document=_title(found.frozen.kind, lang), **facts)


def of_placed(found: Paper, path: str, who: Sequence[str], day: date | None, lang: str) -> str:
    """Where a scan was put, and what was entered of it."""
    return word("sign-placed", lang, case=found.frozen.case, path=path, known=", ".join(who), day=day)


def verdicts_as_text(found: Sequence[Verdict], lang: str) -> str:
    """What each file is and what it is worth, a line for each thing that is to be known."""
    return "\n\n".join("\n".join(_verdict(each, lang)) for each in found)


def _verdict(each: Verdict, lang: str) -> Iterator[str]:
    facts = {"document": _title(each.kind, lang) if each.kind else "", "case": each.case, "version": each.version}
    yield f"{each.file.name}: {word(f'verify-{each.sort}', lang, **facts)}"
    if each.sort == "foreign":
        return
    if each.pages:
        yield "  " + word("verify-pages", lang, pages=", ".join(map(str, each.pages)), count=each.of)
    else:
        yield "  " + word(f"verify-bytes-{each.content}", lang)
    yield "  " + word(f"verify-data-{each.data}" if each.sort != "document" else "verify-see-status", lang)
    for field in each.stale:
        yield "    " + _stale(field, lang)
    if each.outdated:
        yield "  " + word("sign-outdated", lang)
    for signature in each.signatures:
        yield "  " + _signature(signature, lang)


def _stale(changed: Any, lang: str) -> str:
    place = f"{changed.record.sheet}!{changed.record.place(changed.field.name, changed.language)}"
    return f"{place}: {speech.label(FieldName(changed.field.table, changed.field.name), lang)}"


def _signature(each: Signature, lang: str) -> str:
    who = word("sign-seal", lang) if each.field == "seal" else each.field
    claim = word("sign-claims", lang) if each.qualified else ""
    return word(f"verify-signature-{each.state}", lang, who=who, day=each.on, level=each.level, claim=claim)


def verdicts_as_json(found: Sequence[Verdict], lang: str) -> str:
    """The same for programs; the shape is described in ``docs/report.md``."""
    shape = {"schema_version": SCHEMA_VERSION, "files": [_plain(each, lang) for each in found]}
    return json.dumps(shape, indent=2, ensure_ascii=False)


def _plain(each: Verdict, lang: str) -> dict[str, Any]:
    return {
        "file": each.file.name,
        "sort": each.sort,
        "kind": each.kind,
        "case": each.case,
        "version": each.version,
        "bytes": each.content,
        "data": each.data,
        "stale": [
            {"table": one.field.table, "field": one.field.name, "record": one.record.id, "message": _stale(one, lang)}
            for one in each.stale
        ],
        "outdated": each.outdated,
        "pages": list(each.pages),
        "signatures": [
            {
                "field": one.field,
                "state": one.state,
                "on": one.on.isoformat() if one.on else None,
                "level": one.level,
                "claims_qualified": one.qualified,
                "message": _signature(one, lang),
            }
            for one in each.signatures
        ],
    }
