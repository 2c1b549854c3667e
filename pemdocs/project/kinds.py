"""Turn a folder of ``templates/`` into a ``Kind``. Only this module reads ``kind.toml`` and the wording files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pemdocs.model import PemdocsError
from pemdocs.resources import SHIPPED, Templates

FILE = "kind.toml"
ENDINGS: Mapping[str, str] = {"figures": "figures.zip", "cards": "cards.zip"}
"""How the files of a format end, where that is not its name."""
FORM: Mapping[str, type | tuple[type, ...]] = {
    "table": str, "audience": str, "from_stage": str, "needs": list, "file": str, "folder": str, "formats": list,
    "faulty": bool, "beside": bool, "like": str, "asked": bool, "reads": list, "sheets": list, "without": list,
    "gaps": list, "title": (str, dict),
    "signed": list, "signatories": list, "by_hand": list, "rows": dict,
}  # fmt: skip
"""What a ``kind.toml`` may say, each key with the form of its value."""
NEEDED = ("table", "audience", "file")
"""What it must say."""
NAMED = re.compile(r"[\w-]*\{case\}[\w-]*")
"""How the names of documents are written: of the id of the case, and nothing personal."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of a table that is filled in on the paper of a kind, or made from it.

    ``there``: the path from the case to the record, where there is one. ``given``: paths to what a new row says of
    itself, by its fields; none where no row is made. ``needs``: the fields without which no row is made.
    """

    table: str
    there: str
    given: Mapping[str, str]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    ``table``: one document is about one record of it. ``audience``: the class of fields it may show at the most.
    ``from_stage``: the stage from which the document is due. ``needs``: paths from the case that must be filled,
    such as ``charter.aim``. ``file``: the name of its files, of ``{case}`` and nothing personal. ``place``: the folder
    of its documents, which kinds that belong together share. ``formats``: those it is made in. ``faulty``: it is made
    of a case with errors too, for it shows them. ``beside``: it always shows two languages. ``role``: what it does in a
    pack: ``front``, ``end`` and ``original`` (stands for a file that is attached untouched) tell of the pack itself, so
    they are laid out after the others. ``sheets``: the tables that a workbook for it alone asks for, all where it says
    none; ``without``: their columns (``people.motivation``) that it does not show. ``gaps``: paths to what it prints as
    to be completed where it is empty, of ``one/another`` where both are. ``reads``: paths to what else the
    case is made of, beside what belongs to it and what that refers to. ``signatories``: paths to the people who sign
    it, in the order in which they do. ``signed``: paths to the texts without which, in each of its languages, nobody
    should sign it: until then it is a draft. ``by_hand``: fields (``charters.date``) that are filled in on the paper
    where they are empty; ``rows``: the rows other than the case’s own that it fills in or makes, by the names that its
    layout gives them. ``asked``: it is made only where it is named. ``like``: the kind whose layout and words it
    has, for other readers. ``single``: the Word file that it is, where it has no folder.
    """

    id: str
    templates: Templates
    table: str
    audience: str
    from_stage: str
    needs: tuple[str, ...]
    file: str
    languages: tuple[str, ...]
    wording: Mapping[str, Mapping[str, str]]
    place: str
    formats: tuple[str, ...]
    faulty: bool
    beside: bool
    role: str
    reads: tuple[str, ...]
    sheets: tuple[str, ...]
    without: tuple[str, ...]
    signatories: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    rows: Mapping[str, PaperRow] = field(default_factory=dict)
    like: str = ""
    asked: bool = False
    gaps: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    single: Path | None = None

    def versions(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """The languages in which it shows a document of these: one that always shows two adds English, or French."""
        if len(languages) > 1 or not self.beside:
            return languages
        return (languages[0], next(each for each in ("en", "fr") if each != languages[0]))

    def path(self, case: str, languages: tuple[str, ...], format: str) -> str:
        """Where a document lies under the output folder."""
        return f"{self.place}/{case}/{self.file.format(case=case)}.{'-'.join(languages)}.{ENDINGS.get(format, format)}"

    @property
    def stylesheets(self) -> tuple[Path, ...]:
        """The house's CSS, that of a project after what is shipped, then the kind's own."""
        own = self.source("page.css")
        house = self.templates.files("house/house.css")
        return house if own is None else (*house, own)

    @property
    def screens(self) -> tuple[Path, ...]:
        """The CSS of web pages: the house's, that of a project after what is shipped, then the kind's own."""
        own = self.source("web.css")
        house = self.templates.files("house/web.css")
        return house if own is None else (*house, own)

    def source(self, name: str) -> Path | None:
        """A file of its folder, such as ``page.html``; ``None`` where it has none."""
        return self.templates.file(f"{self.id}/{name}")

    def word(self, languages: tuple[str, ...]) -> Path | None:
        """The Word file that lays out documents in these languages: ``page.fr-nl.docx``, ``page.fr.docx``, else
        ``page.docx``; ``None`` where it has none for them."""
        if self.single:
            return self.single
        return self._laid_out(f"page.{'-'.join(languages)}.docx") or self._laid_out("page.docx")

    def _laid_out(self, name: str) -> Path | None:
        """A Word file in a folder of its own: that of the kind that it is like is for other readers."""
        path = self.source(name)
        return path if path is not None and path.parent.name == self.id else None

    @property
    def by_word(self) -> bool:
        """Whether its documents are laid out by Word files: it has such, and no ``page.html`` as near or nearer.

        So a Word file in the templates of a project takes the place of the layout that is shipped.
        """
        if self.single is not None:
            return True
        html, pages = self.source("page.html"), [self._laid_out(f"page{each}.docx") for each in self._pages()]
        nearest = min((self._rank(page) for page in pages if page), default=None)
        return nearest is not None and (html is None or nearest < self._rank(html))

    def _rank(self, file: Path) -> int:
        """At which of the places of templates a file lies: the first one wins."""
        return next(rank for rank, place in enumerate(self.templates.places) if file.is_relative_to(place))

    def _pages(self) -> tuple[str, ...]:
        return self.templates.names(f"{self.id}/page*.docx")

    def beside_word(self, name: str) -> Path | None:
        """A file that lies beside its Word file, and nowhere else; ``None`` where there is none."""
        if self.single is None:
            return self.source(name)
        path = (self.single.parent / name).resolve()
        return path if path.is_file() and path.is_relative_to(self.single.parent.resolve()) else None


@lru_cache(maxsize=32)
def available(templates: Templates = SHIPPED) -> tuple[str, ...]:
    """The kinds that there are."""
    return templates.names(f"*/{FILE}")


def own(templates: Templates) -> tuple[str, ...]:
    """The kinds that the project has of its own: those that are not shipped."""
    return tuple(kind for kind in available(templates) if kind not in available())


@lru_cache(maxsize=256)
def load(kind: str, templates: Templates = SHIPPED) -> Kind:
    """The kind with this id.

    Raises ``PemdocsError``: ``unknown-kind``; ``template-key``, ``template-value`` and ``template-lacks`` where its
    ``kind.toml`` is not as it should be; and as ``resources.read`` does.
    """
    if kind not in available(templates):
        raise PemdocsError("unknown-kind", kind=kind, known=", ".join(available(templates)))
    declared = templates.table(f"{kind}/{FILE}")
    if templates.names(f"{kind}/page*.docx"):
        declared = {**GUESSED, "file": f"{kind}-{{case}}", **declared}
    _formed(declared, f"{kind}/{FILE}", templates)
    place = declared.get("folder", kind)
    languages = templates.names(f"{kind}/wording/*.toml")
    said = {each: _flat(templates.table(f"{kind}/wording/{each}.toml")) for each in languages}
    wording = _titled(said, declared.get("title"), templates)
    shared = _shared(place, templates)
    sheets = tuple(declared.get("sheets", shared.get("sheets", ())))
    without = declared.get("without", shared.get("without", ()))
    return Kind(
        id=kind,
        templates=templates,
        table=declared["table"],
        audience=declared["audience"],
        from_stage=declared.get("from_stage", ""),
        needs=tuple(declared.get("needs", ())),
        file=declared["file"],
        languages=tuple(wording),
        wording=wording,
        place=place,
        formats=tuple(declared.get("formats", ("docx", "pdf"))),
        faulty=declared.get("faulty", False),
        beside=declared.get("beside", False),
        role=next((role for role, one in shared.get("roles", {}).items() if one == kind), ""),
        reads=(*declared.get("reads", ()), *shared.get("reads", ())),
        sheets=sheets,
        without=tuple(path for path in without if not sheets or path.partition(".")[0] in sheets),
        like=declared.get("like", ""),
        asked=declared.get("asked", False),
        signatories=tuple(declared.get("signatories", ())),
        by_hand=tuple(declared.get("by_hand", ())),
        rows={name: _row(name, each, f"{kind}/{FILE}", templates) for name, each in declared.get("rows", {}).items()},
        gaps=tuple(declared.get("gaps", ())),
        signed=tuple(declared.get("signed", ())),
    )


GUESSED: Mapping[str, Any] = {"table": "partnerships", "audience": "internal"}
"""What a kind that is laid out by a Word file need not say."""


def single(path: Path, table: str = "", templates: Templates = SHIPPED) -> Kind:
    """The kind that a Word file alone makes: one document about each record of a table, everything else guessed."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[\W_]+", "-", path.stem)).encode("ascii", "ignore").decode()
    name = plain.strip("-").lower() or "document"
    return Kind(
        id=name,
        templates=templates,
        table=table or GUESSED["table"],
        audience=GUESSED["audience"],
        from_stage="",
        needs=(),
        file=f"{name}-{{case}}",
        languages=(),
        wording=_titled({}, path.stem, templates),
        place=name,
        formats=("docx", "pdf"),
        faulty=False,
        beside=False,
        role="",
        reads=(),
        sheets=(),
        without=(),
        single=path.resolve(),
    )


def _titled(
    wording: Mapping[str, Mapping[str, str]], title: Any, templates: Templates
) -> Mapping[str, Mapping[str, str]]:
    """The wording with the title that ``kind.toml`` gives, in every language or in each its own."""
    if not title:
        return wording
    every = templates.names("house/words/*.toml")
    said = title if isinstance(title, Mapping) else dict.fromkeys(every, title)
    titles = {each: {"title": str(words)} for each, words in said.items()}
    return {each: {**titles.get(each, {}), **wording.get(each, {})} for each in (*wording, *titles)}


def _formed(declared: Mapping[str, Any], path: str, templates: Templates) -> None:
    """Refuse what is not written as ``FORM`` says."""
    for key, value in declared.items():
        shown, line = templates.place(path, key)
        if key not in FORM:
            near = next(iter(get_close_matches(key, FORM, 1)), "")
            raise PemdocsError("template-key", file=shown, line=line, found=key, nearest=near, known=", ".join(FORM))
        words = not isinstance(value, list) or all(isinstance(each, str) for each in value)
        if not isinstance(value, FORM[key]) or not words:
            form = FORM[key]
            expected = "str" if isinstance(form, tuple) else form.__name__
            raise PemdocsError("template-value", file=shown, line=line, found=key, expected=expected)
    for key in NEEDED:
        if key not in declared:
            raise PemdocsError("template-lacks", file=templates.missing(path), found=key)
    if not NAMED.fullmatch(declared["file"]):
        shown, line = templates.place(path, "file")
        raise PemdocsError("template-value", file=shown, line=line, found="file", expected="case")


def _row(name: str, said: Any, path: str, templates: Templates) -> PaperRow:
    shown, line = templates.place(path, name)
    form = {"table": str, "there": str, "given": Mapping, "needs": list}
    if not isinstance(said, Mapping) or not all(isinstance(value, form.get(key, ())) for key, value in said.items()):
        raise PemdocsError("template-value", file=shown, line=line, found=f"rows.{name}", expected="dict")
    if not {"table", "there"} <= said.keys():
        raise PemdocsError("template-lacks", file=shown, found=f"rows.{name}.table, rows.{name}.there")
    return PaperRow(said["table"], said["there"], dict(said.get("given", {})), tuple(said.get("needs", ())))


@lru_cache(maxsize=256)
def _shared(place: str, templates: Templates) -> Mapping[str, Any]:
    """What the kinds of a folder have in common."""
    return templates.table(f"{place}/pack.toml")


def members(name: str, templates: Templates = SHIPPED) -> tuple[str, ...]:
    """The kinds that a name means: the kind of this id, or all whose documents go into the folder of this name."""
    together = tuple(kind for kind in available(templates) if load(kind, templates).place == name)
    return together or (load(name, templates).id,)


def meant(written: Sequence[str], offered: Sequence[str], templates: Templates = SHIPPED) -> tuple[str, ...]:
    """The kinds that people mean, by their id, their title in any language or the beginning of a word of it.

    ``offered`` are the kinds of a programme, or the folders that several share; where nothing is written, all of them
    but those that are only made where they are asked for.
    Raises ``PemdocsError`` ``unknown-kind`` for what none of them, or more than one, can be.
    """
    if not written:
        every = dict.fromkeys(each for name in offered for each in members(name, templates))
        return tuple(each for each in every if not load(each, templates).asked)
    found = (named(each, offered, templates) for each in written)
    return tuple(dict.fromkeys(each for name in found for each in members(name, templates)))


def named(written: str, offered: Sequence[str], templates: Templates = SHIPPED) -> str:
    """The name of the kind, or of the folder that several share, that people mean. Raises as ``meant`` does."""
    names = _names(offered, templates)
    said = _plain(written)
    found = [name for name, known in names.items() if said in known]
    found = found or [name for name, known in names.items() if said and any(f" {said}" in f" {one}" for one in known)]
    if not found or (len(found) > 1 and found[0] not in offered):
        first = reversed(names.items())  # of a word that several have, it is the first one's
        words = {word: name for name, known in first for one in known for word in (one, *one.split())}
        near = get_close_matches(said, words, 1)
        nearest = words[near[0]] if near else ""
        raise PemdocsError("unknown-kind", kind=written, nearest=nearest, known=", ".join(offered))
    return found[0]


def _names(offered: Sequence[str], templates: Templates) -> dict[str, set[str]]:
    """What each kind may be called: those that are offered first, then the papers in their folders."""
    inside = [each for name in offered for each in members(name, templates)]
    found: dict[str, set[str]] = {}
    for name in dict.fromkeys([*offered, *inside]):
        wording = (
            _shared(name, templates)["title"].values()
            if packs(name, templates)
            else (said["title"] for said in load(name, templates).wording.values() if "title" in said)
        )
        found[name] = {_plain(name), *map(_plain, wording)}
    return found


def _plain(name: str) -> str:
    """A name as people may write it: without accents, capitals and hyphens."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"\w+", "".join(sign for sign in bare if not unicodedata.combining(sign))))


def unasked(names: Sequence[str], templates: Templates = SHIPPED) -> frozenset[str]:
    """The columns (``people.motivation``) that none of these kinds shows, though one of them asks for their sheet."""
    return _unasked(tuple(names), templates)


@lru_cache(maxsize=32)
def _unasked(names: tuple[str, ...], templates: Templates) -> frozenset[str]:
    asking = [load(each, templates) for name in names for each in members(name, templates)]
    found = {path for kind in asking for path in kind.without}
    return frozenset(path for path in found if all(path in each.without for each in asking if _asks(each, path)))


def _asks(kind: Kind, path: str) -> bool:
    return not kind.sheets or path.partition(".")[0] in kind.sheets


def title(name: str, lang: str, templates: Templates = SHIPPED) -> str:
    """What readers call a kind, or the pack of a folder: in the language, else in the first that it has."""
    if name not in available(templates) and not packs(name, templates):
        return name
    if packs(name, templates):
        return str(_shared(name, templates)["title"][lang])
    wording = load(name, templates).wording
    return next((said["title"] for said in (wording.get(lang, {}), *wording.values()) if "title" in said), name)


def with_role(place: str, role: str, templates: Templates = SHIPPED) -> Kind:
    """The kind of a folder that plays a role in its packs."""
    return load(_shared(place, templates)["roles"][role], templates)


def for_team(place: str, templates: Templates = SHIPPED) -> tuple[str, ...]:
    """The kinds of a folder that are bound for the team alone, whatever the case."""
    return tuple(_shared(place, templates).get("team", ()))


def packs(place: str, templates: Templates = SHIPPED) -> bool:
    """Whether the documents of a folder are bound into packs."""
    return bool(_shared(place, templates))


def lacking(kind: Kind, case: Any) -> tuple[str, ...]:
    """What the kind needs of a case and that is not filled; of a reference that is missing only itself."""
    empty = [need for need in kind.needs if not _filled(case, need)]
    return tuple(need for need in empty if need.rpartition(".")[0] not in empty)


def unwritten(kind: Kind, case: Any, languages: tuple[str, ...]) -> Iterator[tuple[Any, str, str]]:
    """What keeps a document in these languages from being signed: the record, its field, the language it lacks."""
    for path in kind.signed:
        reference, _, name = path.rpartition(".")
        record = reached(case, reference)
        there = record.record.texts(name) if record else {}
        yield from ((record, name, each) for each in languages if there and each not in there)


def reached(case: Any, path: str) -> Any:
    """What a path leads to from a case; ``None`` where a step of it is not filled."""
    for step in path.split(".") if path else ():
        case = getattr(case, step) if case else None
    return case


def _filled(case: Any, path: str) -> bool:
    found = case
    for step in path.split("."):
        found = getattr(found, step) if found else None
    return found not in (None, {}, ())


def _flat(table: Mapping[str, Any], head: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{head}{key}.")
        else:
            found[head + key] = str(value)
    return found
