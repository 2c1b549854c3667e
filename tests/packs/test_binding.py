"""A dossier holds every page in its order, each with its own numbers, in files that a consulate takes."""

from __future__ import annotations

import hashlib
import io
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pages as samples
import pdfplumber
import pikepdf
import pypdfium2
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from pikepdf.pdfa import validate_written

from pemdocs.model import Page
from pemdocs.packs import binding
from pemdocs.packs.binding import Binding, Piece, Volume
from pemdocs.writing import pdf

POINTS = 72 / 25.4
A4 = (0, 0, 595, 842)
PASSWORD = "Saint-Louis é"  # noqa: S105
BINDING = Binding(
    title="Dossier de visa",
    languages=("fr", "en"),
    author="Enabel",
    subject="Visa de court séjour",
    modified=date(2026, 3, 1),
    pieces=(),
    stamp="pièce {piece} · {at}/{of}",
    volume="volume {volume}/{volumes}",
)


def scan(*marks: str, size: int = 0, turn: int = 0, box: tuple[int, int, int, int] = A4) -> bytes:
    """A PDF of pages with a picture of ``size`` bytes that do not shrink, each with a mark in its content."""
    file = pikepdf.new()
    for mark in marks:
        page = Dictionary(Type=Name.Page, MediaBox=Array(list(box)), Resources=Dictionary(), Rotate=turn)
        file.pages.append(pikepdf.Page(file.make_indirect(page)))
        if size:
            picture = file.make_stream(hashlib.shake_256(mark.encode()).digest(size))
            keys = {"Type": Name.XObject, "Subtype": Name.Image, "Width": size, "Height": 1, "BitsPerComponent": 8}
            picture.stream_dict = Dictionary({**{f"/{k}": v for k, v in keys.items()}, "/ColorSpace": Name.DeviceGray})
            file.pages[-1].add_resource(picture, Name.XObject, Name.Picture)
        draw = b"q 400 0 0 600 90 120 cm /Picture Do Q\n" if size else b""
        file.pages[-1].obj.Contents = file.make_stream(b"%%<%b>\n" % mark.encode() + draw)
    return saved(file)


def saved(file: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    file.save(out, deterministic_id=True)
    return out.getvalue()


def opened(volume: Volume, password: str = "") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(volume.content), password=password)


def dossier(counts: Iterable[Iterable[int]], size: int = 0) -> tuple[Piece, ...]:
    """Pieces whose parts have so many pages, each page marked; without the claim, whose check takes its time."""
    return tuple(
        Piece(number, f"Titre {number}", tuple(parts(number, of, size)), archival=False)
        for number, of in enumerate(counts, 1)
    )


def unnumbered(pieces: tuple[Piece, ...], front: int) -> tuple[Piece, ...]:
    """The first of them without a number."""
    return (*(replace(piece, number=0) for piece in pieces[:front]), *pieces[front:])


def parts(number: int, counts: Iterable[int], size: int) -> Iterator[bytes]:
    for part, count in enumerate(counts):
        yield scan(*(f"{number}.{part}.{page}" for page in range(count)), size=size)


def marks(volumes: Iterable[Volume]) -> list[str]:
    """The marks of all pages, in their order."""
    found = []
    for volume in volumes:
        with opened(volume) as file:
            for page in file.pages:
                content = b"".join(stream.read_bytes() for stream in page.obj.Contents)
                found.append(content.split(b"%<")[1].split(b">")[0].decode())
    return found


def stamps(volume: Volume) -> list[str]:
    """The words on each page, which are the stamp's alone."""
    with pypdfium2.PdfDocument(volume.content) as file:
        return [page.get_textpage().get_text_range().strip() for page in file]


def ink(volume: Volume) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is drawn on the first page as it is read, in millimetres, and its paper."""
    with pypdfium2.PdfDocument(volume.content) as file:
        picture = file[0].render(scale=2).to_pil().convert("L").point(lambda shade: 255 * (shade < 200))
    left, top, right, bottom = picture.getbbox()
    return (
        left / 2 / POINTS,
        (picture.height - top) / 2 / POINTS,
        (picture.width - right) / 2 / POINTS,
        (picture.height - bottom) / 2 / POINTS,
    )


@lru_cache(maxsize=1)
def paper() -> bytes:
    return pdf.write(samples.mono(), samples.HOUSE, samples.CSS)[0]


def bound(*pieces: Piece, **how: object) -> tuple[Volume, ...]:
    return binding.bind(replace(BINDING, pieces=pieces, **how))


HEADROOM = 6_000
"""Bytes that a cut leaves for what only a volume holds: its longest number, the claim and the colours of an archive."""

COUNTS = st.lists(st.lists(st.integers(0, 4), max_size=3), min_size=1, max_size=6)


@given(st.lists(st.integers(0, 9)), st.integers(0, 5))
def test_a_piece_begins_after_all_pages_before_it(counts: list[int], front: int) -> None:
    firsts = binding.first_pages(counts, front)
    assert firsts == tuple(front + sum(counts[:at]) + 1 for at in range(len(counts)))


@settings(max_examples=20)
@given(COUNTS, st.integers(0, 3))
@example([[3, 0], [], [1, 2]], 0)
def test_every_page_says_its_piece_and_one_number(counts: list[list[int]], front: int) -> None:
    of = sum(map(sum, counts))
    assume(of)
    (volume,) = bound(*unnumbered(dossier(counts), front))
    pieces = [piece for piece, parts in enumerate(counts, 1) for page in range(sum(parts))]
    told = [f"pièce {piece} · {at}/{of}" if piece > front else f"{at}/{of}" for at, piece in enumerate(pieces, 1)]
    assert stamps(volume) == told
    assert (volume.pages, volume.first, volume.too_large) == (of, 1, False)


@settings(max_examples=10)
@given(COUNTS, st.integers(1_000, 20_000), st.integers(10_000, 90_000))
@example([[3], [1, 1], [12]], 9_000, 40_000)
@example([[2], [1]], 20_000, 10_000)
def test_volumes_hold_all_pages_in_order_below_the_limit(counts: list[list[int]], size: int, limit: int) -> None:
    told = [f"{n}.{part}.{page}" for n, c in enumerate(counts, 1) for part, of in enumerate(c) for page in range(of)]
    volumes = bound(*dossier(counts, size), max_bytes=limit)
    assert marks(volumes) == told
    assert [each.first for each in volumes] == list(binding.first_pages(each.pages for each in volumes))
    for number, volume in enumerate(volumes, 1):
        assert volume.pages == 1 or len(volume.content) <= limit
        assert volume.too_large == (len(volume.content) > limit)
        ending = f" · volume {number}/{len(volumes)}" if len(volumes) > 1 else ""
        for at, stamp in enumerate(stamps(volume), volume.first):
            assert stamp.endswith(f" · {at}/{len(told)}{ending}")


@settings(max_examples=10)
@given(COUNTS, st.integers(4_000, 20_000), st.integers(20_000, 90_000))
def test_a_piece_is_cut_only_where_it_is_larger_than_a_volume(counts: list[list[int]], size: int, limit: int) -> None:
    pieces = dossier(counts, size)
    owners = [at for at, piece in enumerate(counts) for _ in range(sum(piece))]
    for volume in bound(*pieces, max_bytes=limit)[1:]:
        piece = owners[volume.first - 1]
        if piece == owners[volume.first - 2]:
            (alone,) = bound(pieces[piece])
            assert len(alone.content) > limit - HEADROOM


def test_a_dossier_that_fits_is_one_file_whatever_the_limit() -> None:
    pieces = dossier([[2], [1]])
    assert bound(*pieces, max_bytes=10_000_000) == bound(*pieces)


def test_without_a_page_there_is_no_volume() -> None:
    assert bound() == ()
    assert bound(Piece(1, "Rien", (b"",), (("piece-01-1.pdf", b"%PDF"),))) == ()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("box", [A4, (0, 0, 842, 595), (-40, 100, 555, 942)])
def test_a_stamp_stands_upright_in_the_middle_of_the_foot_as_the_page_is_read(
    turn: int, box: tuple[int, int, int, int]
) -> None:
    (volume,) = bound(Piece(1, "Page", (scan("x", turn=turn, box=box),)))
    left, top, right, bottom = ink(volume)
    assert left == pytest.approx(right, abs=1)
    assert 4 < bottom < top < 8
    assert 2 < top - bottom < 3.5


def test_a_narrow_page_gets_a_smaller_stamp() -> None:
    (volume,) = bound(Piece(1, "Ticket", (scan("x", box=(0, 0, 85, 400)),)), stamp="{piece}{at}{of}{at}" * 20)
    left, top, right, _ = ink(volume)
    assert min(left, right) > 0
    assert top < 8


def test_content_that_changes_the_page_for_good_does_not_move_the_stamp() -> None:
    with pikepdf.open(io.BytesIO(scan("x"))) as file:
        file.pages[0].contents_add(b"q 0.1 0 0 0.1 300 700 cm 1 1 1 rg\n")
        (volume,) = bound(Piece(1, "Page", (saved(file),)))
    assert 4 < ink(volume)[3] < ink(volume)[1] < 8


def test_a_dossier_can_be_a_piece_of_another() -> None:
    (inner,) = bound(*dossier([[2]]))
    (outer,) = bound(Piece(7, "Ancien dossier", (inner.content,)))
    for at, said in enumerate(stamps(outer), 1):
        assert f"pièce 1 · {at}/2" in said
        assert f"pièce 7 · {at}/2" in said


@pytest.mark.parametrize("kind", [samples.mono, samples.parallel])
def test_papers_of_the_house_leave_the_foot_of_the_page_free(kind: Callable[[], Page]) -> None:
    content = pdf.write(kind(), samples.HOUSE, samples.CSS)[0]
    with pdfplumber.open(io.BytesIO(content)) as file:
        for page in file.pages:
            lowest = max(thing["bottom"] for thing in page.chars + page.images + page.rects + page.curves + page.lines)
            assert page.height - lowest > 8 * POINTS


def mixed() -> tuple[Piece, ...]:
    signed = scan("signature")
    return (
        Piece(1, "Contenu", (paper(),)),
        Piece(2, "Passeport", (scan("a", "b", size=900), scan("c")), (("piece-02-1.pdf", signed),)),
        Piece(3, "Lettre", (), (("piece-03-1.pdf", signed + b"\n"),)),
    )


def test_a_checker_of_archives_finds_nothing_against_the_dossier() -> None:
    (volume,) = bound(*mixed())
    report = validate_written(io.BytesIO(volume.content), "3b")
    assert report.passed, report.summary()


def test_the_metadata_say_what_the_information_dictionary_says_and_name_no_person() -> None:
    (volume,) = bound(*mixed())
    with opened(volume) as file, file.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "B")
        assert xmp["dc:title"] == str(file.docinfo.Title) == "Dossier de visa"
        assert xmp["dc:creator"] == [str(file.docinfo.Author)] == ["Enabel"]
        assert xmp["dc:description"] == str(file.docinfo.Subject) == "Visa de court séjour"
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-03-01T00:00:00+00:00"
        assert set(file.docinfo.keys()) == {
            "/Author", "/CreationDate", "/Creator", "/ModDate", "/Producer", "/Subject", "/Title"
        }  # fmt: skip
        assert file.Root.Lang == "fr"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert file.Root.OutputIntents[0].S == Name.GTS_PDFA1


def claims(volume: Volume, password: str = "") -> bool:
    with opened(volume, password) as file, file.open_metadata() as xmp:
        return "pdfaid:part" in xmp


def test_no_archive_is_claimed_where_a_piece_may_not_stand_in_one() -> None:
    assert not claims(bound(*mixed(), Piece(4, "Police", (scan("x"),), archival=False))[0])


def test_no_archive_is_claimed_that_the_check_refuses() -> None:
    with pikepdf.open(io.BytesIO(scan("x"))) as file:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        file.pages[0].add_resource(font, Name.Font, Name.F1)
        file.pages[0].contents_add(b"BT /F1 12 Tf 90 400 Td (Texte) Tj ET")
        (volume,) = bound(Piece(1, "Police", (saved(file),)))
    assert not claims(volume)


def test_nothing_is_left_of_lost_structures_and_of_what_cameras_say() -> None:
    with pikepdf.open(io.BytesIO(scan("x", size=900))) as file:
        file.pages[0].Resources.XObject.Picture.Metadata = file.make_stream(b"Awa Ndiaye, 14.7 N 17.4 W")
        file.pages[0].obj.PieceInfo = Dictionary(Program=Dictionary(Author="Awa Ndiaye"))
        (volume,) = bound(*mixed(), Piece(4, "Photo", (saved(file),)))
    with opened(volume) as file:
        assert not {"/StructTreeRoot", "/MarkInfo"} & set(file.Root.keys())
        parts = [part for part in file.objects if isinstance(part, Dictionary | pikepdf.Stream)]
    stale = {"/StructParents", "/StructParent", "/Tabs", "/Metadata", "/PieceInfo"}
    assert [stale & set(part.keys()) for part in parts if stale & set(part.keys())] == [{"/Metadata"}]


def test_originals_come_out_as_they_went_in() -> None:
    pieces = mixed()
    (volume,) = bound(*pieces)
    with opened(volume) as file:
        found = {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}
        assert found == dict(original for piece in pieces for original in piece.originals)
        assert {spec.obj.AFRelationship for spec in file.attachments.values()} == {Name.Source}
        assert len(file.Root.AF) == len(found)


@settings(max_examples=10)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(8_000, 60_000))
def test_any_original_is_in_one_volume_byte_for_byte(originals: list[bytes], limit: int) -> None:
    pieces = [
        replace(piece, originals=((f"piece-{piece.number:02d}-1.pdf", original),))
        for piece, original in zip(dossier([[2]] * len(originals), 9_000), originals, strict=True)
    ]
    found: list[tuple[str, bytes]] = []
    for volume in bound(*pieces, max_bytes=limit):
        with opened(volume) as file:
            found += [(name, spec.get_file().read_bytes()) for name, spec in file.attachments.items()]
    assert found == [original for piece in pieces for original in piece.originals]


def outline(volume: Volume) -> list[tuple[str, int, list[str]]]:
    """The first bookmarks of a file: title, page from 0, titles below."""
    with opened(volume) as file, file.open_outline() as marks:
        pages = {page.objgen: number for number, page in enumerate(file.pages)}
        return [
            (each.title, pages[each.destination[0].objgen], [below.title for below in each.children])
            for each in marks.root
        ]


def test_each_piece_has_a_bookmark_with_one_below_for_each_of_its_parts() -> None:
    (volume,) = bound(*unnumbered(dossier([[2], [1], [1, 3]]), 1))
    assert outline(volume) == [
        ("Titre 1", 0, []),
        ("2. Titre 2", 2, []),
        ("3. Titre 3", 3, ["3.1. Titre 3", "3.2. Titre 3"]),
    ]


def test_a_volume_is_named_above_its_bookmarks_and_in_its_title_and_keeps_the_running_numbers() -> None:
    volumes = bound(*dossier([[2], [2]], 9_000), max_bytes=45_000)
    assert [each.first for each in volumes] == [1, 3]
    title = "Dossier de visa – volume 2/2"
    assert outline(volumes[1]) == [(title, 0, ["2. Titre 2"])]
    with opened(volumes[1]) as file:
        assert str(file.docinfo.Title) == title
        assert [page.label for page in file.pages] == ["3", "4"]


def test_links_within_a_piece_still_lead_to_their_page() -> None:
    body = '<p><a href="#end">fin</a></p><section class="new-page"><h2 id="end">Fin</h2></section>'
    content = pdf.write(samples.sample(body), samples.HOUSE, samples.CSS)[0]
    (volume,) = bound(*dossier([[3]]), Piece(2, "Liens", (content, content)))
    with opened(volume) as file:
        pages = {page.objgen: number for number, page in enumerate(file.pages)}
        assert [pages[target.objgen] for target in targets(file)] == [4, 6]


def targets(file: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The page that each link leads to."""
    names = pikepdf.NameTree(file.Root.Names.Dests) if "/Names" in file.Root else {}
    for page in file.pages:
        for link in page.get("/Annots", ()):
            goal = link.get("/Dest", link.get("/A", Dictionary()).get("/D"))
            goal = goal if isinstance(goal, Array) else names[str(goal)]
            yield (goal if isinstance(goal, Array) else goal.D)[0]


def test_what_several_pieces_bring_along_is_kept_once() -> None:
    one, two = (Piece(number, "Plan", (paper(),)) for number in (1, 2))
    (single,), (double,) = bound(one), bound(one, two)
    with opened(double) as file:
        used = {part.FontFile2.objgen for part in file.objects if isinstance(part, Dictionary) and "/FontFile2" in part}
        fonts = [file.get_object(number).read_raw_bytes() for number in used]
        assert len(fonts) == len(set(fonts))
    assert len(double.content) < 1.3 * len(single.content)


def test_the_same_binding_gives_the_same_bytes_in_any_process() -> None:
    asked = replace(BINDING, pieces=mixed())
    order = """import pickle, sys; from pemdocs.packs import binding
order = pickle.load(sys.stdin.buffer); sys.stdout.buffer.write(binding.bind(order)[0].content)"""
    other = subprocess.run([sys.executable, "-c", order], input=pickle.dumps(asked), capture_output=True, check=True)
    assert other.stdout == binding.bind(asked)[0].content
    assert other.stderr == b""


def test_a_password_opens_the_dossier_which_may_be_printed() -> None:
    (volume,) = bound(*mixed(), password=PASSWORD)
    with pytest.raises(pikepdf.PasswordError):
        opened(volume)
    with opened(volume, PASSWORD) as file:
        assert (file.encryption.R, file.encryption.bits, file.allow.print_highres) == (6, 256, True)
    assert not claims(volume, PASSWORD)
    assert not volume.too_large


def test_the_pages_of_a_file_are_counted() -> None:
    assert binding.pages(b"") == 0
    assert binding.pages(scan("a", "b")) == 2
