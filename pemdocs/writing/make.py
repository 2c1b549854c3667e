"""Turn pages into files, several at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from pemdocs import resources
from pemdocs.model import Page, PemdocsError
from pemdocs.page import contents, gate, layout, versions
from pemdocs.page.proofreading import located
from pemdocs.page.view import View
from pemdocs.project import kinds, theme
from pemdocs.project.kinds import Kind
from pemdocs.project.theme import Theme
from pemdocs.resources import Templates
from pemdocs.writing import engine, fitting
from pemdocs.writing.crew import LATE, LIMIT, Common, Crew, within
from pemdocs.writing.own.finished import Merged

LITTLE = 0.65
"""The share of a last page under which it is tried to do without it."""


class Made(NamedTuple):
    """A file's content, its pages where they are known, and the foreign program that made it where one did.

    What a foreign program makes is not accessible (no PDF/UA).
    """

    content: bytes
    pages: int | None
    maker: str = ""


CARDS = "cards"
"""The format that is for social media, whatever the media of its note are."""

AT_ONCE = 25
"""Word files in one call of the converter, which costs as much as ten of them; one that hangs costs no others."""

HERE = Crew()
"""This process alone."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made: a page or what a Word template has made, a format, the path under the output folder."""

    path: str
    kind: str
    case: str
    format: str
    page: Page | Merged
    theme: Theme
    stylesheets: tuple[str, ...]
    consents: tuple[str, ...] = ()
    version: str = ""


def laid_out(view: View, limit: float = LIMIT) -> Page | Merged | PemdocsError:
    """The page of a view, or what a Word template makes of it, or what kept it from being laid out: no end, say."""
    try:
        with within(limit):
            if view.kind.by_word:
                return _merged(view)
            style, sheets = _of_kind(view.kind.id, view.kind.templates, len(view.languages) > 1)
            return gate.of_page(view, layout.lay_out(view, style), (*sheets, *_for_screens(view.kind)))
    except Exception as error:  # what is wrong with one document must not cost the others
        if isinstance(error, PemdocsError) and error.code == LATE:
            return error
        return located(error, view.kind, view.programme)


def _merged(view: View) -> Merged:
    from pemdocs.writing.own import merging  # python-docx and docxtpl take a moment

    path = view.kind.word(view.languages)
    if path is None:
        raise PemdocsError("own-no-language", kind=view.kind.id, version="-".join(view.languages))
    made = merging.merge(view, path, theme.of(view.templates, view.kind.id))
    gate.of_word(view, made.content, (made.title, made.author, made.subject))
    return made


def job(kind: Kind, case: str, page: Page | Merged, format: str, consents: tuple[str, ...] = ()) -> Job:
    """The document of a kind about a case, ready to be made; ``consents`` are those that it relies on."""
    path = kind.path(case, page.languages, format)
    if isinstance(page, Merged):
        return Job(path, kind.id, case, format, page, theme.of(kind.templates), (), consents, _version(kind, page))
    style, sheets = _of_kind(kind.id, kind.templates, len(page.languages) > 1)
    if format in SCREENS:
        version = versions.of_cards(page) if format == CARDS and page.version else page.version
        return Job(path, kind.id, case, format, page, style, SCREENS[format](kind), consents, version)
    painted = format == "pdf" or style.fit["pages"] or contents.has_lists(page.tree)
    return Job(path, kind.id, case, format, page, style, sheets if painted else (), consents, page.version)


def _version(kind: Kind, merged: Merged) -> str:
    """The code of a publication that a Word template has made."""
    return versions.of(merged.content) if gate.public(kind) else ""


@lru_cache(maxsize=256)
def _of_kind(kind: str, templates: Templates, two: bool) -> tuple[Theme, tuple[str, ...]]:
    """The theme and the stylesheets of a kind."""
    paths = kinds.load(kind, templates).stylesheets
    sheets = tuple(resources.text(path, templates.shown(path)) for path in paths)
    return theme.of(templates, kind, two=two), sheets


def fingerprint(job: Job) -> str:
    """What the document is made from, as one hash: words, data, layout, pictures, style, program."""
    page = job.page
    if isinstance(page, Merged):
        return _fingerprint_of_word(job, page)
    told = [
        resources.program(),
        job.format,
        page.title,
        page.author,
        page.subject,
        page.modified.isoformat(),
        *page.languages,
    ]
    told += [repr(_plain_theme(job.theme)), *job.stylesheets, *job.consents]
    told += _beside(page) if job.format in SCREENS else []
    told += _shared(page) if job.format == CARDS else []
    mark = hashlib.sha256("\0".join(told).encode() + layout.source(page))
    for name, content in sorted(page.pictures.items()):
        mark.update(name.encode() + b"\0" + content)
    return mark.hexdigest()


def _beside(page: Page) -> list[str]:
    """What a page carries beside its text, of which only some formats are made."""
    tables = (
        (source, each.name, each.title.parts, [head.parts for head in each.heads],
         [(label.parts, [value.parts for value in values]) for label, values in each.rows], each.narrow)
        for source, each in page.tables.items()
    )  # fmt: skip
    words = ((key, text.parts) for key, text in page.words.items())
    return [repr(each) for each in (*tables, *words, page.media)]


def _shared(page: Page) -> list[str]:
    """What of a page may go on social media."""
    shared = page.shared
    quotes = [(each.text.parts, each.who.parts) for each in shared.quotes]
    photographs = [(each.source, each.alt.parts, each.credit) for each in shared.photographs]
    fault = shared.fault.facts if shared.fault else None
    return [repr((shared.label.parts, shared.title.parts, shared.subtitle.parts, quotes, photographs, fault))]


def _fingerprint_of_word(job: Job, merged: Merged) -> str:
    """A PDF of it is made anew where another converter is found: it looks different."""
    from pemdocs.writing.own import converting

    maker = converting.maker() if job.format == "pdf" else ""
    told = [resources.program(), job.format, maker, *job.consents]
    return hashlib.sha256("\0".join(told).encode() + merged.content).hexdigest()


def make_all(jobs: Sequence[Job], crew: Crew = HERE) -> list[Made | PemdocsError]:
    """Make every document, in the order of the jobs; one that fails gives its fault and does not stop the others."""
    made = {id(job): each for job, each in make_each(jobs, crew)}
    return [made[id(job)] for job in jobs]


def make_each(jobs: Iterable[Job], crew: Crew) -> Iterator[tuple[Job, Made | PemdocsError]]:
    """The same of jobs that are given one after the other and taken as they are needed, in the order of their ends."""
    for by_word, some in groupby(jobs, key=lambda job: isinstance(job.page, Merged)):
        if by_word:
            yield from _of_word(some)
        else:
            yield from _of_pages(some, crew)


def _of_pages(jobs: Iterable[Job], crew: Crew) -> Iterator[tuple[Job, Made | PemdocsError]]:
    at_work: dict[int, Job] = {}

    def orders() -> Iterator[Order]:
        for number, job in enumerate(jobs):
            if isinstance(job.page, Page):
                at_work[number] = job
                yield _order(job, job.page)

    for number, made in crew.results(_make, orders()):
        yield at_work.pop(number), made


def _of_word(jobs: Iterable[Job]) -> Iterator[tuple[Job, Made | PemdocsError]]:
    """What Word templates have made is there already; the PDFs of it come several at a time."""
    waiting: list[tuple[Job, Merged]] = []
    for job in jobs:
        if isinstance(job.page, Merged):
            if job.format in SCREENS:
                yield job, PemdocsError("web-by-word")
            elif job.format == "docx":
                yield job, Made(_with_pages(job.page), None)
            else:
                waiting.append((job, job.page))
        if len(waiting) == AT_ONCE:
            yield from _converted(waiting)
            waiting = []
    yield from _converted(waiting)


def _with_pages(merged: Merged) -> bytes:
    from pemdocs.writing.own import converting

    return converting.with_pages(merged)


def _converted(some: Sequence[tuple[Job, Merged]]) -> Iterator[tuple[Job, Made | PemdocsError]]:
    """The PDFs of Word files, in one call of the converter."""
    if some:
        from pemdocs.writing.own import converting

        made = converting.convert([merged for _, merged in some])
        for (job, _), each in zip(some, made, strict=True):
            yield job, each if isinstance(each, PemdocsError) else Made(*each)


Order = tuple[str, bytes, dict[str, Any], Common]
"""A job as others can receive it: format, tree, the page's other parts, and what its kind has in common."""

Look = tuple[dict[str, Any], tuple[str, ...], dict[str, bytes]]
"""What the documents of a kind have in common: theme, stylesheets, logos."""


def _order(job: Job, page: Page) -> Order:
    parts = {field.name: getattr(page, field.name) for field in fields(Page) if field.name != "tree"}
    logos = {name: content for name, content in page.pictures.items() if name.startswith("logo:")}
    parts["pictures"] = {name: content for name, content in page.pictures.items() if name not in logos}
    look: Look = (_plain_theme(job.theme), job.stylesheets, logos)
    return job.format, layout.source(page), parts, Common(hashlib.sha256(repr(look).encode()).hexdigest(), look)


def _plain_theme(theme: Theme) -> dict[str, Any]:
    return {field.name: dict(getattr(theme, field.name)) for field in fields(Theme)}


def _make(format: str, words: bytes, parts: dict[str, Any], common: Common) -> Made | PemdocsError:
    style, stylesheets, logos = common.value
    page = layout.restore(words, **{**parts, "pictures": {**parts["pictures"], **logos}})
    try:
        theme = Theme(**style)
        if format == "pdf" and theme.fit["save"] < 1 and not theme.fit["pages"]:
            return _saved(page, theme, stylesheets)
        fitted = theme if format in SCREENS else _fitted(page, theme, stylesheets)
        return FORMATS[format](page, fitted, stylesheets)
    except PemdocsError as fault:
        return fault
    except Exception as error:  # a fault of ours in one document must not cost the others
        return PemdocsError("document-failed", reason=type(error).__name__)


def _fitted(page: Page, theme: Theme, stylesheets: tuple[str, ...]) -> Theme:
    """The theme in which the page keeps to its sheets, the same for Word and PDF: the PDF's layout tells, if it can."""
    if not theme.fit["pages"] or not engine.starts():
        return theme
    from pemdocs.writing import pdf

    return fitting.fitted(theme, lambda made: pdf.count(page, made, stylesheets))


# Each writer is imported when it is first needed: WeasyPrint alone takes more than a second.


def _write_word(page: Page, theme: Theme, stylesheets: tuple[str, ...]) -> Made:
    from pemdocs.writing import word

    counted = contents.has_lists(page.tree) and engine.starts()  # else Word counts them when it is asked to
    numbers = page_numbers(page, theme, stylesheets) if counted else {}
    return Made(word.write(page, theme, numbers), None)


def page_numbers(page: Page, theme: Theme, stylesheets: tuple[str, ...]) -> Mapping[str, int]:
    """The page on which each element with an id stands, as the PDF lays it out: Word counts no pages before it opens.

    Raises ``PemdocsError`` as the PDF writer does.
    """
    from pemdocs.writing import pdf

    return pdf.page_numbers(page, theme, stylesheets)


def _write_pdf(page: Page, theme: Theme, stylesheets: tuple[str, ...]) -> Made:
    from pemdocs.writing import pdf

    return Made(*pdf.write(page, theme, stylesheets)[:2])


def _saved(page: Page, theme: Theme, stylesheets: tuple[str, ...]) -> Made:
    """The PDF, without the last page where that holds little; Word, which breaks its lines otherwise, keeps its own."""
    from pemdocs.writing import pdf

    written = pdf.write(page, theme, stylesheets)
    if written.last < LITTLE:
        closer = fitting.saved(theme, written.pages, lambda made: pdf.count(page, made, stylesheets))
        written = written if closer is theme else pdf.write(page, closer, stylesheets)
    return Made(written.content, written.pages)


def _write_html(page: Page, theme: Theme, stylesheets: tuple[str, ...]) -> Made:
    from pemdocs.writing import html

    return Made(html.write(page, theme, stylesheets), None)


def _write_figures(page: Page, theme: Theme, _: tuple[str, ...]) -> Made:
    from pemdocs.writing import figures

    return Made(figures.write(page, theme), None)


def _write_cards(page: Page, theme: Theme, _: tuple[str, ...]) -> Made:
    from pemdocs.writing import cards

    return Made(cards.write(page, theme), None)


def _write_list(page: Page, theme: Theme, _: tuple[str, ...]) -> Made:
    from pemdocs.writing import listing

    return Made(listing.write(page), None)


def _for_screens(kind: Kind) -> tuple[str, ...]:
    return tuple(resources.text(path, kind.templates.shown(path)) for path in kind.screens)


FORMATS: Mapping[str, Callable[[Page, Theme, tuple[str, ...]], Made]] = {
    "docx": _write_word,
    "pdf": _write_pdf,
    "html": _write_html,
    "figures": _write_figures,
    "cards": _write_cards,
    "csv": _write_list,
}
"""The formats a document can have, and who writes each."""

USUAL = ("docx", "pdf")
"""Those in which a document is made where none is asked for."""

BESIDE = {"csv": "pdf"}
"""Those that a kind which has them is made in wherever it is made in the other."""

SCREENS: Mapping[str, Callable[[Kind], tuple[str, ...]]] = {
    "html": _for_screens,
    "figures": lambda _: (),
    "cards": lambda _: (),
    "csv": lambda _: (),
}
"""Those that are not for paper, with their stylesheets; a Word file that lays out a document makes none of them."""
