"""Whatever people scan becomes upright A4 pages with a free foot, and what was done to it is told."""

from __future__ import annotations

import pickle
import random
import unicodedata
from collections.abc import Callable
from io import BytesIO

import numpy
import pikepdf
import pypdfium2
import pytest
import scanned
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageFile

from pemdocs import scans
from pemdocs.model import PemdocsError
from pemdocs.scans import Prepared, jpeg
from pemdocs.scans.paper import BAND, LONG, SHORT, place, places

PORTRAIT, LANDSCAPE = (210, 297), (297, 210)
DOTS = 2
"""Dots in a point, where a page is looked at."""


def seen(content: bytes, page: int = 0) -> numpy.ndarray:
    """A page as it is shown: rows of dots, from the top."""
    document = pypdfium2.PdfDocument(content)
    shown = numpy.asarray(document[page].render(scale=DOTS).to_pil().convert("RGB")).astype(int)
    document.close()
    return shown


def red(shown: numpy.ndarray) -> tuple[float, float]:
    """The middle of what is red, as parts of the width and the height from the upper left corner."""
    rows, columns = numpy.nonzero((shown[..., 0] > 150) & (shown[..., 1] < 80) & (shown[..., 2] < 80))
    return columns.mean() / shown.shape[1], rows.mean() / shown.shape[0]


def papers(content: bytes) -> list[tuple[int, int]]:
    """The sizes of the sheets, in millimetres; each stands upright by itself."""
    with Pdf.open(BytesIO(content)) as pdf:
        assert all(page.rotation == 0 and "/Rotate" not in page.obj for page in pdf.pages)
        assert all(not {"/Annots", "/AA", "/Metadata", "/StructParents"} & set(page.obj.keys()) for page in pdf.pages)
        return [tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:]) for page in pdf.pages]


def drawings(content: bytes) -> list[pikepdf.Object]:
    with Pdf.open(BytesIO(content)) as pdf:
        found = [page.obj.Resources.XObject.Scan for page in pdf.pages]
        return [{key: each[key] for key in each.keys()} | {"data": each.read_raw_bytes()} for each in found]  # noqa: SIM118


def codes(prepared: Prepared) -> list[str]:
    return [each.code for each in prepared.treatments]


def fault(content: bytes) -> str | None:
    try:
        scans.prepare(content)
    except PemdocsError as found:
        return found.code
    return None


def facts(prepared: Prepared, code: str) -> dict[str, object]:
    return dict(next(each.facts for each in prepared.treatments if each.code == code))


def foot(shown: numpy.ndarray) -> numpy.ndarray:
    return shown[-int(BAND * DOTS) + 2 :]


SOUND: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: scanned.oriented(1),
    "jpeg turned": lambda: scanned.oriented(6),
    "jpeg at 600 dpi": lambda: scanned.saved(scanned.noisy((2480, 3508)), "JPEG", dpi=(600, 600)),
    "jpeg in printing colours": lambda: scanned.saved(scanned.noisy(mode="CMYK"), "JPEG"),
    "png of 16 bits": lambda: scanned.saved(scanned.noisy(mode="L").convert("I;16"), "PNG"),
    "png with transparency": lambda: scanned.saved(Image.new("LA", (300, 200), (0, 90)), "PNG"),
    "png with a palette": lambda: scanned.saved(scanned.marked(mode="P"), "PNG"),
    "tiff of three pages": lambda: scanned.tiff(
        scanned.marked((600, 900), "1"), scanned.noisy((1600, 900), "L"), scanned.noisy((600, 600))
    ),
    "fax": lambda: scanned.tiff(scanned.marked((1728, 1143), "1"), dpi=(204, 98), compression="group4"),
    "webp": lambda: scanned.oriented(6, form="WEBP"),
    "heic": lambda: scanned.heic(scanned.noisy((300, 400))),
    "pdf": lambda: scanned.pdf(pages=3),
    "pdf lying": lambda: scanned.pdf(size=(842, 595)),
    "pdf turned": lambda: scanned.pdf(Rotate=90),
    "pdf of many sizes": lambda: scanned.pdf(
        lambda pdf: [scanned.page_of(pdf, size=size) for size in ((420, 595), (1190, 842), (3000, 300), (20, 20))]
    ),
    "form": lambda: scanned.pdf(scanned.form("Aïssatou")),
    "portfolio": lambda: scanned.portfolio(b=scanned.pdf(pages=2), a=scanned.oriented(6)),
}


@pytest.mark.parametrize("name", SOUND)
def test_every_page_is_upright_on_a4_with_a_free_foot(name: str) -> None:
    prepared = scans.prepare(SOUND[name]())
    assert set(papers(prepared.content)) <= {PORTRAIT, LANDSCAPE}
    assert len(papers(prepared.content)) == prepared.pages
    for page in range(prepared.pages):
        assert foot(seen(prepared.content, page)).min() == 255


@pytest.mark.parametrize("name", SOUND)
def test_the_same_file_gives_the_same_bytes_and_travels_between_processes(name: str) -> None:
    content = SOUND[name]()
    prepared = scans.prepare(content)
    assert pickle.loads(pickle.dumps(prepared)) == prepared == scans.prepare(content)  # noqa: S301
    assert fault(content) is None


@pytest.mark.parametrize("name", SOUND)
def test_what_is_prepared_is_a_sound_pdf_that_can_be_prepared_again(name: str) -> None:
    prepared = scans.prepare(SOUND[name]())
    with Pdf.open(BytesIO(prepared.content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
    again = scans.prepare(prepared.content)
    assert again.pages == prepared.pages
    assert "repaired" not in codes(again)


# Where a page stands


@given(st.floats(1, 20_000), st.floats(1, 20_000), st.floats(0.1, 3), st.floats(0, 30))
def test_a_page_keeps_its_shape_within_the_paper(width: float, height: float, most: float, margin: float) -> None:
    where = place(width, height, most=most, margin=margin)
    assert (where.width, where.height) in ((SHORT, LONG), (LONG, SHORT))
    assert 0 < where.scale <= most
    assert where.x >= margin - 1e-6
    assert where.y >= max(BAND, margin) - 1e-6
    assert where.x + width * where.scale <= where.width - margin + 1e-6
    assert where.y + height * where.scale <= where.height - margin + 1e-6


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.integers(30, 3000),
            st.integers(30, 3000),
            st.sampled_from((0, 90, 180, 270, -90)),
            st.sampled_from((1, 2)),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_as_many_pages_come_out_as_went_in(pages: list[tuple[int, int, int, int]]) -> None:
    def change(pdf: Pdf) -> None:
        for width, height, turn, unit in pages:
            scanned.page_of(pdf, size=(width, height), Rotate=turn, UserUnit=unit)

    prepared = scans.prepare(scanned.pdf(change, pages=0))
    sizes = [(across * unit, down * unit)[:: -1 if turn in (90, 270, -90) else 1] for across, down, turn, unit in pages]
    spread = sum(len(places(*size)) for size in sizes)
    assert prepared.pages == len(papers(prepared.content)) == spread
    assert set(papers(prepared.content)) <= {PORTRAIT, LANDSCAPE}
    for page in range(prepared.pages):
        assert foot(seen(prepared.content, page)).min() == 255


def test_a_page_that_has_room_keeps_its_size() -> None:
    prepared = scans.prepare(scanned.pdf(size=(420, 595)))
    dark = numpy.nonzero(seen(prepared.content).min(axis=(0, 2)) < 100)[0]
    assert (dark[-1] - dark[0]) / DOTS == pytest.approx(420, abs=2)
    assert codes(prepared) == ["unchanged"]


def test_a_page_that_has_none_is_made_smaller() -> None:
    prepared = scans.prepare(scanned.pdf())
    assert codes(prepared) == ["scaled"]
    assert facts(prepared, "scaled") == {"pages": 1}


def test_a_scan_is_printed_at_the_size_of_its_paper() -> None:
    prepared = scans.prepare(scanned.saved(scanned.noisy((1000, 700)), "PNG", dpi=(200, 200)))
    dark = numpy.nonzero(seen(prepared.content).min(axis=(0, 2)) < 100)[0]
    assert (dark[-1] - dark[0]) / DOTS == pytest.approx(1000 / 200 * 72, abs=2)


# Pictures


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_is_shown_as_the_camera_was_held(turn: int, form: str) -> None:
    prepared = scans.prepare(scanned.oriented(turn, form=form))
    across, down = red(seen(prepared.content))
    assert across < 0.35
    assert down < 0.35
    assert ("turned" in codes(prepared)) == (turn != 1)


def test_a_heic_is_shown_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[274] = 6
    lying = scanned.noisy((300, 400)).transpose(Image.Transpose.ROTATE_90)
    prepared = scans.prepare(scanned.heic(lying, exif=exif.tobytes()))
    assert papers(prepared.content) == [PORTRAIT]
    assert max(red(seen(prepared.content))) < 0.45
    assert codes(prepared) == ["turned"]
    assert prepared.format == "HEIC"


def test_a_photograph_is_made_no_sharper_than_print_needs() -> None:
    prepared = scans.prepare(scanned.saved(scanned.noisy((4000, 3000)), "JPEG", quality=95))
    width = drawings(prepared.content)[0]["/Width"]
    assert facts(prepared, "resampled") == {"dpi": 200, "pages": 1}
    assert papers(prepared.content) == [LANDSCAPE]
    dark = numpy.nonzero(seen(prepared.content).min(axis=(0, 2)) < 100)[0]
    assert width / ((dark[-1] - dark[0]) / DOTS / 72) == pytest.approx(200, rel=0.01)


@settings(deadline=None, max_examples=25)
@given(st.integers(40, 2500), st.integers(40, 2500), st.sampled_from((None, 72, 150, 300, 600)), st.integers(1, 8))
def test_no_picture_is_printed_too_coarse_to_read(width: int, height: int, dpi: int | None, turn: int) -> None:
    exif = Image.Exif()
    exif[274] = turn
    settings_ = {} if dpi is None else {"dpi": (dpi, dpi)}
    content = scanned.saved(Image.new("L", (width, height), 9), "JPEG", exif=exif, **settings_)
    prepared = scans.prepare(content)
    with Pdf.open(BytesIO(prepared.content)) as pdf:
        numbers = [float(each) for each in bytes(pdf.pages[0].obj.Contents.read_bytes()).split()[1:7]]
    drawn = drawings(prepared.content)[0]
    for pixels, points in ((drawn["/Width"], numbers[0]), (drawn["/Height"], numbers[3])):
        assert 149 <= int(pixels) / points * 72 <= 200 * 1.05 + 72 / points
    assert fault(content) is None


def test_a_jpeg_that_fits_keeps_every_pixel_and_loses_the_data_of_the_camera() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "Maker", "Somebody"
    content = scanned.saved(scanned.noisy(), "JPEG", exif=exif, comment=b"Somebody") + b"Somebody"
    prepared = scans.prepare(content)
    drawn = drawings(prepared.content)[0]
    assert codes(prepared) == ["unchanged"]
    assert b"Somebody" in content
    assert b"Somebody" not in drawn["data"]
    assert Image.open(BytesIO(drawn["data"])).tobytes() == Image.open(BytesIO(content)).tobytes()


def test_a_jpeg_of_a_kind_that_pdf_does_not_hold_is_not_taken_over() -> None:
    content = scanned.oriented(1)
    start = content.index(b"\xff\xc0")
    assert jpeg.bare(content) is not None
    assert jpeg.bare(content[:start] + b"\xff\xc9" + content[start + 2 :]) is None
    assert jpeg.bare(content[:-2]) == jpeg.bare(content)
    assert jpeg.bare(content[:40]) is None


def test_a_picture_loses_nothing_of_grey_and_of_black_and_white() -> None:
    grey = drawings(scans.prepare(scanned.saved(scanned.noisy(mode="L"), "JPEG", dpi=(300, 300))).content)[0]
    assert grey["/ColorSpace"] == Name.DeviceGray
    text = scanned.tiff(scanned.marked((4960, 7016), "1"), dpi=(600, 600), compression="group4")
    drawn = drawings(scans.prepare(text).content)[0]
    assert (drawn["/Width"], drawn["/Height"], drawn["/BitsPerComponent"]) == (4960, 7016, 1)
    assert drawn["/Filter"] == Name.CCITTFaxDecode
    assert abs(seen(scans.prepare(text).content)[200].min() - 255) < 3


def test_a_drawing_of_few_colours_is_not_blurred() -> None:
    drawn = drawings(scans.prepare(scanned.saved(scanned.marked(mode="P"), "PNG")).content)[0]
    assert drawn["/Filter"] == Name.FlateDecode


def test_printing_colours_become_those_of_a_screen() -> None:
    prepared = scans.prepare(scanned.saved(scanned.noisy(mode="CMYK"), "JPEG"))
    assert codes(prepared) == ["cmyk-converted"]
    assert drawings(prepared.content)[0]["/ColorSpace"] == Name.DeviceRGB
    assert max(red(seen(prepared.content))) < 0.4


def test_a_profile_that_does_not_fit_or_cannot_be_read_stops_nothing() -> None:
    for profile in (b"nonsense", scanned.profile("sRGB")):
        content = scanned.saved(scanned.noisy(mode="CMYK"), "JPEG", icc_profile=profile)
        assert codes(scans.prepare(content)) == ["cmyk-converted"]
    lab = scanned.saved(scanned.noisy(), "PNG", icc_profile=scanned.profile("XYZ"))
    assert scans.prepare(lab).pages == 1


def test_sixteen_bits_become_eight_and_nothing_becomes_dark() -> None:
    deep = scanned.noisy(mode="L").convert("I").point(lambda value: value * 257).convert("I;16")
    for form in ("PNG", "TIFF"):
        prepared = scans.prepare(scanned.saved(deep, form))
        assert codes(prepared) == ["depth-reduced"]
        assert seen(prepared.content).max() == 255
        assert 80 < seen(prepared.content)[900, 500:700].mean() < 200


def test_what_is_seen_through_is_laid_on_white() -> None:
    glass = scanned.noisy(mode="RGBA")
    glass.putalpha(100)
    for form in ("PNG", "WEBP"):
        prepared = scans.prepare(scanned.saved(glass, form))
        assert codes(prepared) == ["transparency-flattened"]
        assert not {"/SMask", "/Mask"} & drawings(prepared.content)[0].keys()
        assert seen(prepared.content).min() > 100
    assert codes(scans.prepare(scanned.saved(scanned.noisy(mode="RGBA"), "PNG"))) == ["unchanged"]


def test_every_page_of_a_tiff_is_there() -> None:
    prepared = scans.prepare(SOUND["tiff of three pages"]())
    assert prepared.pages == 3
    assert facts(prepared, "pages-of-tiff") == {"pages": 3}
    assert papers(prepared.content) == [PORTRAIT, LANDSCAPE, PORTRAIT]


def test_a_fax_has_its_proportions() -> None:
    shown = seen(scans.prepare(SOUND["fax"]()).content)
    dark = numpy.nonzero(shown.min(axis=(1, 2)) < 100)[0]
    assert (dark[-1] - dark[0]) / DOTS == pytest.approx(1143 / 98 * 72 / 10 * (210 / (1728 / 204 * 25.4)), rel=0.05)


def test_a_broken_note_of_the_camera_does_not_lose_the_picture() -> None:
    content = scanned.oriented(6)
    broken = content.replace(b"MM\0*", b"MM\0\xff")
    assert broken != content
    assert scans.prepare(broken).pages == 1


# PDF


@pytest.mark.parametrize(("turn", "corner"), [(90, (1, 0)), (180, (1, 1)), (270, (0, 1)), (-90, (0, 1)), (450, (1, 0))])
def test_a_turned_page_is_shown_as_its_reader_showed_it(turn: int, corner: tuple[int, int]) -> None:
    prepared = scans.prepare(scanned.pdf(Rotate=turn))
    across, down = red(seen(prepared.content))
    assert (round(across), round(down)) == corner
    assert facts(prepared, "turned") == {"pages": 1}


def test_only_what_a_reader_shows_of_a_page_is_there() -> None:
    crop = Array([0, 421, 595, 842])
    prepared = scans.prepare(scanned.pdf(CropBox=crop, TrimBox=Array([200, 500, 300, 600])))
    assert papers(prepared.content) == [PORTRAIT]
    assert red(seen(prepared.content))[0] < 0.2
    odd = scans.prepare(scanned.pdf(CropBox=Array([9000, 9000, 9100, 9100]), MediaBox=Array([595, 842, 0, 0])))
    assert max(red(seen(odd.content))) < 0.2


def test_a_page_without_paper_or_content_is_still_a_page() -> None:
    def change(pdf: Pdf) -> None:
        del pdf.pages[0].obj.Contents
        pdf.pages[1].obj.MediaBox = Array([0, 0, 0, 0])

    prepared = scans.prepare(scanned.pdf(change, pages=3))
    assert prepared.pages == 3
    assert facts(prepared, "blank-pages") == {"pages": "1"}


def test_blank_pages_are_kept_and_told() -> None:
    paper = Image.effect_noise((1240, 1754), 6).point(lambda value: min(255, value + 110))
    written = paper.copy()
    written.paste(0, (100, 100, 160, 130))
    prepared = scans.prepare(scanned.tiff(paper, written, paper))
    assert facts(prepared, "blank-pages") == {"pages": "1, 3"}
    in_pdf = scans.prepare(scanned.saved(paper, "PDF", save_all=True, append_images=[written], resolution=150))
    assert facts(in_pdf, "blank-pages") == {"pages": "1"}
    assert in_pdf.pages == 2


def test_a_field_is_drawn_with_its_value() -> None:
    prepared = scans.prepare(scanned.pdf(scanned.form("Aïssatou Ndiaye")))
    text = pypdfium2.PdfDocument(prepared.content)[0].get_textpage().get_text_bounded()
    assert "Aïssatou Ndiaye" in text
    assert facts(prepared, "flattened") == {"count": 1}
    assert not prepared.archival


def test_a_long_text_of_a_form_is_broken_into_lines_and_read_whole() -> None:
    words = " ".join(f"mot{number}" for number in range(60))
    prepared = scans.prepare(scanned.pdf(scanned.form(words, flags=1 << 12, height=80)))
    text = pypdfium2.PdfDocument(prepared.content)[0].get_textpage().get_text_bounded()
    assert words.split() == [word for word in text.split() if word.startswith("mot")]


@pytest.mark.parametrize("words", ["Łukasz Șerban", "Ñguyễn Văn", "Иванов", "Ŋóor Ɓah"])
@pytest.mark.parametrize("flags", [0, 1 << 12])
def test_a_name_in_foreign_letters_is_drawn_as_it_is_written(words: str, flags: int) -> None:
    prepared = scans.prepare(scanned.pdf(scanned.form(words, flags=flags, height=40)))
    text = pypdfium2.PdfDocument(prepared.content)[0].get_textpage().get_text_bounded()
    assert words in unicodedata.normalize("NFC", text)


def test_what_readers_see_of_notes_stays_and_what_they_do_not_goes() -> None:
    def change(pdf: Pdf) -> None:
        box = {"AP": Dictionary(N=scanned.drawn(pdf, (200, 40), "0 0 1"))}
        scanned.annotate(
            pdf, scanned.note("Stamp", **box), scanned.note("Link"),
            scanned.note("Stamp", **box | {"F": 2, "Rect": Array([100, 100, 300, 140])}),
        )  # fmt: skip

    prepared = scans.prepare(scanned.pdf(change))
    shown = seen(prepared.content)
    rows = numpy.nonzero((shown[..., 2] > 200) & (shown[..., 0] < 50))[0]
    assert facts(prepared, "flattened") == {"count": 1}
    assert (rows.max() - rows.min()) / DOTS < 45


def test_nothing_in_a_prepared_pdf_acts() -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = scanned.script()
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), scanned.script()])))
        pdf.pages[0].obj.AA = Dictionary(O=scanned.script())
        actions = (
            Dictionary(S=Name.URI, URI=String("http://x")), Dictionary(S=Name.Launch, F=String("x")),
            Dictionary(S=Name.GoToR, F=String("x")), Dictionary(S=Name.SubmitForm, F=String("x")),
            Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit])),
        )  # fmt: skip
        scanned.annotate(pdf, *(scanned.note("Link", A=action) for action in actions))
        scanned.attach(pdf, secret=b"x")

    prepared = scans.prepare(scanned.pdf(change))
    assert facts(prepared, "scripts-removed") == {"count": 3}
    assert facts(prepared, "actions-removed") == {"count": 4}
    assert facts(prepared, "embedded-files-removed") == {"count": 1}
    with Pdf.open(BytesIO(prepared.content)) as pdf:
        keys = {key for each in pdf.objects if isinstance(each, Dictionary | pikepdf.Stream) for key in each.keys()}  # noqa: SIM118
    assert not keys & {"/A", "/AA", "/JS", "/JavaScript", "/OpenAction", "/URI", "/EF", "/Names"}


def test_metadata_outlines_and_private_data_stay_behind() -> None:
    def change(pdf: Pdf) -> None:
        pdf.docinfo["/Author"] = "Somebody"
        pdf.pages[0].obj.PieceInfo = Dictionary(X=String("Somebody"))
        pdf.pages[0].obj.Resources.Metadata = pdf.make_stream(b"Somebody")
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Somebody", 0))
        box = scanned.drawn(pdf, (5, 5), "0 0 1")
        box.Metadata, box.StructParents = pdf.make_stream(b"Somebody"), 3
        pdf.pages[0].obj.Resources.XObject = Dictionary(B=box)

    prepared = scans.prepare(scanned.pdf(change))
    with Pdf.open(BytesIO(prepared.content)) as pdf:
        told = [each.read_bytes() if isinstance(each, pikepdf.Stream) else each.unparse() for each in pdf.objects]
        keys = {key for each in pdf.objects if isinstance(each, pikepdf.Stream) for key in each.keys()}  # noqa: SIM118
    assert b"Somebody" not in b"".join(told)
    assert "/StructParents" not in keys


def test_marks_of_structure_are_gone_and_the_page_looks_the_same() -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC " + page.Contents.read_bytes() + b" EMC")

    marked, plain = scans.prepare(scanned.pdf(change)), scans.prepare(scanned.pdf())
    assert b"MCID" not in drawings(marked.content)[0]["data"]
    with Pdf.open(BytesIO(marked.content)) as pdf:
        assert b"BDC" not in pdf.pages[0].obj.Resources.XObject.Scan.read_bytes()
    assert (seen(marked.content) == seen(plain.content)).all()


@pytest.mark.parametrize("off", [True, False])
def test_a_layer_is_seen_where_its_reader_saw_it(off: bool) -> None:
    prepared = scans.prepare(scanned.pdf(lambda pdf: scanned.layered(pdf, off)))
    shown = seen(prepared.content)
    assert bool(((shown[..., 1] > 200) & (shown[..., 0] < 50)).any()) != off
    assert bool(((shown[..., 2] > 200) & (shown[..., 0] < 50)).any()) != off
    assert max(red(shown)) < 0.2


def test_a_dynamic_form_is_told_for_its_page_says_only_please_wait() -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root.NeedsRendering = True

    assert facts(scans.prepare(scanned.pdf(change)), "xfa-removed") == {"dynamic": True}
    static = scans.prepare(scanned.pdf(scanned.form("value", XFA=Array())))
    assert facts(static, "xfa-removed") == {"dynamic": False}
    assert "flattened" in codes(static)


def test_a_portfolio_is_unpacked_and_what_is_no_page_is_told() -> None:
    content = scanned.portfolio(
        b=scanned.pdf(pages=2), a=scanned.oriented(6), c=b"PK\3\4", d=scanned.portfolio(x=scanned.pdf())
    )
    prepared = scans.prepare(content)
    assert prepared.pages == 1 + 4 + 1
    assert facts(prepared, "portfolio-unpacked") == {"count": 3}
    assert facts(prepared, "embedded-files-removed") == {"count": 1}
    only_cover = scans.prepare(scanned.portfolio(c=b"PK\3\4"))
    assert only_cover.pages == 1
    assert facts(only_cover, "embedded-files-removed") == {"count": 1}


def test_a_signed_pdf_is_never_touched() -> None:
    content = scanned.signed()
    prepared = scans.prepare(content)
    assert (prepared.content, prepared.pages, prepared.original) == (b"", 0, content)
    assert codes(prepared) == ["signed-attached"]
    assert fault(content) is None
    wrapped = scanned.portfolio(a=content)
    assert scans.prepare(wrapped).original == wrapped


def test_a_certified_pdf_is_signed_and_an_empty_signature_field_is_not() -> None:
    certified = scanned.pdf(lambda pdf: pdf.Root.__setattr__("Perms", Dictionary(DocMDP=Dictionary())))
    assert scans.prepare(certified).original == certified

    def ask(pdf: Pdf) -> None:
        scanned.annotate(pdf, scanned.note("Widget", FT=Name.Sig, T=String("sign")))
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)

    assert scans.prepare(scanned.pdf(ask)).original is None


def test_restrictions_are_lifted_and_told_but_a_password_is_needed() -> None:
    assert "decrypted-owner" in codes(scans.prepare(scanned.locked("")))
    assert fault(scanned.locked("secret")) == "attachment-encrypted"


def test_a_broken_table_of_objects_is_mended_and_told() -> None:
    prepared = scans.prepare(scanned.broken_xref(scanned.pdf(pages=2)))
    assert prepared.pages == 2
    assert codes(prepared)[0] == "repaired"


# What may stand in an archive


def claims(space: str = "RGB ", part: str = "2") -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        with pdf.open_metadata() as metadata:
            metadata["pdfaid:part"] = part
            metadata["pdfaid:conformance"] = "B"
        profile = pdf.make_stream(b"\0" * 16 + space.encode() + b"\0" * 108)
        pdf.Root.OutputIntents = Array([Dictionary(Type=Name.OutputIntent, DestOutputProfile=profile)])

    return change


def test_only_what_says_that_it_can_be_archived_is_archived() -> None:
    assert scans.prepare(scanned.pdf(claims())).archival
    assert scans.prepare(scanned.oriented(1)).archival
    assert not scans.prepare(scanned.pdf()).archival
    assert not scans.prepare(scanned.pdf(claims("CMYK"))).archival
    assert not scans.prepare(scanned.pdf(claims(part="4"))).archival
    assert not scans.prepare(scanned.broken_xref(scanned.pdf(claims()))).archival


# What cannot be bound

UNFIT: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("attachment-empty", lambda: b""),
    "blanks": ("attachment-empty", lambda: b"\0\n " * 99),
    "web page": ("attachment-unknown", lambda: b"<!DOCTYPE html><p>%PDF-1.7"),
    "program": ("attachment-unknown", lambda: b"MZ" + bytes(range(1, 200))),
    "word": ("attachment-unknown", lambda: b"PK\x03\x04word/document.xml"),
    "text": ("attachment-unknown", lambda: b"Bonjour"),
    "avif": ("attachment-unknown", lambda: b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf"),
    "locked": ("attachment-encrypted", lambda: scanned.locked("secret")),
    "half a pdf": ("attachment-damaged", lambda: scanned.pdf()[:200]),
    "half a jpeg": ("attachment-damaged", lambda: scanned.oriented(1)[:9000]),
    "half a png": ("attachment-damaged", lambda: scanned.oriented(1, form="PNG")[:2000]),
    "half a heic": ("attachment-damaged", lambda: scanned.heic(scanned.noisy((300, 400)))[:1500]),
    "pdf without pages": ("attachment-damaged", lambda: scanned.pdf(pages=0)),
    "bomb": ("attachment-too-large", lambda: scanned.bomb(30_000, 30_000)),
    "sealed": (
        "attachment-encrypted",
        lambda: scanned.portfolio_of(Dictionary(AFRelationship=Name.EncryptedPayload)),
    ),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_cannot_be_bound_is_told_by_its_code(name: str) -> None:
    code, make = UNFIT[name]
    content = make()
    assert fault(content) == code
    with pytest.raises(PemdocsError) as error:
        scans.prepare(content)
    assert (error.value.code, dict(error.value.facts)) == (code, {})


def test_too_many_pages_are_too_large() -> None:
    with Pdf.new() as pdf:
        page = scanned.page_of(pdf)
        pdf.pages.extend([page] * 1001)
        assert fault(scanned.stored(pdf)) == "attachment-too-large"


def test_the_limits_of_the_decoder_are_as_they_were() -> None:
    before = Image.MAX_IMAGE_PIXELS
    fault(scanned.bomb(30_000, 30_000))
    assert before == Image.MAX_IMAGE_PIXELS


@pytest.mark.parametrize("name", ["half a jpeg", "half a png"])
def test_half_a_picture_is_damaged_though_the_writer_of_pdfs_would_take_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    test_what_cannot_be_bound_is_told_by_its_code(name)
    assert ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize("name", SOUND)
@settings(deadline=None, max_examples=12)
@given(seed=st.integers(0, 1 << 32))
def test_a_file_that_a_transfer_has_spoiled_is_prepared_or_refused_and_never_more(name: str, seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray(SOUND[name]())
    if dice.random() < 0.3:
        content = content[: dice.randrange(len(content))]
    for _ in range(dice.choice((1, 3, 20)) if content else 0):
        content[dice.randrange(len(content))] = dice.randrange(256)
    try:
        found = scans.prepare(bytes(content))
        code = None
        assert len(papers(found.content)) == found.pages if found.content else found.original
    except PemdocsError as error:
        code = error.code
    assert fault(bytes(content)) == code
    assert code is None or code.startswith("attachment-")
