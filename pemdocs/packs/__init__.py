"""Turn the papers and scans of a stay into what is bound of it: gathered, made ready, framed by list and register."""

from pemdocs.packs.assemble import Packed, assemble, fingerprint, path_of
from pemdocs.packs.frame import sheets
from pemdocs.packs.gather import FILE, STEMS, Dossier, Part, Wanted, gather

__all__ = [
    "FILE",
    "STEMS",
    "Dossier",
    "Packed",
    "Part",
    "Wanted",
    "assemble",
    "fingerprint",
    "gather",
    "path_of",
    "sheets",
]
