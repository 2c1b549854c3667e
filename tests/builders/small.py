"""Three small tables for the tests of reading and typing: companies, people, and objectives without ids."""

from __future__ import annotations

import json
import tempfile
from functools import lru_cache
from pathlib import Path

from pemdocs.data import schema


def words(fr: str, en: str = "", nl: str = "") -> dict[str, str]:
    return {"fr": fr, "en": en or fr, "nl": nl or en or fr}


def field(fr: str, en: str = "", nl: str = "", /, type: str = "string", **spec: object) -> dict[str, object]:
    named = {key.replace("_", "-") if key.startswith("x_") else key: value for key, value in spec.items()}
    return {"type": type, "x-label": words(fr, en, nl), "x-help": words("…"), "x-audience": "public", **named}


def table(named: str, record: str, order: int, sheet: dict[str, str], /, **properties: object) -> dict[str, object]:
    return {
        "title": named,
        "type": "object",
        "x-record": record,
        "x-order": order,
        "x-sheet": sheet,
        "x-help": words("…"),
        "required": [],
        "properties": properties,
        "additionalProperties": False,
    }


YES_NO = {"yes": words("Oui", "Yes", "Ja"), "no": words("Non", "No", "Nee")}

COMPANIES = table(
    "companies",
    "company",
    1,
    words("Entreprises", "Companies", "Bedrijven"),
    id=field("Identifiant", "Id", "Code", format="code"),
    name=field("Dénomination", "Legal name", "Naam", x_headings=["raison sociale"]),
    ninea=field("NINEA", format="ninea"),
    turnover=field("Chiffre d’affaires annuel", "Annual turnover", "Jaaromzet", type="number", x_headings=["CA"]),
    share=field("Part", "Share", "Aandeel", type="number", minimum=0, maximum=100),
    rate=field("Taux", "Rate", "Tarief", type="number", minimum=0, maximum=1),
    staff=field("Effectif", "Staff", "Personeel", type="integer"),
    founded=field("Créée le", "Founded on", "Opgericht op", format="date"),
    opens=field("Ouvre à", "Opens at", "Opent om", format="time"),
    exporter=field("Exporte", "Exports", "Exporteert", type="boolean"),
    size=field(
        "Taille",
        "Size",
        "Grootte",
        enum=["micro", "small", "medium"],
        **{"x-labels": {"micro": words("Très petite", "Micro"), "small": words("Petite", "Small", "Klein")}},
    ),
    country=field("Pays", "Country", "Land", x_codelist="countries"),
    sectors=field("Secteurs", "Sectors", "Sectoren", type="array", items={"type": "string"}),
    certified=field("Certifiée", "Certified", "Gecertificeerd", enum=["yes", "no"], **{"x-labels": YES_NO}),
    activity=field(
        "Activité", "Business", "Activiteit", x_translated=True, x_multiline=True, x_headings=["Activiteiten"]
    ),
    motto=field("Devise", "Devise", "Motto", x_translated=True),
)

PEOPLE = table(
    "people",
    "person",
    2,
    words("Personnes", "People", "Personen"),
    id=field("Identifiant", "Id", "Code", format="code"),
    surname=field("Nom", "Surname", "Achternaam", x_personal=True),
    passport=field("Passeport", "Passport", "Paspoort", format="code", **{"x-audience": "restricted"}),
    born=field("Né(e) le", "Born on", "Geboren op", format="date", x_personal=True),
    phone=field("Téléphone", "Phone", "Telefoon", format="phone", x_personal=True),
    company=field("Entreprise", "Company", "Bedrijf", x_ref="companies"),
    coaches=field("Coachs", "Coaches", "Coaches", type="array", items={"type": "string"}, x_ref="people"),
    gender=field("Sexe", "Gender", "Geslacht", x_personal=True, enum=["female", "male"]),
)

OBJECTIVES = table(
    "objectives",
    "objective",
    3,
    words("Objectifs", "Objectives", "Doelen"),
    title=field("Intitulé", "Title", "Titel"),
    target=field("Cible", "Target", "Doel", type="number"),
    company=field("Entreprise", "Company", "Bedrijf", x_ref="companies"),
)


@lru_cache(maxsize=1)
def tables() -> schema.Tables:
    with tempfile.TemporaryDirectory() as folder:
        for content in (COMPANIES, PEOPLE, OBJECTIVES):
            (Path(folder) / f"{content['title']}.json").write_text(json.dumps(content), "utf-8")
        return schema.load(Path(folder))
