"""Cards for social media: what consents allow there, in both sizes, however long a title is, and nothing else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from PIL import Image
from projects import Data, publication, said, write

import pemdocs
from pemdocs.building.outcome import FAILED, MADE, Outcome
from pemdocs.model import Page, Shared, Text
from pemdocs.pictures.drawing import strokes
from pemdocs.project import published, theme
from pemdocs.project.manifest import Manifest
from pemdocs.resources import SHIPPED
from pemdocs.writing.cards import content, drawing

SOCIAL = {"media": ["web", "social"]}


def shared(*consents: int) -> Data:
    """The data of a publication in which these consents reach social media."""
    data = publication()
    for number in consents:
        data["consents"][number] |= SOCIAL
    return data


def cards(folder: Path, data: Data, language: str = "fr") -> dict[str, bytes]:
    outcome = built(folder, data, language)
    assert outcome.state == MADE, outcome.fault
    with ZipFile(folder / "out" / outcome.path) as archive:
        return {Path(each).name: archive.read(each) for each in archive.namelist()}


def built(folder: Path, data: Data, language: str = "fr", form: str = "cards") -> Outcome:
    (found,) = pemdocs.build(
        write(folder, data), kinds="learning-note", cases="N-1", languages=language, formats=form
    ).outcomes
    return found


def test_a_quote_is_shared_only_where_its_consent_says_social_media(tmp_path: Path) -> None:
    silent = cards(tmp_path / "silent", publication())
    assert not any(name.startswith("quote") for name in silent)
    assert "rassurée" not in silent["cards.fr.txt"].decode()
    told = cards(tmp_path / "told", shared(0))
    assert "quote-1200x675.fr.png" in told
    assert "rassurée" in told["cards.fr.txt"].decode()


def test_each_card_has_two_sizes_and_words_in_each_language(tmp_path: Path) -> None:
    found = cards(tmp_path, shared(0), "fr+nl")
    for name, picture in found.items():
        if name.endswith(".png"):
            with Image.open(BytesIO(picture)) as image:
                assert f"{image.width}x{image.height}" in name
    pictures = {name for name in found if name.endswith(".png")}
    assert {name.split(".")[1] for name in pictures} == {"fr", "nl"}
    for language in ("fr", "nl"):
        words = found[f"cards.{language}.txt"].decode("utf-8-sig")
        assert "Bien choisir" in words
        assert {line.partition("-*")[0] for line in words.splitlines() if "-*." in line} == {
            name.partition("-")[0] for name in pictures
        }


def test_a_title_that_names_who_has_agreed_for_the_web_alone_makes_no_card(tmp_path: Path) -> None:
    data = publication()
    data["notes"][0]["title"] = said("Fonio du Cap se choisit un partenaire")
    assert built(tmp_path / "web", data, form="html").state == MADE
    refused = built(tmp_path / "social", data)
    assert (refused.state, getattr(refused.fault, "code", "")) == (FAILED, "publication-says")
    assert "Fonio" not in str(refused.fault)
    for consent in data["consents"]:
        consent |= SOCIAL
    assert built(tmp_path / "agreed", data).state == MADE


@pytest.mark.parametrize("size", drawing.SIZES)
@pytest.mark.parametrize("times", [1, 4, 12])
def test_the_longest_title_stays_on_its_card(size: tuple[int, int], times: int) -> None:
    title = " ".join(["Choisir avec plus de rigueur et préparer chaque entreprise"] * times)
    card = content.Card("figure", "fr", "PEM", title, "29 sur 60", "Accords", "", "", None, "Financé", "Exemple")
    page = Page(etree.Element("html"), {}, "", ("fr",), "", "", None, shared=Shared(title=Text((("fr", title),))))  # type: ignore[arg-type]
    root = etree.fromstring(drawing.draw(card, size, page, theme.of(SHIPPED), ()))
    texts = [*root.iter("{*}text")]
    assert title in " ".join(each.text or "" for each in texts)
    for each in texts:
        assert float(each.get("y", "")) <= size[1]
        assert float(each.get("x", "")) + strokes.width(each.text or "", float(each.get("font-size", ""))) <= size[0]
    levels = [float(each.get("y", "")) for each in texts if each.get("fill") != "#003399"]
    assert levels == sorted(levels)
    assert levels[-1] < size[1] - drawing.STRIP


def test_cards_are_a_version_of_their_own_that_a_consent_for_social_media_alone_recalls(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", shared(0))
    pemdocs.build(folder, kinds="learning-note", cases="N-1", languages="fr", formats=["docx", "cards"], jobs=1)
    by_format = {each.format: each.version for each in Manifest.read(folder / "out").entries.values()}
    kept = published.read(folder)
    assert kept[by_format["cards"]].media == ("social",)
    assert kept[by_format["docx"]].media == ()
    data = shared(0)
    data["publications"] = [
        {"id": f"PUB-{number}", "note": "N-1", "version": by_format[form], "date": "2026-11-20", "place": form}
        for number, form in enumerate(("docx", "cards"), start=1)
    ]
    assert not recalled(write(folder, data))
    data["consents"][0] |= {"media": ["web"]}
    assert recalled(write(folder, data)) == ["PUB-2"]


def recalled(folder: Path) -> list[str]:
    found = pemdocs.published(folder)
    with ZipFile(next((folder / "out").rglob("*.cards.zip"))) as archive:
        told = archive.read("cards/cards.fr.txt").decode()
    assert any(each.version in told for each in found.versions if each.media)
    return [each.id for each in found.publications if each.findings]
