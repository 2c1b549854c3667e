"""Turn the papers and scans of a case into one dossier. Only this package knows how a pack is bound and stamped."""

from pemdocs.pack.binder import pages
from pemdocs.pack.order import Binding, Piece, Volume, first_pages
from pemdocs.pack.volumes import bind

__all__ = ["Binding", "Piece", "Volume", "bind", "first_pages", "pages"]
