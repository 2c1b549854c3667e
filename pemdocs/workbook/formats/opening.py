"""Turn a file into its sheets by the reader of its format. Only this module knows which reader that is."""

from __future__ import annotations

from collections.abc import Mapping

from pemdocs.model import PemdocsError
from pemdocs.workbook.formats import ods, xls, xlsb, xlsx, xml2003
from pemdocs.workbook.formats.sniff import Format, Source
from pemdocs.workbook.grid import Sheet
from pemdocs.workbook.known import Last


def sheets(source: Source, last: Mapping[str, Last] | None = None) -> tuple[Sheet, ...]:
    """The sheets in the order of their tabs. Raises ``PemdocsError`` with an ``unreadable-…`` code.

    Of those that lie in an ``.xlsx`` file as they did ``last``, only what is wanted all the same is read; ``None``:
    nobody wants to know.
    """
    try:
        return _read(source, last)
    except (KeyError, RuntimeError, OSError, MemoryError) as error:
        # A part that is listed and cannot be unpacked after all.
        raise PemdocsError("unreadable-damaged", file=source.file) from error


def _read(source: Source, last: Mapping[str, Last] | None) -> tuple[Sheet, ...]:
    if source.format is Format.XLS:
        return xls.sheets(source.content, source.file)
    if source.format is Format.FODS:
        return ods.flat(source.content, source.file)
    if source.format is Format.XML:
        return xml2003.sheets(source.content, source.file)
    if source.package is None:
        raise PemdocsError("unreadable-unknown", file=source.file)
    if source.format is Format.ODS:
        return ods.sheets(source.package)
    if source.format is Format.XLSB:
        return xlsb.sheets(source.package, source.main)
    return xlsx.sheets(source.package, source.main, last)
