"""Sample pages that use the whole vocabulary, in one language and in two."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from lxml import etree

from pemdocs import resources
from pemdocs.knowledge import emblem
from pemdocs.model import Page
from pemdocs.pictures.drawing import Item, TimelineWords, progress, timeline
from pemdocs.project import theme

HOUSE = theme.load(resources.folder("templates") / "house" / "theme.toml")
CSS = ((resources.folder("templates") / "house" / "house.css").read_text("utf-8"),)
MONTHS = ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
SHORT = {"fr": "Certification des ateliers", "nl": "Certificering van de ateliers"}
LONG = {
    "fr": "L’entreprise transforme des céréales locales et cherche, avec son homologue belge, à accéder au marché "
    "de la restauration collective\u202f; elle a déjà obtenu l’accord de deux distributeurs à Dakar.",
    "nl": "Het bedrijf verwerkt lokale granen en zoekt, samen met zijn Belgische tegenhanger, toegang tot de markt "
    "van de grootkeukens; het heeft al een akkoord met twee verdelers in Dakar.",
}
DISCLAIMER = {
    "fr": "Financé par l’Union européenne. Les points de vue et avis exprimés n’engagent toutefois que leur(s) "
    "auteur(s) et ne reflètent pas nécessairement ceux de l’Union européenne.",
    "nl": "Gefinancierd door de Europese Unie. De hier geuite ideeën en meningen komen echter uitsluitend voor "
    "rekening van de auteur(s) en geven niet noodzakelijkerwijs die van de Europese Unie weer.",
}
HEADS = ["N°", "Action", "Phase", "Début", "Fin", "Responsable", "Lieu", "Budget", "Progrès"]
WIDTHS = (4, 24, 9, 9, 9, 11, 8, 8, 18)
PHASES = ("before", "during", "after")
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="8mm" viewBox="0 0 30 8">
<rect width="30" height="8" rx="2" fill="#0b4f6c"/><circle cx="5" cy="4" r="2" fill="#ffffff"/></svg>"""


def mono() -> Page:
    """A plan in French: title, tables, landscape grid over several pages, figures, boxes, lists, signatures."""
    return _page(("fr",))


def parallel() -> Page:
    """The same plan in French and Dutch side by side."""
    return _page(("fr", "nl"))


def sample(body: str, languages: tuple[str, ...] = ("fr",), pictures: dict[str, bytes] | None = None) -> Page:
    """A page with this body."""
    source = (
        f'<html lang="{languages[0]}"><head><title>Essai</title></head><body class="plan mono">{body}</body></html>'
    )
    return Page(etree.fromstring(source), pictures or {}, "Un essai", languages, "Enabel", "Plans", date(2025, 3, 1))


def _page(languages: tuple[str, ...]) -> Page:
    body = "".join((_running(languages), _opening(languages), _prose(languages), _grid(languages), _closing(languages)))
    mode = "mono" if len(languages) == 1 else "parallel"
    source = (
        f'<html lang="{languages[0]}"><head><title>Plan d’accompagnement – Ferme de Thiès</title></head>'
        f'<body class="accompaniment-plan {mode}">{body}</body></html>'
    )
    return Page(
        tree=etree.fromstring(source),
        pictures=_pictures(languages),
        title="Plan d’accompagnement – Ferme de Thiès",
        languages=languages,
        author="Enabel",
        subject="Plan d’accompagnement",
        modified=date(2025, 3, 1),
    )


def _both(languages: tuple[str, ...], words: dict[str, str]) -> str:
    """A short text in each language, the second muted."""
    first, *others = languages
    return words[first] + "".join(f'<br/><span class="second" lang="{other}">{words[other]}</span>' for other in others)


def _prosed(languages: tuple[str, ...], words: dict[str, str], tag: str = "p") -> str:
    if len(languages) == 1:
        return f"<{tag}>{words[languages[0]]}</{tag}>"
    columns = "".join(f'<div lang="{language}"><{tag}>{words[language]}</{tag}</div>' for language in languages)
    return f'<div class="parallel">{columns}</div>'.replace(f"</{tag}</div>", f"</{tag}></div>")


def _running(languages: tuple[str, ...]) -> str:
    disclaimer = "".join(
        f'<p class="disclaimer" lang="{language}">{DISCLAIMER[language]}</p>' for language in languages
    )
    return f"""<header class="first"><table class="bare">
<colgroup><col style="width:50%"/><col style="width:50%"/></colgroup>
<tbody><tr><td><img src="logo:emblem.svg" alt="Emblème de l’Union européenne" style="height:12mm"/></td>
<td class="num"><img src="logo:Société de Thiès.svg" alt="Ferme de Thiès" style="height:8mm"/></td></tr>
</tbody></table></header>
<header><p>Plan d’accompagnement – Ferme de Thiès</p></header>
<footer class="first">{disclaimer}
<p class="centre"><span class="page-number"/> / <span class="page-count"/></p></footer>
<footer><p class="centre"><span class="page-number"/> / <span class="page-count"/></p></footer>"""


def _opening(languages: tuple[str, ...]) -> str:
    title = _both(languages, {"fr": "Plan d’accompagnement", "nl": "Begeleidingsplan"})
    label = _both(languages, {"fr": "Entreprise", "nl": "Bedrijf"})
    motive = _both(languages, {"fr": "Motivation", "nl": "Motivatie"})
    control = "".join(f'<th scope="col">{head}</th>' for head in ("Version", "Date", "Auteur", "État"))
    return f"""<section class="title"><h1>{title}</h1><p class="subtitle">Ferme de Thiès et Brouwerij De Kroon</p>
<p class="lead">Un parcours de <strong>huit mois</strong>, avec un séjour en <em>Belgique</em>
(<a href="https://www.enabel.be/">Enabel</a>), dit <span lang="en">matchmaking</span>.</p>
<table class="grid calm"><caption>Contrôle du document</caption>
<colgroup><col style="width:15%"/><col style="width:20%"/>
<col style="width:40%"/><col style="width:25%"/></colgroup><thead><tr>{control}</tr></thead>
<tbody><tr><td>1.0</td><td>1<span class="small">er</span> mars 2025</td><td>Awa Ndiaye</td>
<td class="pending">à valider</td></tr>
<tr><td>1.1</td><td>12 mars 2025</td><td>Jan Peeters</td><td></td></tr></tbody></table>
<p class="meta">Établi le 12 mars 2025</p></section>
<section><h2>{_both(languages, {"fr": "Identification", "nl": "Identificatie"})}</h2>
<table class="fields"><colgroup><col style="width:32%"/><col style="width:68%"/></colgroup><tbody>
<tr><th scope="row">{label}</th><td>Ferme de Thiès SARL</td></tr>
<tr><th scope="row">NINEA</th><td class="pending">à compléter</td></tr>
<tr><th scope="row">{motive}</th><td><p>{LONG["fr"]}</p>
<ul><li>céréales</li><li><p>transformation</p></li></ul></td></tr>
<tr><th scope="row">Chiffre d’affaires</th><td class="num">12\u202f500\u202f000\u00a0XOF</td></tr>
<tr><th scope="row" rowspan="2">Adresse</th><td>Rue 12, Thiès</td></tr>
<tr><td>Sénégal <span class="mark">[fr]</span></td></tr>
</tbody></table></section>"""


def _prose(languages: tuple[str, ...]) -> str:
    parts = "".join(_prosed(languages, LONG) for _ in range(6))
    return f"""<section><h2>{_both(languages, {"fr": "Diagnostic", "nl": "Diagnose"})}</h2>
<h3>{_both(languages, {"fr": "Forces", "nl": "Sterktes"})}</h3>{parts}
<h3>Faiblesses</h3><h4>Accès au marché</h4><p>Trois points\u00a0:</p>
<ol><li>le froid</li><li>la certification</li><li>le transport</li></ol><ul><li>un camion</li></ul>
<div class="box note">
<p>À noter\u00a0: <span class="label">budget</span> <span class="value">1\u202f500\u00a0€</span>.</p></div>
<div class="box pending"><p>Reste à compléter après le comité technique.</p></div>
<p class="pending">Texte attendu.</p><p class="small">Petit texte.</p><p class="note">Une note.</p>
<h3 class="plain">Sans numéro</h3><p class="centre">Au centre</p>
<table class="calm"><colgroup><col style="width:50%"/><col style="width:50%"/></colgroup>
<thead><tr><th scope="col">Lieu</th><th scope="col">Rôle</th></tr></thead>
<tbody><tr><td>Dakar</td><td>siège</td></tr></tbody></table>
<figure><img src="figure:timeline"
alt="Calendrier du parcours de mobilité, de janvier 2025 à février 2026" style="width:170mm"/>
<figcaption>Calendrier</figcaption></figure></section>"""


def _grid(languages: tuple[str, ...]) -> str:
    columns = "".join(f'<col style="width:{width}%"/>' for width in WIDTHS)
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    rows = "".join(_row(number, languages) for number in range(1, 15))
    return f"""<section class="landscape"><h2>{_both(languages, {"fr": "Plan d’action", "nl": "Actieplan"})}</h2>
<table class="grid"><caption>Actions par phase</caption><colgroup>{columns}</colgroup>
<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"""


def _row(number: int, languages: tuple[str, ...]) -> str:
    phase = PHASES[(number - 1) // 5]
    return f"""<tr><td class="num">{number}</td>
<td>{_both(languages, SHORT)} n° {number}, avec l’appui du prestataire</td>
<td class="{phase}">{("Avant", "Pendant", "Après")[PHASES.index(phase)]}</td>
<td>{number}.03.2025</td><td>{number}.06.2025</td>
<td>Awa Ndiaye</td><td>Thiès</td><td class="num">{number}\u202f500\u00a0€</td>
<td class="centre"><img src="figure:progress" alt="Quarante pour cent atteints" style="width:42mm"/></td></tr>"""


def _closing(languages: tuple[str, ...]) -> str:
    cell = '<td><p>{who}</p><p class="signature">{sign}</p></td>'
    cells = cell.format(who="Pour la Ferme de Thiès", sign="Awa Ndiaye") + cell.format(
        who="Pour De Kroon", sign="Jan Peeters"
    )
    return f"""<section class="new-page"><h2>{_both(languages, {"fr": "Engagements", "nl": "Verbintenissen"})}</h2>
<div class="box lead"><p>Sans valeur juridique.</p></div>{_prosed(languages, LONG)}
<p>Fait à Dakar, le 12 mars 2025</p>
<table class="bare"><colgroup><col style="width:50%"/><col style="width:50%"/></colgroup>
<tbody><tr>{cells}</tr></tbody></table>
</section>"""


@lru_cache(maxsize=2)
def _pictures(languages: tuple[str, ...]) -> dict[str, bytes]:
    return {
        "logo:emblem.svg": emblem.svg(12),
        "logo:Société de Thiès.svg": LOGO,
        "figure:timeline": timeline(
            items(12, languages),
            width_mm=170,
            today=date(2025, 7, 9),
            words=timeline_words(languages),
            theme=HOUSE,
            window=(date(2025, 6, 2), date(2025, 6, 27)),
        ),
        "figure:progress": progress(
            [(date(2025, 1, 1), Decimal(120)), (date(2025, 6, 1), Decimal(260))],
            baseline=Decimal(100),
            target=Decimal(500),
            due="31.12.2026",
            fmt=str,
            share=lambda value: f"{value * 100:.0f} %",
            theme=HOUSE,
            width_mm=42,
        ),
    }


def timeline_words(languages: tuple[str, ...]) -> TimelineWords:
    """The words of a calendar; the Dutch ones are told apart by their mark only."""

    def label(words: str) -> tuple[tuple[str, str], ...]:
        return tuple((language, words if language == "fr" else f"{words} ({language})") for language in languages)

    return TimelineWords(
        phases={"before": label("Avant"), "during": label("Pendant"), "after": label("Après")},
        statuses={
            "done": label("fait"),
            "under-way": label("en cours"),
            "planned": label("prévu"),
            "postponed": label("reporté"),
            "cancelled": label("annulé"),
        },
        milestone=label("réunion"),
        window=label("séjour"),
        today=label("aujourd’hui"),
        month=lambda day: MONTHS[day.month - 1],
    )


def items(count: int, languages: tuple[str, ...], first: date = date(2025, 1, 13), days: int = 420) -> list[Item]:
    """``count`` items spread over ``days``, every third a meeting, every status in turn."""
    statuses = ("done", "done", "under-way", "planned", "postponed", "cancelled")
    made = []
    for place in range(count):
        start = first + timedelta(days=days * place // count)
        made.append(
            Item(
                label=tuple((language, f"{SHORT[language]} n° {place + 1}") for language in languages),
                start=start,
                end=start + timedelta(days=0 if place % 3 == 2 else 5 + place % 4 * 12),
                phase=PHASES[3 * place // count],  # type: ignore[arg-type]
                status=statuses[place * 6 // count],  # type: ignore[arg-type]
                meeting=place % 3 == 2,
            )
        )
    return made
