"""Figures of a made-up programme, in any language, for the tests of charts."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

import pages

from pemdocs import resources
from pemdocs.pictures import charts
from pemdocs.pictures.charts import Chart, Label, Speech
from pemdocs.words import language

FOLDER = resources.folder("templates") / "house" / "maps"

LEGEND = {
    "A": ("Très bonne performance", "Very good performance", "Zeer goede prestatie"),
    "B": ("Bonne performance", "Good performance", "Goede prestatie"),
    "C": ("Des problèmes, mesures à prendre", "Some problems, measures needed", "Problemen, maatregelen nodig"),
    "D": (
        "Objectifs non atteints, mesures impératives",
        "Failing, measures imperative",
        "Onvoldoende, ingrijpen nodig",
    ),
}


def speech(languages: tuple[str, ...] = ("fr",)) -> Speech:
    return Speech(
        languages,
        {each: language.house_words(each)["charts"] for each in languages},
        language.say_number,
        language.say_percent,
        language.say_period,
        language.say_month,
    )


def label(languages: tuple[str, ...], fr: str, en: str, nl: str) -> Label:
    words = {"fr": fr, "en": en, "nl": nl}
    return tuple((each, words[each]) for each in languages)


def number(value: int | str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def targets(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    say = partial(label, tongues)
    partnerships = say("partenariats", "partnerships", "partnerschappen")
    items = (
        charts.Target(
            say(
                "Partenariats entre entreprises signés",
                "Partnerships between companies signed",
                "Ondertekende partnerschappen tussen bedrijven",
            ),
            number(60), number(29), number(7), unit=partnerships,
        ),
        charts.Target(
            say("Entreprises de la diaspora engagées", "Diaspora companies engaged", "Betrokken diasporabedrijven"),
            number(10), number(5),
        ),
        charts.Target(
            say("Entrepreneurs partis en Belgique", "Entrepreneurs who travelled", "Vertrokken ondernemers"),
            number(60), number(47), number(46),
        ),
        charts.Target(say("Notes d’apprentissage", "Learning notes", "Leernota’s"), number(3), number(7)),
        charts.Target(
            say("Satisfaction des entreprises", "Company satisfaction", "Tevredenheid van de bedrijven"),
            number(80), number("86.5"), number(71), unit=tuple((each, "%") for each in tongues),
        ),
        charts.Target(say("Services créés", "Services created", "Nieuwe diensten"), None, None, number(3)),
    )  # fmt: skip
    return charts.targets(items, speech=speech(tongues), theme=pages.HOUSE, width_mm=width_mm)


def funnel(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    say = partial(label, tongues)
    steps = (
        charts.Step(say("Entreprises identifiées", "Companies identified", "Geïdentificeerde bedrijven"), Decimal(414)),
        charts.Step(say("Sélectionnées", "Selected", "Geselecteerd"), Decimal(50)),
        charts.Step(say("Parties en Belgique", "Travelled to Belgium", "Naar België gereisd"), Decimal(47)),
        charts.Step(say("Partenariat signé", "Partnership signed", "Partnerschap ondertekend"), Decimal(29)),
    )
    return charts.funnel(steps, speech=speech(tongues), theme=pages.HOUSE, width_mm=width_mm)


def breakdown(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    say = partial(label, tongues)
    bars = (
        charts.Bar(say("Coentreprise", "Joint venture", "Joint venture"), Decimal(3)),
        charts.Bar(
            say("Nouveau produit ou service", "New product or service", "Nieuw product of nieuwe dienst"), Decimal(3)
        ),
        charts.Bar(say("Import-export", "Import and export", "Invoer en uitvoer"), Decimal(23)),
    )
    return charts.breakdown(
        bars,
        speech=speech(tongues),
        theme=pages.HOUSE,
        measure=charts.Measure(
            say("Partenariats signés", "Partnerships signed", "Ondertekende partnerschappen"), (), Decimal(29)
        ),
        width_mm=width_mm,
        name="types",
    )


def regions(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    say = partial(label, tongues)
    home = [("Dakar", 21), ("Thiès", 9), ("Saint-Louis", 6), ("Ziguinchor", 5), ("Kaolack", 4), ("Matam", 0)]
    groups = (
        charts.Group(
            say("Sénégal", "Senegal", "Senegal"), tuple(charts.Bar(say(n, n, n), Decimal(v)) for n, v in home)
        ),
        charts.Group(
            say("Belgique", "Belgium", "België"),
            (
                charts.Bar(say("Flandre", "Flanders", "Vlaanderen"), Decimal(17)),
                charts.Bar(say("Wallonie", "Wallonia", "Wallonië"), Decimal(12)),
                charts.Bar(
                    say("Bruxelles-Capitale", "Brussels-Capital", "Brussels Hoofdstedelijk Gewest"), Decimal(16)
                ),
            ),
        ),
    )
    unit = say("entreprises", "companies", "bedrijven")
    return charts.regions(
        groups,
        speech=speech(tongues),
        theme=pages.HOUSE,
        measure=charts.Measure(say("Entreprises en mobilité", "Mobile companies", "Mobiele bedrijven"), unit),
        width_mm=width_mm,
    )


def rated(tongues: tuple[str, ...]) -> tuple[tuple[charts.Rating, ...], tuple[charts.Grade, ...]]:
    say = partial(label, tongues)
    criteria = (
        (say("Pertinence", "Relevance", "Relevantie"), "A"),
        (say("Cohérence", "Coherence", "Coherentie"), "B"),
        (say("Efficacité", "Effectiveness", "Doeltreffendheid"), "B"),
        (say("Efficience", "Efficiency", "Efficiëntie"), "B"),
        (say("Impact", "Impact", "Impact"), None),
        (say("Durabilité", "Sustainability", "Duurzaamheid"), "C"),
    )
    grades = tuple(charts.Grade(code, say(*words)) for code, words in LEGEND.items())
    return tuple(charts.Rating(*each) for each in criteria), grades


def scores(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    open_ = label(tongues, "Légende non confirmée", "Legend not confirmed", "Legende niet bevestigd")
    return charts.scores(*rated(tongues), speech=speech(tongues), theme=pages.HOUSE, note=open_, width_mm=width_mm)


def score_strip(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    return charts.score_strip(*rated(tongues), speech=speech(tongues), theme=pages.HOUSE, width_mm=width_mm)


def milestones(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    say = partial(label, tongues)
    made = charts.Milestone
    items = (
        made(say("Lancement du projet", "Project launch", "Start van het project"), date(2021, 10, 1), None, "event"),
        made(
            say("Identification et sélection", "Identification and selection", "Identificatie en selectie"),
            date(2022, 1, 10), date(2022, 11, 30), "phase",
        ),
        made(
            say("Retard des visas de la première cohorte", "Visa delays of the first group", "Visumvertraging"),
            date(2022, 9, 1), date(2023, 1, 15), "delay",
        ),
        made(say("Séjours en Belgique", "Stays abroad", "Verblijven"), date(2023, 2, 1), date(2024, 3, 31), "phase"),
        made(
            say(
                "Le comité de pilotage prolonge le projet de six mois",
                "The steering committee extends the project by six months",
                "De stuurgroep verlengt het project met zes maanden",
            ),
            date(2023, 9, 14), None, "decision",
        ),
        made(say("Mission de terrain", "Field mission", "Veldmissie"), date(2024, 6, 3), date(2024, 6, 7), "event"),
    )  # fmt: skip
    return charts.milestones(
        items, speech=speech(tongues), theme=pages.HOUSE, today=date(2024, 5, 15), width_mm=width_mm
    )


def by_sex(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    say = partial(label, tongues)
    rows = (
        charts.Split(say("Identifiées", "Identified", "Geïdentificeerd"), (Decimal(120), Decimal(294))),
        charts.Split(say("Sélectionnées", "Selected", "Geselecteerd"), (Decimal(18), Decimal(32))),
        charts.Split(say("Parties", "Travelled", "Gereisd"), (Decimal(17), Decimal(30))),
        charts.Split(say("Seconde mobilité", "Second mobility", "Tweede mobiliteit"), (Decimal(3), Decimal(11))),
    )
    groups = (say("Femmes", "Women", "Vrouwen"), say("Hommes", "Men", "Mannen"))
    return charts.by_sex(rows, groups, speech=speech(tongues), theme=pages.HOUSE, width_mm=width_mm)


def dots(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    say = partial(label, tongues)
    rows = (
        charts.Dotted(say("Incubateurs identifiés", "Incubators identified", "Geïdentificeerde incubatoren"),
                      (Decimal(10), Decimal(12), Decimal(10))),
        charts.Dotted(say("Incubateurs engagés dans un parcours", "Incubators engaged in a pathway",
                          "Incubatoren in een traject"), (Decimal(5), Decimal(6), None)),
        charts.Dotted(say("Organismes publics", "Public bodies", "Overheidsinstanties"),
                      (None, Decimal(0), Decimal(3)), (True, False, False)),
    )  # fmt: skip
    parts = (say("Sénégal", "Senegal", "Senegal"), say("Belgique", "Belgium", "België"), say("Mali", "Mali", "Mali"))
    return charts.dots(rows, parts, speech=speech(tongues), theme=pages.HOUSE, width_mm=width_mm)


def changes(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    say = partial(label, tongues)
    start, end = date(2026, 3, 31), date(2026, 6, 30)
    rows = (
        charts.Change(say("Entreprises retenues", "Companies selected", "Geselecteerde bedrijven"),
                      (start, Decimal(11)), (end, Decimal(13))),
        charts.Change(say("Entreprises qui ont trouvé un partenaire", "Companies that have found a partner",
                          "Bedrijven die een partner vonden"), (start, Decimal(8)), (end, Decimal(10))),
        charts.Change(say("Entreprises parties en Belgique", "Companies that have left for Belgium",
                          "Bedrijven die naar België vertrokken"), (start, Decimal(1)), (end, Decimal(7))),
        charts.Change(say("Entreprises revenues", "Companies that are back", "Bedrijven die terug zijn"),
                      (start, Decimal(0)), (end, Decimal(3))),
        charts.Change(say("Entreprises qui ont renoncé", "Companies that withdrew", "Bedrijven die afhaakten"),
                      (start, Decimal(1)), (end, Decimal(0))),
    )  # fmt: skip
    unit = say("entreprises", "companies", "bedrijven")
    return charts.changes(rows, speech=speech(tongues), theme=pages.HOUSE, unit=unit, width_mm=width_mm)


def borders(country: str) -> dict[str, tuple[charts.Ring, ...]]:
    """The outlines of the regions of a country, and of what is made of several of them."""
    said = tomllib.loads((FOLDER / f"{country}.toml").read_text("utf-8"))
    areas = {
        code: tuple(tuple((float(x), float(y)) for x, y in (corner.split(",") for corner in ring.split()))
                    for ring in rings)
        for code, rings in said["areas"].items()
    }  # fmt: skip
    whole = {
        code: tuple(ring for part in parts for ring in areas[part]) for code, parts in said.get("within", {}).items()
    }
    return areas | whole


def maps(tongues: tuple[str, ...] = ("fr",), width_mm: float = 170.0) -> Chart:
    say = partial(label, tongues)
    home, host = borders("SN"), borders("BE")
    shown = [("Dakar", 21, "SN-DK"), ("Thiès", 9, "SN-TH"), ("Saint-Louis", 6, "SN-SL"), ("Ziguinchor", 5, "SN-ZG"),
             ("Kaolack", 7, "SN-KL"), ("Diourbel", 5, "SN-DB"), ("Fatick", 8, "SN-FK")]  # fmt: skip
    places = tuple(charts.Place(say(n, n, n), Decimal(value), home.pop(code)) for n, value, code in shown)
    unit = say("entreprises", "companies", "bedrijven")
    lands = (
        charts.Land(say("Sénégal", "Senegal", "Senegal"), places, Decimal(11), tuple(home.values())),
        charts.Land(
            say("Belgique", "Belgium", "België"),
            (
                charts.Place(say("Flandre", "Flanders", "Vlaanderen"), Decimal(17), host["BE-VLG"]),
                charts.Place(say("Wallonie", "Wallonia", "Wallonië"), Decimal(12), host["BE-WAL"]),
            ),
            bare=(host["BE-BRU"],),
        ),
    )
    return charts.maps(
        lands,
        speech=speech(tongues),
        theme=pages.HOUSE,
        measure=charts.Measure(say("Entreprises en mobilité", "Mobile companies", "Mobiele bedrijven"), unit),
        remark=speech(tongues).say("map_ground"),
        width_mm=width_mm,
    )


ALL: dict[str, Callable[[tuple[str, ...], float], Chart]] = {
    "targets": targets,
    "funnel": funnel,
    "breakdown": breakdown,
    "regions": regions,
    "scores": scores,
    "score_strip": score_strip,
    "milestones": milestones,
    "by_sex": by_sex,
    "dots": dots,
    "changes": changes,
    "maps": maps,
}
