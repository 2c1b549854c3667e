"""Turn merged pages into a file for the archive. Only this module knows what PDF/A-3b asks of a whole file."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

STALE = ("/StructParents", "/StructParent", "/Tabs", "/Metadata", "/PieceInfo", "/Thumb")
"""Keys of the structure tree, which pages lose when they are merged, and what cameras and programs say of a picture."""
OFTEN_EMPTY = ("/Pattern", "/Shading")
FONTS = (Name.Font, Name.FontDescriptor)
GENERATOR = "pemdocs"
PRINTING = pikepdf.Permissions(
    accessibility=True,
    extract=False,
    modify_annotation=False,
    modify_assembly=False,
    modify_form=False,
    modify_other=False,
    print_highres=True,
    print_lowres=True,
)
Number = tuple[int, int]


def tidy(pdf: pikepdf.Pdf) -> None:
    """Drop what a dossier does not need: notes on lost structures and pictures, empty and double resources."""
    for part in pdf.objects:
        if isinstance(part, Dictionary | Stream):
            _drop(part)
            resources = part.get("/Resources")
            if isinstance(resources, Dictionary):
                _drop(resources)
    _share(pdf)


def _drop(part: Object) -> None:
    for key in STALE:
        if key in part:
            del part[key]
    for key in OFTEN_EMPTY:
        if isinstance(part.get(key), Dictionary) and not part[key].keys():
            del part[key]


def _share(pdf: pikepdf.Pdf) -> None:
    """Let equal streams and fonts be one: profiles, emblems and fonts that several pieces bring along."""
    merged: set[Number] = set()
    while twins := _twins(pdf, merged):
        merged |= twins.keys()
        for part in pdf.objects:
            _point(part, twins)


def _twins(pdf: pikepdf.Pdf, merged: set[Number]) -> dict[Number, Object]:
    """The objects equal to one before them, by number, each with that one."""
    alike: dict[bytes, list[Object]] = {}
    for part in pdf.objects:
        if (isinstance(part, Stream) or _is_font(part)) and part.objgen not in merged:
            alike.setdefault(_looks(part), []).append(part)
    first: dict[bytes, Object] = {}
    twins = {}
    for some in alike.values():
        for part in some if len(some) > 1 else ():
            one = first.setdefault(_digest(part), part)
            if one.objgen != part.objgen:
                twins[part.objgen] = one
    return twins


def _looks(part: Object) -> bytes:
    """What tells most objects apart at a glance."""
    return Array([part.get(key) for key in ("/Length", "/Subtype", "/BaseFont", "/Type")]).unparse()


def _is_font(part: Object) -> bool:
    return isinstance(part, Dictionary) and part.get("/Type") in FONTS


def _digest(part: Object) -> bytes:
    if not isinstance(part, Stream):
        return sha256(part.unparse(resolved=True)).digest()
    return sha256(part.stream_dict.unparse(resolved=True) + b"\n" + part.read_raw_bytes()).digest()


def _point(part: object, twins: Mapping[Number, Object]) -> None:
    """Let what an object refers to be the one of several equal."""
    if isinstance(part, Dictionary | Stream):
        places: list[tuple[str | int, object]] = list(part.items())
    elif isinstance(part, Array):
        places = list(enumerate(part))
    else:
        return
    for place, value in places:
        if not isinstance(value, Object) or not value.is_indirect:
            _point(value, twins)
        elif value.objgen in twins:
            part[place] = twins[value.objgen]


def describe(
    pdf: pikepdf.Pdf, title: str, languages: tuple[str, ...], author: str, subject: str, modified: date
) -> None:
    """Say what the file is, in its information dictionary and the same in its metadata; viewers show the title."""
    stamp = f"D:{modified:%Y%m%d}000000Z"
    words = {"Title": title, "Author": author, "Subject": subject, "Creator": GENERATOR, "Producer": GENERATOR}
    pdf.docinfo = pdf.make_indirect(Dictionary({f"/{key}": word for key, word in words.items() if word}))
    pdf.docinfo.CreationDate = pdf.docinfo.ModDate = pikepdf.String(stamp)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.load_from_docinfo(pdf.docinfo)
        xmp["dc:language"] = set(languages[:1])
    pdf.Root.Lang = pikepdf.String(languages[0])
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def claim(pdf: pikepdf.Pdf, profile: Object) -> None:
    """Say that the file is PDF/A-3b; ``profile`` is the output intent of a file that has the colours meant."""
    pdf.Root.OutputIntents = profile
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfaid:part"], xmp["pdfaid:conformance"] = "3", "B"


def holds(content: bytes) -> bool:
    """Whether the file is PDF/A-3b in all that it has; what the check does not know counts as a fault."""
    from pikepdf.pdfa import validate_written  # with all that it knows of fonts, it takes a moment

    with _silent("fontTools"):
        return validate_written(BytesIO(content), "3b").passed


@contextmanager
def _silent(name: str) -> Iterator[None]:
    """Keep a library's log to itself: users cannot act on it."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def attach(pdf: pikepdf.Pdf, name: str, content: bytes, modified: date) -> None:
    """Attach a PDF as it is: the source of what is bound (``AFRelationship`` of PDF/A-3)."""
    moment = f"D:{modified:%Y%m%d}000000Z"
    file = pikepdf.AttachedFileSpec(
        pdf,
        content,
        description=name,
        filename=name,
        mime_type="application/pdf",
        creation_date=moment,
        mod_date=moment,
    )
    file.relationship = Name.Source
    pdf.attachments[name] = file


def save(pdf: pikepdf.Pdf, password: str | None = None) -> bytes:
    """The file's bytes, the same each time but where a password encrypts them (AES-256, printing allowed)."""
    out = BytesIO()
    pdf.save(
        out,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
        deterministic_id=password is None,
        encryption=password is not None and pikepdf.Encryption(user=password, owner=password, R=6, allow=PRINTING),
    )
    return out.getvalue()
