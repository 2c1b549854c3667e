"""Keep of which text each translation was made: so that one is known to be older than its original.

Only this module reads and writes ``.pemdocs/translations.json``. No text is in it, only keyed digests.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pemdocs.project import placing

FOLDER, FILE = ".pemdocs", "translations.json"


@dataclass(frozen=True, slots=True, repr=False)
class Remembered:
    """The digests of original and translation, by the key of a text, and what they are keyed with."""

    key: str
    pairs: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def older(self, name: str, original: str, translation: str) -> bool:
        """Whether the original has changed since, and the translation has not."""
        if name not in self.pairs:
            return False
        was, said = self.pairs[name]
        return was != self.digest(original) and said == self.digest(translation)

    def having(self, pairs: Mapping[str, tuple[str, str]]) -> Remembered:
        """The same, with these originals and their translations as they are now."""
        new = {name: (self.digest(one), self.digest(other)) for name, (one, other) in pairs.items()}
        return Remembered(self.key, {**self.pairs, **new})

    def digest(self, text: str) -> str:
        """What stands for a text."""
        return hmac.new(bytes.fromhex(self.key), text.encode(), "sha256").hexdigest()[:32]


def read(folder: Path) -> Remembered:
    """What a project remembers; nothing where there is no file, or one that is spoiled."""
    try:
        found = json.loads((folder / FOLDER / FILE).read_text("utf-8"))
        pairs = {str(name): (str(one), str(other)) for name, (one, other) in found["texts"].items()}
        return Remembered(bytes.fromhex(found["key"]).hex(), pairs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Remembered(secrets.token_hex(16))


def write(folder: Path, remembered: Remembered) -> None:
    """Keep it, for the project’s owner alone. Raises ``OSError``."""
    (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    told = {"key": remembered.key, "texts": dict(sorted(remembered.pairs.items()))}
    placing.put(folder / FOLDER / FILE, f"{json.dumps(told, indent=0)}\n".encode(), mode=0o600)
