"""A workbook with what most libraries lose: conversations, sparklines, drop-downs of Excel 2010, data bars."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
IDENTIFIER = "{11111111-1111-4111-8111-111111111111}"
THREADED = (
    f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="E2" dT="2026-01-05T09:00:00.00" '
    f'personId="{IDENTIFIER}" id="{IDENTIFIER}"><text>Qui l’a vu ?</text></threadedComment></ThreadedComments>'
)
EXTENSIONS = (
    f'<extLst><ext xmlns:x14="{X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings>'
    f'<x14:conditionalFormatting xmlns:xm="{XM}"><x14:cfRule type="dataBar" id="{IDENTIFIER}">'
    "<x14:dataBar/></x14:cfRule><xm:sqref>F2:F9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
    f'<ext xmlns:x14="{X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations xmlns:xm="{XM}">'
    "<x14:dataValidation type=\"list\"><x14:formula1><xm:f>'It''s a sheet'!$A$1:$A$3</xm:f></x14:formula1>"
    "<xm:sqref>D2:D9</xm:sqref></x14:dataValidation></x14:dataValidations></ext>"
    f'<ext xmlns:x14="{X14}" uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}"><x14:sparklineGroups xmlns:xm="{XM}">'
    "<x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>People!F2:F9</xm:f><xm:sqref>G2</xm:sqref></x14:sparkline>"
    "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
)


@lru_cache(maxsize=1)
def rich() -> bytes:
    """Two sheets, the second in view, with a note of Awa's at C2 and a conversation at E2 of the first."""
    book = Workbook()
    people = book.active
    people.title = "People"
    for row in (["Id", "Born", "Name", "Choice", "Seen", "Share"], ["P-1", None, "Awa", None, "x", 3]):
        people.append(row)
    people["C2"].comment = Comment("Vu avec Moussa", "Awa")
    people["E2"].comment = Comment("[Threaded comment]", f"tc={IDENTIFIER}")
    people.add_table(Table(displayName="People1", ref="A1:F2"))
    picture = io.BytesIO()
    Picture.new("RGB", (4, 4), "red").save(picture, "png")
    people.add_image(Image(picture), "H2")
    other = book.create_sheet("It's a sheet")
    other["A1"] = "one"
    other.print_title_rows = "1:1"
    book.defined_names["Names"] = DefinedName("Names", attr_text="People!$A$2:$A$9")
    book.active = 1
    people.sheet_view.tabSelected = False
    raw = io.BytesIO()
    book.save(raw)
    return _with_extensions(raw.getvalue())


def _with_extensions(content: bytes) -> bytes:
    found = _parts(content)
    sheet = "xl/worksheets/sheet1.xml"
    found[sheet] = found[sheet].replace(b"</worksheet>", EXTENSIONS.encode() + b"</worksheet>")
    # Excel's own names of these parts, and the list of differences that it always writes.
    found["xl/comments1.xml"] = found.pop("xl/comments/comment1.xml")
    found["xl/drawings/vmlDrawing1.vml"] = found.pop("xl/drawings/commentsDrawing1.vml")
    found["xl/styles.xml"] = re.sub(rb"<dxfs[^>]*/>", b'<dxfs count="0"/>', found["xl/styles.xml"])
    found["xl/threadedComments/threadedComment1.xml"] = THREADED.encode()
    links = "xl/worksheets/_rels/sheet1.xml.rels"
    moved = found[links].replace(b"/xl/comments/comment1.xml", b"/xl/comments1.xml")
    moved = moved.replace(b"/xl/drawings/commentsDrawing1.vml", b"/xl/drawings/vmlDrawing1.vml")
    thread = (
        b'<Relationship Id="thread" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        b'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    found[links] = moved.replace(b"</Relationships>", thread)
    types = "[Content_Types].xml"
    found[types] = found[types].replace(b"/xl/comments/comment1.xml", b"/xl/comments1.xml")
    return _packed(found)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The workbook with one part more, or another in its place."""
    return _packed(_parts(content) | {name: part})


def strict() -> bytes:
    """The workbook under the names of Strict Open XML."""
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return _packed({name: part.replace(usual, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
                    for name, part in _parts(rich()).items()})  # fmt: skip


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(found: dict[str, bytes]) -> bytes:
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in found.items():
            target.writestr(name, part)
    return done.getvalue()
