"""Turn several files into one archive, the same bytes for the same files."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest day that an archive knows: when it was made is not told."""

MODE = 0o644 << 16


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files under their names, in this order."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            told = ZipInfo(name, EPOCH)
            told.external_attr, told.compress_type, told.create_system = MODE, ZIP_DEFLATED, 3
            archive.writestr(told, content)
    return out.getvalue()
