"""What a viewer shows of a file is what a pack shows of it, what no viewer shows is gone, and nothing is too much."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import awkward
import pypdfium2
import pytest
import scanned
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, PngImagePlugin

from pemdocs import scans
from pemdocs.model import PemdocsError
from pemdocs.packs import binding
from pemdocs.scans import Prepared

TREE = (Name.Catalog, Name.Pages)


def told(prepared: Prepared) -> dict[str, dict[str, object]]:
    return {each.code: dict(each.facts) for each in prepared.treatments}


def words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def fault(content: bytes) -> str | None:
    try:
        scans.prepare(content)
    except PemdocsError as error:
        return error.code
    return None


@pytest.mark.parametrize("name", awkward.SEEN)
def test_a_page_shows_what_its_reader_shows_and_can_be_bound(name: str) -> None:
    content = awkward.SEEN[name]()
    prepared = scans.prepare(content)
    assert awkward.differs(content, prepared) < 0.002
    assert awkward.shown(prepared.content).getextrema()[0] < 200
    assert binding.holds_together(prepared.content)


def test_two_pages_lend_their_own_pictures_to_one_drawing() -> None:
    shared = awkward.stream(b"/Subtype/Form/BBox[0 0 595 842]", b"q 200 0 0 200 72 300 cm /I Do Q")
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R/I %d 0 R>>>>/Contents 4 0 R>>"
    )
    content = awkward.raw(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R 8 0 R]/Count 2>>", 3: page % 6, 8: page % 7,
         4: awkward.stream(b"", b"/X Do"), 5: shared,
         6: awkward.stream(awkward.PICTURE + b"/Width 32", b"\0" * 1024),
         7: awkward.stream(awkward.PICTURE + b"/Width 32", b"\xa0" * 1024)}
    )  # fmt: skip
    prepared = scans.prepare(content)
    assert [awkward.shown(prepared.content, page).getextrema()[0] for page in (0, 1)] == [0, 160]


@pytest.mark.parametrize("entries", [
    {"subtype": "FreeText", "Contents": String("Payé : 1 500 €"), "DA": String("/Helv 18 Tf 1 0 0 rg")},
    {"subtype": "Line", "L": Array([100, 300, 300, 340]), "C": Array([1, 0, 0]), "BS": Dictionary(W=6)},
    {"subtype": "Polygon", "Vertices": Array([100, 300, 300, 300, 200, 340]), "IC": Array([1, 0, 0])},
])  # fmt: skip
def test_a_note_that_few_readers_draw_is_drawn_all_the_same(entries: dict[str, object]) -> None:
    kind = str(entries["subtype"])
    content = awkward.noted(kind, **{key: value for key, value in entries.items() if key != "subtype"})
    prepared = scans.prepare(content)
    assert told(prepared)["flattened"] == {"count": 1}
    plain = awkward.shown(scans.prepare(scanned.pdf()).content)
    assert awkward.shown(prepared.content).tobytes() != plain.tobytes()
    assert kind != "FreeText" or "Payé : 1 500 €" in words(prepared.content)


def test_a_note_that_only_its_maker_can_draw_is_told() -> None:
    prepared = scans.prepare(awkward.noted("Stamp", Name=Name.Approved))
    assert told(prepared)["notes-not-drawn"] == {"count": 1}
    assert "flattened" not in told(prepared)


def test_thousands_of_fields_are_drawn_and_counted() -> None:
    def change(pdf: Pdf) -> None:
        scanned.annotate(pdf, *(scanned.note("Widget", FT=Name.Tx, V=String("x")) for _ in range(4000)))
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots, NeedAppearances=True)

    assert told(scans.prepare(scanned.pdf(change)))["flattened"] == {"count": 4000}


def test_what_letters_mean_when_they_are_copied_stays() -> None:
    content = awkward.page(b"BT /F1 20 Tf 72 700 Td /Span <</ActualText (office)>> BDC (o) Tj EMC ( of) Tj ET")
    with Pdf.open(BytesIO(scans.prepare(content).content)) as pdf:
        assert b"/ActualText (office)" in pdf.pages[0].obj.Resources.XObject.Scan.read_bytes()


# What no viewer shows


@pytest.mark.parametrize("make", [awkward.secretive, awkward.told_of])
def test_nothing_that_no_viewer_shows_is_anywhere_in_a_pack(make: Callable[[], bytes]) -> None:
    content = make()
    assert awkward.SECRET in awkward.everything(content) if content.startswith(b"%PDF") else awkward.SECRET in content
    prepared = scans.prepare(content)
    piece = binding.Piece(1, "Pièce", (prepared.content,), (), prepared.archival)
    order = binding.Binding("T", ("fr",), "A", "S", date(2026, 3, 1), (piece,), "{piece} {at} {of}", "{volume}")
    for bound in (prepared.content, binding.bind(order)[0].content):
        assert awkward.SECRET not in awkward.everything(bound)
    assert awkward.shown(prepared.content).getextrema()[0] < 100


# One bad part


def test_one_page_that_cannot_be_read_costs_that_page_alone_and_is_told() -> None:
    def change(pdf: Pdf) -> None:
        broken = pdf.make_stream(b"garbage" * 20)
        broken.stream_dict = Dictionary(Filter=Name.FlateDecode)
        pdf.pages[1].obj.Contents = broken

    prepared = scans.prepare(scanned.pdf(change, pages=3))
    assert prepared.pages == 3
    assert told(prepared)["pages-unreadable"] == {"pages": "2"}
    assert "blank-pages" not in told(prepared)
    assert "Page 1" in words(prepared.content)
    assert "Page 3" in words(prepared.content)


def test_a_form_without_a_field_on_any_page_is_told_to_be_dynamic() -> None:
    def change(pdf: Pdf) -> None:
        data, lone = pdf.make_stream(b"<xdp/>"), pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("x")))
        pdf.Root.AcroForm = Dictionary(Fields=Array([lone]), XFA=data)

    assert told(scans.prepare(scanned.pdf(change)))["xfa-removed"] == {"dynamic": True}


@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 1 << 32), name=st.sampled_from(sorted(awkward.SEEN)))
def test_whatever_stands_where_something_else_should_the_pages_are_kept(seed: int, name: str) -> None:
    """One object of a sound file is another than its readers await."""
    dice = random.Random(seed)
    with Pdf.open(BytesIO(awkward.SEEN[name]())) as pdf:
        found = [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Type") not in TREE]
        holder = dice.choice(found)
        if len(holder.keys()):
            odd = [Array(), Dictionary(), Name.Odd, String("é"), 7, -0.5, True, pdf.make_stream(b"( /X Do")]
            holder[dice.choice(sorted(holder.keys()))] = dice.choice(odd)
        content = scanned.stored(pdf)
    prepared = scans.prepare(content)
    assert prepared.pages == 1
    assert binding.holds_together(prepared.content)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photograph_that_has_lost_its_end_and_nothing_more_is_bound_and_told(progressive: bool) -> None:
    content = scanned.saved(scanned.noisy(), "JPEG", progressive=progressive)
    prepared = scans.prepare(content[:-2])
    assert set(told(prepared)) == {"repaired"}
    assert scans.prepare(content).content == prepared.content
    assert fault(content[: len(content) // 2]) == "attachment-damaged"


def test_a_photograph_that_no_decoder_here_knows_is_refused() -> None:
    content = scanned.heic(scanned.noisy((300, 400))).replace(b"hvc1", b"zzz1").replace(b"hvcC", b"zzzC")
    assert fault(content) in ("attachment-unknown", "attachment-damaged")


def test_a_fax_of_the_other_order_of_bits_is_the_same_fax() -> None:
    plain = scanned.tiff(scanned.marked((1240, 1754), "1"), compression="group4", dpi=(150, 150))
    assert scans.prepare(awkward.fax_of_other_order()).content == scans.prepare(plain).content


def test_sixteen_bits_are_read_in_either_order_and_from_white_or_from_black() -> None:
    deep = scanned.noisy(mode="L").convert("I").point(lambda value: value * 257).convert("I;16")
    content = scanned.saved(deep, "TIFF")
    black = awkward.shown(scans.prepare(content).content)
    tag = content.index(b"\x06\x01\x03\x00\x01\x00\x00\x00\x01")
    white = awkward.shown(scans.prepare(content[: tag + 8] + b"\0" + content[tag + 9 :]).content)
    assert black.getpixel((595, 900)) == pytest.approx(255 - white.getpixel((595, 900)), abs=3)
    other = BytesIO()
    Image.frombytes("I;16B", deep.size, deep.tobytes("raw", "I;16B")).save(other, "TIFF")
    assert awkward.shown(scans.prepare(other.getvalue()).content).tobytes() == black.tobytes()


def test_words_of_any_length_beside_a_picture_do_not_lose_it() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "x" * 3_000_000, zip=True)
    content = scanned.saved(scanned.noisy(), "PNG", pnginfo=said)
    plain = scanned.saved(scanned.noisy(), "PNG")
    assert scans.prepare(content).content == scans.prepare(plain).content == scans.prepare(plain[:-12]).content


def test_the_small_picture_of_a_page_is_no_page() -> None:
    page, small = scanned.noisy((800, 1100), "L"), scanned.noisy((80, 110), "L")
    assert scans.prepare(scanned.tiff(page, small)).pages == 2
    small.encoderinfo = {"tiffinfo": {254: 1}}
    prepared = scans.prepare(scanned.tiff(page, small))
    assert prepared.pages == 1
    assert set(told(prepared)) == {"unchanged"}


# Legible


def test_a_long_screenshot_is_spread_over_sheets_on_which_it_can_be_read() -> None:
    prepared = scans.prepare(awkward.screenshot())
    assert told(prepared)["split"] == {"pages": 1}
    with Pdf.open(BytesIO(prepared.content)) as pdf:
        across = [float(bytes(page.obj.Contents.read_bytes()).split(b"W n ")[1].split()[0]) for page in pdf.pages]
        assert len({page.obj.Resources.XObject.Scan.objgen for page in pdf.pages}) == 1
    assert min(across) > 150 / 25.4 * 72
    assert prepared.pages == 8


def test_the_dots_of_a_camera_say_nothing_and_those_of_a_scanner_say_how_large_the_paper_is() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x829D] = 2.8
    picture = scanned.noisy((1600, 2133))
    for told_, wide in (({"exif": exif}, 1500), ({}, 900)):
        prepared = scans.prepare(scanned.saved(picture, "JPEG", dpi=(300, 300), **told_))
        dark = awkward.shown(prepared.content).point(lambda shade: 255 * (shade < 200)).getbbox()
        assert (dark[2] - dark[0] > 1000) == (wide > 1000)


def test_a_turn_that_no_reader_heeds_is_not_made() -> None:
    rdf = b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF %b><rdf:Description tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
    )
    xmp %= rdf
    assert set(told(scans.prepare(scanned.saved(scanned.noisy(), "JPEG", xmp=xmp)))) == {"unchanged"}


def test_a_full_page_of_few_colours_is_not_told_to_be_blank() -> None:
    bits = scanned.marked((1240, 1754), "1").tobytes()
    picture = (
        b"/Type/XObject/Subtype/Image/Width 1240/Height 1754/BitsPerComponent 1/ColorSpace[/Indexed/DeviceGray 1<00ff>]"
    )
    content = awkward.page(b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject<</I 5 0 R>>", o5=awkward.stream(picture, bits))
    assert "blank-pages" not in told(scans.prepare(content))


def test_a_portfolio_keeps_its_own_pages() -> None:
    def change(pdf: Pdf) -> None:
        scanned.attach(pdf, annex=scanned.pdf())
        pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.H)

    assert scans.prepare(scanned.pdf(change, pages=2)).pages == 3


# Nothing is too much


def _hostile() -> dict[str, Callable[[], bytes]]:
    """What fills the memory of other readers; each is made only when it is tried."""
    packed = awkward.swollen(300_000_000)
    picture = awkward.PICTURE + b"/Width 32/Filter/FlateDecode"
    draw = b"q 200 0 0 200 72 300 cm /I Do Q"
    twice = awkward.stream(b"/Filter[/FlateDecode/FlateDecode]", awkward.zlib.compress(packed, 9))
    plain = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"}  # fmt: skip
    return {
        "contents": lambda: awkward.raw({**plain, 4: awkward.stream(b"/Filter/FlateDecode", packed)}),
        "contents twice": lambda: awkward.raw({**plain, 4: twice}),
        "picture": lambda: awkward.page(draw, b"/XObject<</I 5 0 R>>", o5=awkward.stream(picture, packed)),
        "lines": lambda: awkward.page(b"1 1 m 500 %d l S\n" * 200_000),
        "png": lambda: scanned.bomb(30_000, 30_000),
        "large": lambda: b"%PDF-1.7 " + bytes(scans.HEAVIEST),
    }


def _peak() -> int:
    """The most memory this process ever held, in MB; ``ru_maxrss`` would count that of the process that began it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024


def _peaks(connection: object) -> None:
    found = {}
    for name, made in _hostile().items():
        code = fault(made())
        found[name] = (code, _peak())
    connection.send(found)  # type: ignore[attr-defined]


def test_no_file_takes_more_than_half_a_gigabyte() -> None:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_peaks, args=(theirs,))
    process.start()
    found = ours.recv()
    process.join()
    assert {name: code for name, (code, _) in found.items()} == {
        "contents": "attachment-too-large", "contents twice": "attachment-too-large", "picture": None, "lines": None,
        "png": "attachment-too-large", "large": "attachment-too-large",
    }  # fmt: skip
    assert max(peak for _, peak in found.values()) < 512
