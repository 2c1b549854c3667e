"""Turn one case into the bytes of one document, without a folder."""

from __future__ import annotations

from pemdocs.building.jobs import why_not
from pemdocs.building.outcome import Skipped
from pemdocs.checking.examination import Case, findings_on
from pemdocs.data.dataset import named
from pemdocs.model import PemdocsError
from pemdocs.page.view import View
from pemdocs.project import kinds
from pemdocs.project.settings import versions_of
from pemdocs.writing import make


def render(kind: str, case: Case, language: str = "", format: str = "pdf") -> bytes:
    """The document of a kind about a case, as bytes: what ``build`` would write into a file.

    ``case`` comes from a report, ``language`` is one or two (``fr``, ``fr+nl``; default: the programme's first),
    ``format`` is ``pdf`` or ``docx``::

        report = pemdocs.check("my-cohort")
        charter = pemdocs.render("partnership-charter", report.case("P-07"), "fr+nl", "docx")

    Raises ``PemdocsError``: ``unknown-kind``, ``unknown-format``, ``unknown-language``, ``other-table`` where the kind
    is about other records, ``case-faulty`` where the data of the case have errors, ``case-incomplete`` where the kind
    needs what is not filled in, and whatever keeps the document from being made.
    """
    linked, report = case.linked, case.report
    templates = linked.dataset.programme.templates
    wanted = kinds.load(kind, templates)
    if wanted.role:
        raise PemdocsError("unknown-kind", kind=kind, known=", ".join(kinds.available(templates)))
    if format not in wanted.formats:
        raise PemdocsError("unknown-format", format=format, known=", ".join(wanted.formats))
    if linked.record.table != wanted.table:
        raise PemdocsError("other-table", kind=kind, case=named(linked), table=wanted.table)
    refused = why_not(wanted, linked, report)
    if refused is not None:
        raise _refusal(refused, kind)
    profile = linked.dataset.programme
    version = wanted.versions(versions_of(language or profile.languages[0], profile))
    findings = findings_on(linked, report, wanted, version) if wanted.faulty else ()
    page = make.laid_out(View(wanted, linked, version, findings))
    if isinstance(page, PemdocsError):
        raise page
    [made] = make.make_all([make.job(wanted, linked.record.id, page, format)])
    if isinstance(made, PemdocsError):
        raise made
    return made[0]


def _refusal(reason: Skipped, kind: str) -> PemdocsError:
    if reason.code == "case-has-errors":
        return PemdocsError("case-faulty", kind=kind, case=reason.case, **reason.facts)
    missing = reason.facts["missing"]
    told = ", ".join(missing) if isinstance(missing, tuple) else str(missing)
    return PemdocsError("case-incomplete", kind=kind, case=reason.case, missing=told)
