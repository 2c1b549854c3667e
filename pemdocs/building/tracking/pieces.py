"""Turn a piece of a dossier into who brings it. Only this module reads ``templates/tracker/pieces.toml``."""

from __future__ import annotations

from pemdocs.building.tracking.rows import TRAVELLER
from pemdocs.resources import Templates

FILE = "tracker/pieces.toml"


def owner(piece: str, templates: Templates) -> str:
    """Who brings a piece: one of ``rows.ACTORS``."""
    return str(templates.table(FILE)["owner"].get(piece, TRAVELLER))
