"""Turn the papers and scans of a case into one dossier. Only this package knows how a pack is bound and stamped."""

from pemdocs.packs.binding.binder import holds_together, pages
from pemdocs.packs.binding.order import Binding, Piece, Volume, first_pages
from pemdocs.packs.binding.volumes import bind

__all__ = ["Binding", "Piece", "Volume", "bind", "first_pages", "holds_together", "pages"]
