"""Put an electronic signature into the field of a signatory (PAdES), or a seal into that of an organisation.

Only this module signs. Each signature is added to the file, so that those before it stay valid.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pemdocs.consent import consents
from pemdocs.facts import signatures
from pemdocs.model import PemdocsError
from pemdocs.pictures import outlines
from pemdocs.project import lock, signed
from pemdocs.project.settings import open_project
from pemdocs.project.signed import Frozen
from pemdocs.signing import keys, papers, trust
from pemdocs.words import speech
from pemdocs.writing.fields import SEALED

B, T, LT = "B-B", "B-T", "B-LT"
"""The levels of PAdES: a signature; with a trusted time; with all that it takes to check it in years to come."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was made: in which file, in which field, how far it reaches.

    ``claims_qualified``: the certificate says of itself that it is qualified.
    """

    frozen: Frozen
    path: str
    field: str
    level: str
    claims_qualified: bool


def sign(
    target: Path | str,
    key: Path | str,
    password: str,
    case: str,
    *,
    who: str = "",
    seal: bool = False,
    kind: str = "",
    language: str = "",
    time_stamps: str = "",
    long_term: bool = False,
    trusted: tuple[Path, ...] = (),
) -> Signed:
    """Sign the latest version about a case with the key of somebody, or seal it.

    ``who`` is the id of the signatory, needed where more than one has still to sign. ``time_stamps`` is the address of
    a service that says the time (B-T); with ``long_term`` what checks the certificates is fetched and put into the
    file (B-LT), for which ``trusted`` names the certificates at the root. Raises ``PemdocsError``: ``sign-none``,
    ``sign-who``, ``sign-done``, ``sign-time``, ``sign-long-term``, and those of ``keys.load``.
    """
    project = open_project(Path(target))
    with lock.held(project.folder / signed.FOLDER):
        frozen = papers.meant(signed.versions(project.folder), case, kind, language, project.programme)
        keys.needed()
        content = papers.latest(project.folder, frozen)
        field = SEALED if seal else _field(content, frozen, who)
        signer = keys.load(Path(key), password)
        made = _signed(content, field, signer, frozen, _Level(time_stamps, long_term, trusted))
        path = papers.copy(frozen, papers.SIGNED)
        papers.store(project.folder, path, made)
        if not seal:
            day = consents.today().isoformat()
            told = {"state": signatures.SIGNED, "signed_on": day, "way": "electronic", "file": path}
            table = papers.table_of(frozen, project.programme)
            signed.enter(project.folder, [papers.row(frozen, table, field, **told)])
    level = LT if long_term else T if time_stamps else B
    return Signed(frozen, path, field, level, keys.qualified(signer.signing_cert))


def _field(content: bytes, frozen: Frozen, who: str) -> str:
    """The field to sign: of the one who is named, or of the only one who has still to sign."""
    open_ = [each for each in frozen.signatories if each not in filled(content)]
    if who and who not in frozen.signatories:
        raise PemdocsError("sign-who", known=", ".join(frozen.signatories))
    if who and who not in open_:
        raise PemdocsError("sign-done", who=who)
    if not who and len(open_) != 1:
        raise PemdocsError("sign-who" if open_ else "sign-done", known=", ".join(open_), who="")
    return who or open_[0]


def filled(content: bytes) -> tuple[str, ...]:
    """The names of the fields of a PDF that are signed."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(content))
    return tuple(each.field_name for each in reader.embedded_signatures)


@dataclass(frozen=True, slots=True)
class _Level:
    time_stamps: str
    long_term: bool
    trusted: tuple[Path, ...]


def _signed(content: bytes, field: str, signer: Any, frozen: Frozen, level: _Level) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers, timestamps

    writer = IncrementalPdfFileWriter(BytesIO(content))
    settings: dict[str, Any] = {}
    if level.long_term:
        settings = {"embed_validation_info": True, "validation_context": trust.context(level.trusted, fetch=True)}
    kind = fields.SigSeedSubFilter.PADES
    metadata = signers.PdfSignatureMetadata(field_name=field, subfilter=kind, md_algorithm="sha256", **settings)
    clock = None
    if level.time_stamps:
        clock = timestamps.HTTPTimeStamper(level.time_stamps, timeout=20)
    pen = signers.PdfSigner(metadata, signer, timestamper=clock, stamp_style=_stamp(writer, field, frozen))
    try:
        with keys.quiet():
            return bytes(pen.sign_pdf(writer, existing_fields_only=True).getbuffer())
    except Exception as error:
        raise _why(error, level) from error


def _why(error: Exception, level: _Level) -> PemdocsError:
    name = type(error).__name__
    if level.time_stamps and (
        "Timestamp" in name or "Client" in name or "Connect" in name or isinstance(error, OSError)
    ):
        return PemdocsError("sign-time", reason=name)
    if level.long_term:
        return PemdocsError("sign-long-term", reason=name)
    return PemdocsError("sign-failed", reason=name)


def _stamp(writer: Any, field: str, frozen: Frozen) -> Any:
    """What is seen of a signature: that there is one, and of which day, drawn as outlines, which need no font."""
    from pyhanko.pdf_utils import content, layout
    from pyhanko.stamp import StaticStampStyle

    size = _size(writer, field)
    day = consents.today()
    key = "sign-stamp-seal" if field == SEALED else "sign-stamp"
    lines = [line for each in frozen.languages for line in speech.word(key, each, day=day).split(" / ")]
    box = layout.BoxConstraints(width=size[0], height=size[1])
    drawn = b"q 0.106 0.137 0.188 rg " + outlines.words(lines, *size) + b" Q"
    raw = content.RawContent(drawn, box=box)
    plain = layout.SimpleBoxLayoutRule(x_align=layout.AxisAlignment.ALIGN_MIN, y_align=layout.AxisAlignment.ALIGN_MIN)
    return StaticStampStyle(border_width=0, background=raw, background_layout=plain)


def _size(writer: Any, field: str) -> tuple[float, float]:
    """Width and height of a field in points. Raises ``PemdocsError`` ``sign-no-field`` where it is not there."""
    from pyhanko.sign.fields import enumerate_sig_fields

    for name, _, reference in enumerate_sig_fields(writer):
        if name == field:
            left, bottom, right, top = (float(each) for each in reference.get_object()["/Rect"])
            return (right - left, top - bottom)
    raise PemdocsError("sign-no-field", kind=field)
