"""Tell what in a PDF would act or carries other files: all of it stays behind when its pages are placed anew."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, Stream

from pemdocs.scans import fields, streams
from pemdocs.scans.result import Treatment

HARMLESS = frozenset({"/GoTo", "/Named", "/GoTo3DView", "/SetOCGState", "/Hide"})
"""Actions that only move about in the document."""

SCRIPTS = frozenset({"/JavaScript"})


def told(pdf: Pdf) -> list[Treatment]:
    """The scripts, actions and embedded files of a PDF, counted. Portfolios are unpacked before."""
    actions = [kind for each in _holders(pdf) for kind in _actions(each)]
    scripts = sum(kind in SCRIPTS for kind in actions) + len(list(_named(pdf, "/JavaScript")))
    others = sum(kind not in SCRIPTS | HARMLESS for kind in actions)
    counts = {"scripts-removed": scripts, "actions-removed": others, "embedded-files-removed": len(embedded(pdf))}
    return [Treatment(code, {"count": count}) for code, count in counts.items() if count]


def embedded(pdf: Pdf) -> list[Object]:
    """The file specifications of the files in a PDF: those of the document by name, then those on the pages."""
    notes = [note["/FS"] for note in _annotations(pdf) if note.get("/Subtype") == Name.FileAttachment and "/FS" in note]
    return [each for each in (*_named(pdf, "/EmbeddedFiles"), *notes) if isinstance(each, Dictionary) and "/EF" in each]


def _named(pdf: Pdf, tree: str) -> Iterator[Object]:
    names = pdf.Root.get("/Names")
    found = names.get(tree) if isinstance(names, Dictionary) else None
    if isinstance(found, Dictionary):
        try:
            yield from list(NameTree(pdf.make_indirect(found)).values())
        except Exception:  # a broken tree names nothing that could be found
            return


def _annotations(pdf: Pdf) -> Iterator[Object]:
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        yield from (each for each in notes if isinstance(each, Dictionary)) if isinstance(notes, Array) else ()


def _holders(pdf: Pdf) -> Iterator[Object]:
    yield pdf.Root
    yield from (page.obj for page in pdf.pages)
    yield from _annotations(pdf)
    # A field that is apart from what shows it has its scripts of its own.
    yield from (field for field in fields.every(pdf) if "/Subtype" not in field)


def _actions(holder: Object) -> Iterator[str]:
    more = holder.get("/AA")
    slots = [holder.get("/OpenAction"), holder.get("/A"), *(more.values() if isinstance(more, Dictionary) else ())]
    for action in slots:
        if isinstance(action, Dictionary | Stream) and "/S" in action:
            yield "/JavaScript" if "/JS" in action else streams.word(action["/S"])
