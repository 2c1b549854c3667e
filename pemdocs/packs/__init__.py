"""Turn the papers and scans of a stay into its pack: gathered, made ready, framed by contents and register, bound."""

from pemdocs.packs.assemble import Packed, assemble, fingerprint, path_of
from pemdocs.packs.gather import Dossier, Part, Wanted, gather

__all__ = ["Dossier", "Packed", "Part", "Wanted", "assemble", "fingerprint", "gather", "path_of"]
