"""Keep of each version of a publication that was made on which consents it relied, by the code in its imprint.

Only this module reads and writes ``.pemdocs/publications.json``. A version stays there when its text is changed and its
document made anew: what went out can be recalled. There are ids in it and no names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pemdocs.project import placing

FOLDER, FILE = ".pemdocs", "publications.json"
SCHEMA_VERSION = 1


class Use(NamedTuple):
    """What is shown (a code of ``consent_covers``) in which text or picture, and the consents that each allow it.

    ``givers`` are who has given each of them: a consent that has the id of another one is not that.
    """

    what: str
    item: str
    consents: tuple[str, ...]
    givers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of a publication: its code, what it is, the day on which it was first made, what it relied on.

    ``media`` are those that it is for by itself, as cards are for social media; empty for what has those of its note.
    """

    version: str
    kind: str
    case: str
    languages: tuple[str, ...]
    made: str
    uses: tuple[Use, ...]
    media: tuple[str, ...] = ()


def read(folder: Path | None) -> Mapping[str, Kept]:
    """The versions of a project by their codes; none where there is no file, or one that is spoiled."""
    try:
        return _read(folder) if folder else {}
    except OSError:
        return {}


def _read(folder: Path) -> Mapping[str, Kept]:
    """The same. Raises ``OSError`` where the file is spoiled or cannot be read."""
    try:
        found = json.loads((folder / FOLDER / FILE).read_text("utf-8"))
        rows = found.get("versions", []) if found.get("schema_version") == SCHEMA_VERSION else []
        return {each.version: each for each in map(_kept, rows)}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OSError(FILE) from error


def _kept(plain: Mapping[str, Any]) -> Kept:
    uses = tuple(Use(what, item, *map(tuple, who)) for what, item, *who in plain["uses"])
    names = {name: str(plain[name]) for name in ("version", "kind", "case", "made")}
    return Kept(**names, languages=tuple(plain["languages"]), uses=uses, media=tuple(plain.get("media", ())))


def keep(folder: Path, made: Iterable[Kept]) -> None:
    """Add versions; one that is known keeps its first day. Raises ``OSError``, also where the file is spoiled."""
    known = dict(_read(folder))
    new = {each.version: each for each in made if each.version not in known}
    if new:
        rows = [asdict(each) | {"uses": [list(use) for use in each.uses]} for each in (known | new).values()]
        (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
        told = {"schema_version": SCHEMA_VERSION, "versions": rows}
        placing.put(folder / FOLDER / FILE, f"{json.dumps(told, indent=1)}\n".encode(), mode=0o600)
