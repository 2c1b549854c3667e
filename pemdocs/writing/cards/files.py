"""Turn the cards of a page into one archive: each in both sizes, and for each language the words to be read instead."""

from __future__ import annotations

from pemdocs.model import Page
from pemdocs.project.theme import Theme
from pemdocs.writing import archive, raster
from pemdocs.writing.cards import content, drawing

FOLDER = "cards"
SIGN = "\ufeff"
"""What tells an editor on Windows that a text is UTF-8."""


def write(page: Page, theme: Theme) -> bytes:
    """The cards of a page in each of its languages, and in what is read instead of them the code of their version.

    Raises ``PemdocsError``: ``publication-says`` where they would say what no consent allows for social media;
    ``picture-unreadable``.
    """
    if page.shared.fault is not None:
        raise page.shared.fault
    marks = content.logos(page)
    files: dict[str, bytes] = {}
    for language in page.languages:
        told = [content.version(page, language)] if page.version else []
        for card in content.cards(page, language):
            for size in drawing.SIZES:
                name = f"{card.name}-{size[0]}x{size[1]}.{language}.png"
                files[f"{FOLDER}/{name}"] = raster.png(drawing.draw(card, size, page, theme, marks), size[0], name)
            told.append(f"{card.name}-*.{language}.png\n{content.words(card)}")
            if card.photograph is not None and card.photograph.credit:
                told[-1] += f"\n{card.photograph.credit}"
        files[f"{FOLDER}/cards.{language}.txt"] = (SIGN + "\n\n".join(told) + "\n").encode()
    return archive.packed(files)
