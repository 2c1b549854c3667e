"""Turn what keeps a page from being laid out into a fault with its file, its line and the nearest name.

What a template has wrong is its author's to mend; only what no template explains is a fault of the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pemdocs.model import Finding, PemdocsError, Severity
from pemdocs.page.proofreading.flaws import Place, as_fault
from pemdocs.page.proofreading.kind import house, proofs
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme
from pemdocs.resources import Templates
from pemdocs.words.sandbox import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

PLACED = {
    "audience": ("template-audience",),
    "wording-missing": ("template-unsaid", "template-sentence", "template-language"),
    "logo-missing": ("template-logo",),
    "chart-unknown": ("template-chart",),
    "layout-unknown-element": ("template-element",),
}
"""The faults of a layout that reading its templates may place, with the findings that do."""


EXPLAINED: tuple[tuple[type[Exception], tuple[str, ...]], ...] = (
    (etree.XMLSyntaxError, ("template-mark", "template-unclosed", "template-unopened", "template-entity")),
    (TemplateSyntaxError, ("template-syntax", "template-open", "template-tag")),
    (TemplateNotFound, ("template-file", "template-import")),
)
"""What reading the templates finds where these are raised."""


def located(error: Exception, kind: Kind, programme: Programme) -> PemdocsError:
    """The fault that an error of laying out a page is, as near to its cause as the templates tell."""
    if kind.by_word:  # a Word file has its own places
        return (
            error if isinstance(error, PemdocsError) else PemdocsError("document-failed", reason=type(error).__name__)
        )
    place = _place(error, kind.templates)
    if isinstance(error, PemdocsError):
        return _of_fault(error, place, kind, programme)
    found = _proofs(kind, programme)
    told = _there(found, place) or next((each for each in found if each.code in _codes(error)), None)
    if told is None and not isinstance(error, etree.XMLSyntaxError | UndefinedError | TemplateError) and place is None:
        return PemdocsError("document-failed", reason=type(error).__name__)
    return as_fault(told) if told else _plain(error, place or Place(kind.templates.missing(f"{kind.id}/page.html"), 0))


def _of_fault(fault: PemdocsError, place: Place | None, kind: Kind, programme: Programme) -> PemdocsError:
    """The same fault with a place, where the templates tell one."""
    own = fault.facts.get("file")
    if fault.code.startswith("template-"):
        told = _there(_proofs(kind, programme), Place(str(own), _line(fault.facts.get("line"))))
        return as_fault(told) if told else fault
    if fault.code in PLACED:
        named = str(fault.facts.get("key") or fault.facts.get("element") or fault.facts.get("field") or "")
        there = [each for each in _proofs(kind, programme) if each.code in PLACED[fault.code]]
        exact = [each for each in there if str(each.facts.get("found")) == named.rpartition(".")[2] or not named]
        if told := next(iter([*exact, *there]), None):
            return as_fault(told)
    if place is not None and own is None:
        return PemdocsError(fault.code, **{**fault.facts, "file": place.file, "line": place.line})
    return fault


def _line(value: object) -> int:
    return value if isinstance(value, int) else 0


def _proofs(kind: Kind, programme: Programme) -> list[Finding]:
    """The errors in the templates of a kind; none where they cannot be read at all."""
    try:
        found = [*proofs(kind, programme), *house(kind.templates, programme)]
    except PemdocsError:
        return []
    return [each for each in found if each.severity is Severity.ERROR]


def _there(found: list[Finding], place: Place | None) -> Finding | None:
    """The error at a place."""
    at = [each for each in found if place is not None and (each.file, each.line) == place]
    return next(iter(at), None)


def _codes(error: Exception) -> tuple[str, ...]:
    """The findings that explain an error which does not know its line, or knows another one."""
    return next((codes for sort, codes in EXPLAINED if isinstance(error, sort)), ())


def _place(error: BaseException, templates: Templates) -> Place | None:
    """The innermost line of a template that was being run."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Place(templates.shown(Path(error.filename)), error.lineno)
    return next(reversed(list(_frames(error, templates))), None)


def _frames(error: BaseException, templates: Templates) -> Iterator[Place]:
    at = error.__traceback__
    while at is not None:
        if (name := at.tb_frame.f_code.co_filename).endswith(".html"):
            yield Place(templates.shown(Path(name)), at.tb_lineno)
        at = at.tb_next


def _plain(error: Exception, place: Place) -> PemdocsError:
    """What is known of an error that reading the templates does not explain."""
    facts: dict[str, object] = {"file": place.file, "line": place.line}
    if isinstance(error, TemplateNotFound):
        return PemdocsError("template-import", **facts, found=str(error.name))
    if isinstance(error, TemplateSyntaxError):
        return PemdocsError("template-syntax", **facts)
    if isinstance(error, UndefinedError):
        names = re.findall(r"'(\w+)'", str(error.message))
        return PemdocsError("template-undefined", **facts, found=names[-1] if names else "")
    if isinstance(error, etree.XMLSyntaxError):
        tags = re.search(r"mismatch: (\w+) .* and (\w+)", str(error.msg))
        return PemdocsError("template-mark", **facts, found=f"<{tags[1]}> … </{tags[2]}>" if tags else "")
    return PemdocsError("template-failed", **facts, reason=type(error).__name__)
