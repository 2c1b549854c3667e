"""Keep the codes under which people are quoted: drawn by lot, once for each, in a file for the project’s owner alone.

Only this module reads and writes ``.pemdocs/pseudonyms.json``. Nothing leads from a code back to the person but this
file: whoever is erased is taken out of it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from pemdocs.project import placing

FOLDER, FILE = ".pemdocs", "pseudonyms.json"
SIGNS = "0123456789BCDFGHJKMNPQRSTVWXYZ"
"""Signs of a code: no vowels, so that it never makes a word, and none that are taken for another."""

LENGTH = 4


def read(folder: Path | None) -> Mapping[str, str]:
    """The codes of a project by the ids of the people; none where there is no file, or one that is spoiled."""
    try:
        return _read(folder) if folder else {}
    except OSError:
        return {}


def _read(folder: Path) -> Mapping[str, str]:
    """The same; none where there is no file. Raises ``OSError`` where it is spoiled or cannot be read."""
    path = folder / FOLDER / FILE
    try:
        found = json.loads(path.read_text("utf-8"))
        if not isinstance(found, dict) or not all(isinstance(code, str) for code in found.values()):
            raise OSError(FILE)
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:
        raise OSError(FILE) from error
    return found


def assign(folder: Path, people: Iterable[str]) -> Mapping[str, str]:
    """The codes of a project, with one for each of these people.

    Raises ``OSError`` where they cannot be kept, or the file is spoiled: who was quoted keeps the code, or has none.
    """
    known = dict(_read(folder))
    new = [each for each in dict.fromkeys(people) if each not in known]
    for each in new:
        known[each] = _drawn(set(known.values()))
    if new:
        _write(folder, known)
    return known


def forget(folder: Path, people: Iterable[str]) -> None:
    """Take people out of the file: then nothing tells any more whose their codes were. Raises ``OSError``."""
    gone, known = set(people), read(folder)
    if gone & known.keys():
        _write(folder, {each: code for each, code in known.items() if each not in gone})


def _drawn(taken: set[str]) -> str:
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        if code not in taken:
            return code


def _write(folder: Path, codes: Mapping[str, str]) -> None:
    (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    content = json.dumps(dict(sorted(codes.items())), indent=1, ensure_ascii=False)
    placing.put(folder / FOLDER / FILE, f"{content}\n".encode(), mode=0o600)
