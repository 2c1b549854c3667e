"""Turn results into what people and programs read."""

from __future__ import annotations

from pemdocs.cli.report.programs import as_json, as_sarif, build_as_json, of_lint_as_json
from pemdocs.cli.report.templates import of_preview, of_template
from pemdocs.cli.report.text import (
    Shown,
    as_text,
    fault,
    made_project,
    of_build,
    of_extending,
    of_lint,
    of_marking,
    word,
)

__all__ = [
    "Shown",
    "as_json",
    "as_sarif",
    "as_text",
    "build_as_json",
    "fault",
    "made_project",
    "of_build",
    "of_extending",
    "of_lint",
    "of_lint_as_json",
    "of_marking",
    "of_preview",
    "of_template",
    "word",
]
