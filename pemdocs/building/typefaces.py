"""Turn the themes of a project into findings for each typeface that this computer does not have."""

from __future__ import annotations

from collections.abc import Iterator

from pemdocs.model import Finding, PemdocsError, Severity
from pemdocs.resources import Templates
from pemdocs.writing import engine

THEMES = ("theme.toml", "theme-two.toml")


def missing(templates: Templates) -> Iterator[Finding]:
    """A finding for each family of a PDF that is named in the project's own themes and not there; where it is named.

    What is shipped names only what is shipped. Where pages cannot be laid out at all there is none.
    """
    if not templates.own or not engine.starts():
        return
    known = {family: engine.has_typeface(family) for _, _, family in _named(templates)}
    for path, font, family in _named(templates):
        if not known[family]:
            file, line = templates.place(path, "font", font)
            yield Finding("typeface-missing", Severity.WARNING, file=file, line=line, facts={"found": family})


def _named(templates: Templates) -> Iterator[tuple[str, str, str]]:
    """Each family for PDFs: the theme, the entry, its name."""
    for theme in THEMES:
        for kind in templates.names(f"*/{theme}"):
            yield from _families(templates, f"{kind}/{theme}")


def _families(templates: Templates, path: str) -> Iterator[tuple[str, str, str]]:
    try:
        fonts = templates.table(path).get("font", {})
    except PemdocsError:  # whose fault is told where themes are read
        return
    for font, names in fonts.items():
        if isinstance(names, dict) and isinstance(names.get("pdf"), str):
            yield path, font, names["pdf"]
