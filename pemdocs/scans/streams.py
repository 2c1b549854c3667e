"""Turn a stream of a PDF into its bytes, as far as they can be read. Only this module undoes broken filters."""

from __future__ import annotations

import zlib

from pikepdf import Array, Dictionary, Name, Object, Pdf, PikepdfError, Stream

from pemdocs.model import PemdocsError
from pemdocs.scans.limits import MOST, hold

FLATE = (Name.FlateDecode, Name.Fl)
LZW = (Name.LZWDecode, Name.LZW)
PICTURES = (Name.DCTDecode, Name.DCT, Name.JPXDecode, Name.CCITTFaxDecode, Name.CCF, Name.JBIG2Decode)
"""The filters that only a picture has."""

STEP = 1 << 16


def filters(stream: Object) -> list[Object]:
    """The filters of a stream in the order in which they are undone."""
    found = stream.get("/Filter")
    return list(found) if isinstance(found, Array) else [found] if isinstance(found, Name) else []


def read(stream: Object) -> tuple[bytes, bool]:
    """The decoded bytes, and whether the stream is sound; of a broken one those before the break, as readers show them.

    Raises ``PemdocsError`` ``attachment-too-large``.
    """
    chain = filters(stream)
    _hold_lzw(stream, chain)
    try:
        content = bytes(stream.read_bytes())
    except PikepdfError as error:
        if "limit" in str(error):
            raise PemdocsError("attachment-too-large") from error
        return (_before_the_break(_raw(stream)) if len(chain) == 1 and chain[0] in FLATE else b""), False
    hold(len(content), "stream")
    return content, True


def hold_filters(stream: Object) -> None:
    """Raise ``attachment-too-large`` where to undo the filters of a stream would take too much."""
    _hold_lzw(stream, filters(stream))


def _hold_lzw(stream: Object, chain: list[Object]) -> None:
    """The one filter for which the reader of PDFs has no limit: a code of twelve bits may stand for 4 000 bytes."""
    if any(each in LZW for each in chain):
        raw = _raw(stream)
        if len(raw) * 1400 > MOST["stream"]:
            hold(_lzw_length(raw) if chain[0] in LZW else len(raw) * 1400, "stream")


def _lzw_length(raw: bytes) -> int:
    """How many bytes LZW data stand for, counted without making them (ISO 32000-1, 7.4.4)."""
    lengths = [1] * 256 + [0, 0]
    total = last = held = bits = 0
    width = 9
    for byte in raw:
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & ((1 << width) - 1)
        if code == 257:
            break
        if code == 256:
            lengths, last, width = lengths[:258], 0, 9
            continue
        size = lengths[code] if code < len(lengths) else last + 1
        if last and len(lengths) < 4096:
            lengths.append(last + 1)
        total, last = total + size, size
        if total > MOST["stream"]:
            break
        width = 9 if len(lengths) < 511 else 10 if len(lengths) < 1023 else 11 if len(lengths) < 2047 else 12
    return total


def packed(stream: Object) -> bytes | None:
    """The bytes as they are where nothing but ``FlateDecode`` packs them."""
    chain = filters(stream)
    plain = len(chain) == 1 and chain[0] in FLATE and parameters(stream) == [None]
    return _raw(stream) if plain else None


def _before_the_break(raw: bytes) -> bytes:
    undo, found, size = zlib.decompressobj(), [], 0
    try:
        for at in range(0, len(raw), STEP):
            found.append(undo.decompress(raw[at : at + STEP], MOST["stream"] + 1 - size))
            size += len(found[-1])
            hold(size, "stream")
    except zlib.error:
        pass
    return b"".join(found)


def _raw(stream: Object) -> bytes:
    try:
        return bytes(stream.read_raw_bytes())
    except PikepdfError:
        return b""


def parameters(stream: Object) -> list[Object | None]:
    """What each filter needs to know, ``None`` where nothing."""
    found = stream.get("/DecodeParms")
    given = list(found) if isinstance(found, Array) else [found]
    return [each if isinstance(each, Dictionary) else None for each in given]


def word(found: object) -> str:
    """A name as text, whatever its letters are coded in; empty where it is none."""
    return found.unparse().decode("latin-1") if isinstance(found, Name) else ""


def inherited(node: Object | None, key: str) -> Object | None:
    """What a page or a field has under a key, or else what stands above it has."""
    for _ in range(64):
        if not isinstance(node, Dictionary | Stream) or key in node:
            break
        node = node.get("/Parent")
    return node.get(key) if isinstance(node, Dictionary | Stream) else None


def photograph(picture: Object) -> bytes:
    """The data of a picture in the format of its last filter, which is one of pictures."""
    chain = filters(picture)
    if len(chain) == 1:
        return bytes(picture.read_raw_bytes())
    with Pdf.new() as apart:
        outer = apart.make_stream(_raw(picture))
        outer.Filter = Array(chain[:-1])
        given = parameters(picture)[: len(chain) - 1]
        outer.DecodeParms = Array(
            [
                Dictionary({key: value for key, value in each.items() if value is not None} if each is not None else {})
                for each in given
            ]
        )
        return read(outer)[0]
