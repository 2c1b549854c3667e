"""Turn the parts of a template into ones that tell nothing of its past: no comments, changes, authors, paths, dates.

The language of the document is set, and what each tag writes takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.words.language import TAGS
from pemdocs.writing.own.opening import MAIN, TYPES, Parts
from pemdocs.writing.word.markup import NAMESPACE, W

TAG = re.compile(r"\{\{|\{%|\{#")
STORIES = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
"""The parts that people read and write in."""

RENDERED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml")
"""Those of them that docxtpl fills in."""

LEFT_OUT = re.compile(
    r"word/(?:comments\w*|people|recipientData|webSettings|stylesWithEffects|vbaData)\.xml|docProps/(?:custom\.xml|"
    r"thumbnail\.\w+|app\.xml|core\d*\.xml)|docMetadata/.*|customXml/.*|word/_rels/(?:comments\w*|settings)\.xml\.rels"
)
"""What is not carried over: remarks, people, old properties, sources of letters, pictures of the first page."""

REMARKS = frozenset(f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference", "proofErr"))
MOVES = frozenset(
    f"{W}{name}" for name in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
)
GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "cellDel"))
ADDED = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "cellIns"))
OF_THE_PAST = frozenset({"attachedTemplate", "mailMerge", "rsids", "trackRevisions", "documentProtection",
                         "writeProtection", "docVars", "revisionView", "saveThroughXslt"})  # fmt: skip
"""The settings that tell of the template's own life, or would keep its documents from being worked on."""

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def cleaned(parts: Parts, file: str, language: str) -> Parts:
    """The parts as documents in this language are made of them.

    Raises ``PemdocsError``: ``own-deleted-tag`` where a deleted passage holds a tag, ``own-tag-elsewhere`` where one
    stands in a part that is not filled in, ``own-damaged``.
    """
    found = {name: content for name, content in parts.items() if not LEFT_OUT.fullmatch(name)}
    _check_places(found, file)
    gone = parts.keys() - found.keys()
    for name in list(found):
        if name.endswith(".rels"):
            found[name] = _without(found[name], name, gone, file)
        elif STORIES.fullmatch(name):
            found[name] = _story(found[name], file)
    found[TYPES] = _types(found[TYPES], gone, file)
    for name, change in (("word/settings.xml", _settings), ("word/styles.xml", _styles)):
        if name in found:
            found[name] = change(found[name], TAGS.get(language, language), file)
    return found


def tree_of(content: bytes, file: str) -> etree._Element:
    """A part as a tree. Raises ``PemdocsError`` ``own-damaged`` where it is not well-formed."""
    try:
        return etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError as error:
        raise PemdocsError("own-damaged", file=file) from error


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _check_places(parts: Parts, file: str) -> None:
    for name, content in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and not RENDERED.fullmatch(name):
            words = re.sub(rb"<[^>]*>", b"", content).decode("utf-8", "replace")
            if re.search(r"\{\{.*?\}\}|\{%.*?%\}", words, re.DOTALL):
                raise PemdocsError("own-tag-elsewhere", file=file, place=_place(name))
        if name.startswith("word/_rels/") and any(map(WHOLE.search, _targets(content))):
            raise PemdocsError("own-tag-elsewhere", file=file, place="link")


def _targets(content: bytes) -> Iterator[str]:
    """Where the relations of a part lead, as people write it."""
    for target in re.findall(rb'Target="([^"]*)"', content):
        yield unquote(unescape(target.decode("utf-8", "replace")))


def _place(name: str) -> str:
    stem = re.sub(r"\d+$", "", PurePosixPath(name).stem)
    return {"endnotes": "endnotes", "chart": "chart", "data": "diagram", "drawing": "diagram"}.get(stem, "part")


def _story(content: bytes, file: str) -> bytes:
    root = tree_of(content, file)
    _accept(root, file)
    for paragraph in list(root.iter(W + "p")):
        _set_section_apart(paragraph)
        _straighten(paragraph)
    for run in list(root.iter(W + "r")):
        if TAG.search("".join(str(text.text or "") for text in run.iter(W + "t"))):
            for language in list(run.iter(W + "lang")):
                _drop(language)
    for node in root.iter(etree.Element):
        for name, words in list(node.attrib.items()):
            if str(name).startswith(f"{W}rsid"):
                del node.attrib[name]
            elif TAG.search(str(words)):
                node.set(name, WHOLE.sub(_for_attributes, str(words)))
    return _written(root)


def _for_attributes(tag: re.Match[str]) -> str:
    """A tag as the description of a picture or a table can hold it: with quotation marks that are no entities there."""
    straight = CURLY.sub('"', tag[0])
    return re.sub('"([^"]*)"', lambda found: "'" + found[1].replace("'", r"\'") + "'", straight)


CURLY = re.compile("«[\u00a0\u202f ]?|[\u00a0\u202f ]?»|[“”„‟]")
WHOLE_PARAGRAPH = re.compile(r"\{%[-+]?p\s")
"""A tag that stands for its paragraph."""

TINY = {W + "line": "20", W + "lineRule": "exact"}
"""The height of a paragraph that only ends a section."""

WHOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
GUILLEMETS = re.compile("[«»„‟]|(?<=«)[\u00a0\u202f ]|[\u00a0\u202f ](?=»)")


def _straighten(paragraph: etree._Element) -> None:
    """Make straight the quotation marks that Word has set in French or Dutch inside of tags."""
    texts = [text for text in paragraph.iter(W + "t") if text.text]
    words = "".join(str(text.text) for text in texts)
    if not GUILLEMETS.search(words):
        return
    signs = list(words)
    for tag in WHOLE.finditer(words):
        for found in GUILLEMETS.finditer(words, *tag.span()):
            signs[found.start()] = '"' if found[0] in "«»„‟" else ""
    start = 0
    for text in texts:
        end = start + len(str(text.text))
        text.text, start = "".join(signs[start:end]), end


def _set_section_apart(paragraph: etree._Element) -> None:
    """Give a section break that a tag's paragraph holds one of its own: the tag disappears with its paragraph."""
    properties = paragraph.find(W + "pPr")
    section = None if properties is None else properties.find(W + "sectPr")
    if section is not None and WHOLE_PARAGRAPH.search("".join(str(text) for text in paragraph.itertext(W + "t"))):
        made = etree.Element(W + "p")
        holder = etree.SubElement(made, W + "pPr")
        etree.SubElement(holder, W + "spacing", dict.fromkeys((W + "before", W + "after"), "0") | TINY)
        holder.append(section)
        paragraph.addnext(made)


def _accept(root: etree._Element, file: str) -> None:
    """Take the changes as accepted and the remarks as read."""
    for node in list(root.iter(etree.Element)):
        name = str(node.tag)
        if name == W + "tr" and node.find(f"{W}trPr/{W}del") is not None:
            node.tag = W + "del"
            name = str(node.tag)
        if name in GONE and TAG.search("".join(str(text) for text in node.itertext())):
            raise PemdocsError("own-deleted-tag", file=file)
        if name in GONE | REMARKS | MOVES or name.endswith("PrChange"):
            _drop(node)
        elif name in ADDED:
            _unwrap(node)
    for run in list(root.iter(W + "r")):
        style = run.find(f"{W}rPr/{W}rStyle")
        if style is not None and style.get(W + "val") == "CommentReference" and len(run) == 1:
            _drop(run)


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _unwrap(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        place = parent.index(node)
        parent[place : place + 1] = list(node)


def _without(content: bytes, name: str, gone: Iterable[str], file: str) -> bytes:
    """Relations without those to parts that are gone, and to what tells of the template's past."""
    root, folder = tree_of(content, file), PurePosixPath(name).parent.parent
    for relation in list(root):
        target = str(relation.get("Target", ""))
        inside = str(folder / target) if not target.startswith("/") else target[1:]
        past = str(relation.get("Type", "")).rsplit("/", 1)[-1] in ("attachedTemplate", "mailMergeSource", "customXml")
        if past or (relation.get("TargetMode") != "External" and _plain(inside) in gone):
            root.remove(relation)
    return _written(root)


def _plain(path: str) -> str:
    """A path without steps back: ``word/../customXml/item1.xml``."""
    found: list[str] = []
    for step in path.split("/"):
        if step == ".." and found:
            found.pop()
        elif step not in (".", ""):
            found.append(step)
    return "/".join(found)


def _types(content: bytes, gone: Iterable[str], file: str) -> bytes:
    root = tree_of(content, file)
    missing = {f"/{name}" for name in gone}
    for entry in list(root):
        if entry.get("PartName") in missing:
            root.remove(entry)
    return _written(root)


def _settings(content: bytes, tag: str, file: str) -> bytes:
    root = tree_of(content, file)
    for child in list(root):
        if etree.QName(child).localname in OF_THE_PAST:
            root.remove(child)
    for language in root.iter(W + "themeFontLang"):
        language.set(W + "val", tag)
    return _written(root)


def _styles(content: bytes, tag: str, file: str) -> bytes:
    """The styles, whose words are in the language of the document unless a passage says another."""
    root = tree_of(content, file)
    for language in _languages(root):
        language.set(W + "val", tag)
    return _written(root)


def _languages(root: etree._Element) -> Iterator[etree._Element]:
    yield from root.iter(W + "lang")
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    if defaults is None:
        holder = root.find(W + "docDefaults")
        if holder is None:
            holder = etree.Element(W + "docDefaults", nsmap={"w": NAMESPACE})
            root.insert(0, holder)
        defaults = etree.SubElement(etree.SubElement(holder, W + "rPrDefault"), W + "rPr")
    if defaults.find(W + "lang") is None:
        yield etree.SubElement(defaults, W + "lang")


__all__ = ["MAIN", "cleaned", "tree_of"]
