"""Turn results into what programs read: JSON of the shapes in ``schemas/reports``, and SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pemdocs import __version__
from pemdocs.building import Built, Skipped
from pemdocs.building.outcome import Outcome
from pemdocs.building.telling import plain
from pemdocs.model import Finding
from pemdocs.words import speech

if TYPE_CHECKING:  # what is told of a build in which nothing has changed needs no check
    from pemdocs.checking.examination import Report
    from pemdocs.checking.linting import Linted
    from pemdocs.checking.upcoming import Upcoming

SCHEMA_VERSION = 1
SARIF_VERSION = "2.1.0"
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(found: Report, lang: str, left_out: int = 0, soon: Sequence[Upcoming] = ()) -> str:
    """The report of a check; its shape is ``schemas/reports/check.json``."""
    shape = {
        "schema_version": SCHEMA_VERSION,
        "counts": dict(found.counts),
        "left_out": left_out,
        "findings": [finding_as_plain(finding, lang) for finding in found.findings],
        "upcoming": [_upcoming(each) for each in soon],
    }
    return _written(shape)


def build_as_json(built: Built, lang: str) -> str:
    """The report of a build; its shape is ``schemas/reports/build.json``."""
    states = Counter(each.state for each in built.outcomes)
    shape = {
        "schema_version": SCHEMA_VERSION,
        "out": str(built.out),
        "states": dict(sorted(states.items())),
        "documents": [_outcome(each, lang) for each in built.outcomes],
        "skipped": [_skipped(each) for each in built.skipped],
        "counts": dict(built.counts),
        "findings": [finding_as_plain(finding, lang) for finding in built.findings],
    }
    return _written(shape)


def as_sarif(found: Report, lang: str, workbook: str) -> str:
    """The findings of a check as SARIF, which editors and code hosts show."""
    rules = [{"id": code} for code in sorted({finding.code for finding in found.findings})]
    driver = {"name": "pemdocs", "version": __version__, "rules": rules}
    results = [_result(finding, lang, workbook) for finding in found.findings]
    run = {"tool": {"driver": driver}, "results": results}
    return _written({"$schema": SARIF_SCHEMA, "version": SARIF_VERSION, "runs": [run]})


def of_lint_as_json(found: Linted, lang: str) -> str:
    """The same for programs; its shape is described in ``docs/report.md``."""
    findings = [
        {
            "code": each.code,
            "severity": each.severity.value,
            "file": each.file,
            "line": each.line,
            "message": speech.message(each, lang),
            "remedy": speech.remedy(each, lang),
        }
        for each in found.findings
    ]
    return json.dumps({"schema_version": SCHEMA_VERSION, "findings": findings}, indent=2, ensure_ascii=False)


def _written(shape: dict[str, Any]) -> str:
    return json.dumps(shape, indent=2, ensure_ascii=False)


def finding_as_plain(finding: Finding, lang: str) -> dict[str, str]:
    """A finding with its message and remedy in the language of the speech."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "table": finding.table,
        "field": finding.field,
        "record": finding.record,
        "message": speech.message(finding, lang),
        "remedy": speech.remedy(finding, lang),
        "source": finding.source,
    }


def _upcoming(each: Upcoming) -> dict[str, Any]:
    fields = [{"table": name.table, "field": name.field} for name in each.fields]
    return {"case": each.case, "stage": each.stage, "count": each.count, "fields": fields}


def _outcome(each: Outcome, lang: str) -> dict[str, Any]:
    fault = speech.fault(each.fault, lang) if each.fault else ""
    reasons = [plain(reason, lang) for reason in each.reasons]
    return {"path": each.path, "state": each.state, "fault": fault, "reasons": reasons}


def _skipped(each: Skipped) -> dict[str, Any]:
    missing = each.facts.get("missing")
    listed = [str(path) for path in missing] if isinstance(missing, tuple | list) else []
    return {"kind": each.kind, "case": each.case, "why": each.code, "wrong": each.wrong, "missing": listed}


def _result(finding: Finding, lang: str, workbook: str) -> dict[str, Any]:
    text = f"{speech.message(finding, lang)} → {speech.remedy(finding, lang)}"
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": workbook}}}
    if finding.sheet:
        cell = f"!{finding.cell}" if finding.cell else ""
        place["logicalLocations"] = [{"fullyQualifiedName": f"{finding.sheet}{cell}", "kind": "member"}]
    return {
        "ruleId": finding.code,
        "level": finding.severity.value,
        "message": {"text": text},
        "locations": [place],
    }
