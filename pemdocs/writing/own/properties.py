"""Write the parts that tell of a document as a whole: its properties, what it refers to, what its pictures are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from pemdocs.words.language import TAGS
from pemdocs.writing.own.finished import About
from pemdocs.writing.own.marks import HEAD, plain
from pemdocs.writing.own.sealing import Stored, content_of
from pemdocs.writing.own.settling import IMAGE, Media

CORE = "docProps/core.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
LONGEST = 255
SORTS = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}


def core(about: About) -> bytes:
    """The part of the properties."""
    day = f"{about.modified.isoformat()}T00:00:00Z"
    told = "".join(
        f"<{name}>{escape(plain(words)[:LONGEST])}</{name}>"
        for name, words in (
            ("dc:title", about.title),
            ("dc:subject", about.subject),
            ("dc:creator", about.author),
            ("cp:lastModifiedBy", about.author),
            ("cp:revision", "1"),
            ("dc:language", ", ".join(TAGS.get(each, each) for each in about.languages)),
        )
    )
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        HEAD
        + (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{told}{dated}</cp:coreProperties>'
        ).encode()
    )


def illustrated(still: Mapping[str, Stored], media: Media) -> dict[str, bytes]:
    """The parts that change with the pictures of a document, and the pictures themselves."""
    found = {f"word/media/{name}": content for content, name in media.files.items()}
    if not found:
        return {}
    found[TYPES] = _typed(content_of(still[TYPES]))
    for part, links in media.links.items():
        path = PurePosixPath(part)
        name = str(path.parent / "_rels" / f"{path.name}.rels")
        found[name] = _related(content_of(still[name]) if name in still else b"", links)
    return found


def _typed(content: bytes) -> bytes:
    lowered = content.lower()
    added = "".join(
        f'<Default Extension="{suffix}" ContentType="{sort}"/>'
        for suffix, sort in SORTS.items()
        if f'extension="{suffix}"'.encode() not in lowered
    )
    head, types, rest = content.partition(b"<Types")
    inside, close, rest = rest.partition(b">")
    return b"".join((head, types, inside, close, added.encode(), rest))


def _related(content: bytes, links: Mapping[str, str]) -> bytes:
    added = "".join(
        f'<Relationship Id={quoteattr(relation)} Type="{IMAGE}" Target="media/{name}"/>'
        for name, relation in links.items()
    ).encode()
    if b"</Relationships>" in content:
        return content.replace(b"</Relationships>", added + b"</Relationships>")
    return HEAD + f'<Relationships xmlns="{RELATIONS}">'.encode() + added + b"</Relationships>"
