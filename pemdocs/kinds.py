"""Turn a folder of ``templates/`` into a ``Kind``. Only this module reads ``kind.toml`` and the wording files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pemdocs import resources
from pemdocs.model import PemdocsError


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    ``table``: one document is about one record of it. ``audience``: the class of fields it may show at the most.
    ``from_stage``: the stage from which the document is due. ``needs``: paths from the case that must be filled,
    such as ``charter.aim``. ``file``: the name of its files, of ``{case}`` and nothing personal.
    """

    id: str
    folder: Path
    table: str
    audience: str
    from_stage: str
    needs: tuple[str, ...]
    file: str
    languages: tuple[str, ...]
    wording: Mapping[str, Mapping[str, str]]

    @property
    def stylesheets(self) -> tuple[Path, ...]:
        """The house's CSS, then the kind's own."""
        own = self.folder / "page.css"
        house = resources.folder("templates") / "house" / "house.css"
        return (house, own) if own.is_file() else (house,)


def available() -> tuple[str, ...]:
    """The kinds that are installed."""
    return resources.names(resources.folder("templates"), "kind.toml")


@lru_cache(maxsize=32)
def load(kind: str) -> Kind:
    """The kind with this id. Raises ``PemdocsError`` where there is none."""
    if kind not in available():
        raise PemdocsError("unknown-kind", kind=kind, known=", ".join(available()))
    folder = resources.folder("templates") / kind
    declared = tomllib.loads((folder / "kind.toml").read_text("utf-8"))
    wording = {
        path.stem: _flat(tomllib.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("wording/*.toml"))
    }
    return Kind(
        id=kind,
        folder=folder,
        table=declared["table"],
        audience=declared["audience"],
        from_stage=declared["from_stage"],
        needs=tuple(declared.get("needs", ())),
        file=declared["file"],
        languages=tuple(wording),
        wording=wording,
    )


def _flat(table: Mapping[str, Any], head: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{head}{key}.")
        else:
            found[head + key] = str(value)
    return found
