"""A plan for Word's tests: every element and class of the page vocabulary, alone in French or beside Dutch."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from html import escape

from lxml import etree

from pemdocs.model import Page

ODD_READ = "« Ŋ ŋ ë ñ » & <b> ' \" {{ x }} {_{ y }_} {% z %} 1\u202f234\u00a0€ a\u00adb"
ODD = escape(ODD_READ, quote=False)
GANTT = """<svg xmlns="http://www.w3.org/2000/svg" width="170mm" height="42mm" viewBox="0 0 170 42"
 font-family="Calibri, Carlito, sans-serif" font-size="3.4">
<g fill="#5a6572"><text x="45" y="5">mars</text><text x="85" y="5">avril</text><text x="125" y="5">mai</text></g>
<g stroke="#c9d0d8" stroke-width=".2"><path d="M44 7V40M84 7V40M124 7V40M164 7V40M0 7H164"/></g>
<g fill="#1b2330"><text x="0" y="14">Pré-séjour</text><text x="0" y="24">Séjour à Liège</text>
<text x="0" y="34">Suivi &amp; bilan</text></g>
<rect x="46" y="10.5" width="44" height="5" rx="1" fill="#c77700"/>
<rect x="92" y="20.5" width="20" height="5" rx="1" fill="#0b6e4f"/>
<rect x="114" y="30.5" width="48" height="5" rx="1" fill="#4a4e9e"/></svg>""".encode()
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">
<rect width="120" height="40" rx="4" fill="#0b4f6c"/>
<circle cx="20" cy="20" r="9" fill="#fff"/></svg>"""
WORDS = {
    "fr": (
        "L’entreprise transforme des fruits locaux et cherche un partenaire capable de faire certifier ses ateliers.",
        "Le séjour doit permettre de comparer les lignes de production, puis de choisir les deux machines à commander.",
    ),
    "nl": (
        "Het bedrijf verwerkt lokaal fruit en zoekt een partner die het kan helpen om zijn ateliers te certificeren.",
        "Het verblijf moet toelaten om de productielijnen te vergelijken en de twee te bestellen machines te kiezen.",
    ),
}
HEADS = ("N°", "Action", "Phase", "Début", "Fin", "Responsable", "Lieu", "Jours", "Budget")
WIDTHS = (5, 30, 10, 9, 9, 12, 9, 6, 10)
NUMERIC = ' class="num"'


def plan(languages: tuple[str, ...] = ("fr",)) -> Page:
    """The whole vocabulary in one document."""
    parts = (_running(), _opening(), _prose(languages), _landscape(), _closing())
    return page("".join(parts), languages)


def page(body: str, languages: tuple[str, ...] = ("fr",), pictures: dict[str, bytes] | None = None) -> Page:
    """A page with this body and the pictures of the plan, or others."""
    mode = "mono" if len(languages) == 1 else "parallel"
    source = (
        f'<html lang="{languages[0]}"><head><title>Plan</title></head><body class="plan {mode}">{body}</body></html>'
    )
    known = {"figure:gantt": GANTT, "logo:a.svg": LOGO, "logo:b.png": png()} if pictures is None else pictures
    return Page(
        tree=etree.fromstring(source),
        pictures=known,
        title="Plan d’accompagnement & suivi",
        languages=languages,
        author="Équipe\x0bmobilité",
        subject="Plan",
        modified=date(2026, 3, 12),
    )


def png() -> bytes:
    """A grey picture of 4 × 2 pixels."""
    head = struct.pack(">IIBBBBB", 4, 2, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0\x88\x88\x88\x88" * 2)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def _cols(*widths: int) -> str:
    return "<colgroup>" + "".join(f'<col style="width:{width}%"/>' for width in widths) + "</colgroup>"


def _running() -> str:
    return f"""
<header class="first"><table class="bare">{_cols(50, 50)}<tbody><tr><td>
<img src="logo:a.svg" alt="" style="height:11mm"/></td>
<td class="num"><img src="logo:b.png" alt="Partenaire" style="height:8mm"/></td></tr></tbody></table></header>
<header><p>Plan d’accompagnement – Fruits de Thiès</p></header>
<footer><table class="bare">{_cols(20, 62, 18)}<tbody><tr><td>
<img src="logo:a.svg" alt="Programme" style="height:7mm"/></td>
<td><p class="disclaimer">Financé par l’Union européenne. Les avis exprimés n’engagent que leurs auteurs.</p></td>
<td class="num"><span class="page-number"/> / <span class="page-count"/></td></tr></tbody></table></footer>"""


def _opening() -> str:
    return f"""
<section><h1>Plan d’accompagnement</h1><p class="subtitle">Fruits de Thiès et Brouwerij De Kroon</p>
<p class="lead">Un parcours de <strong>huit mois</strong>, avec un séjour en <em>Belgique</em> : le
  <span lang="en">matchmaking</span>, voir
<a href="https://example.org/a?b=1&amp;c=2">le site</a> et <a href="#but">le but</a>.</p>
<table class="grid calm" summary="Les versions">{_cols(15, 20, 40, 25)}<caption>Contrôle du document</caption>
<thead><tr><th scope="col">Version</th><th scope="col">Date</th><th scope="col">Auteur</th><th scope="col">État</th>
</tr></thead>
<tbody><tr><td>1.0</td><td>12 mars 2026</td><td>Awa Ndiaye</td><td class="pending">à valider</td></tr>
<tr><td>1.1</td><td>14 avril 2026</td><td>Jan Peeters</td><td/></tr></tbody></table><p class="meta">Établi à Dakar</p>
</section>
<section><h2 id="but">Les entreprises</h2><h3>Identité</h3>
<table class="fields" aria-label="Identité de l’entreprise">{_cols(30, 70)}<tbody>
<tr><th scope="row"><span class="label">Nom</span><br/><span class="second" lang="nl">Naam</span></th>
<td><span class="value">Fruits de Thiès</span> <span class="mark">[fr]</span></td></tr>
<tr><th scope="row">Numéro</th><td class="pending">à compléter</td></tr>
<tr><th scope="row">Texte</th><td><p>{ODD}</p><ul><li>un</li><li><p>deux</p><p>et encore</p></li></ul></td></tr>
<tr><th scope="row" rowspan="2">Chiffre d’affaires</th><td class="num">12\u202f500\u202f000\u00a0XOF</td></tr>
<tr><td class="centre">2025</td></tr></tbody></table>
<h3>Besoins</h3><h4>Dans l’ordre</h4><ol><li>certifier</li><li>produire</li></ol><p>Puis :</p><ol><li>vendre</li></ol>
</section>"""


def _prose(languages: tuple[str, ...]) -> str:
    sides = "".join(
        f'<div lang="{language}">{"".join(f"<p>{words}</p>" for words in WORDS[language])}</div>'
        for language in languages
    )
    prose = f'<div class="parallel">{sides}</div>' if len(languages) > 1 else f"<div>{sides}</div>"
    return f"""
<section class="new-page"><h2>Diagnostic</h2>{prose}
<div class="box note"><p>Ce plan <span class="pending">sera revu</span> après le séjour.</p></div>
<div class="box pending"><p>Reste à compléter.</p></div><div class="box lead"><p>L’essentiel.</p></div>
<div class="box"><p>Simple.</p></div>
<p class="pending">Attendu.</p><p class="small">Petit.</p><p class="note">Note.</p><p class="centre">Centre.</p>
<p class="caption">Légende libre.</p><h2 class="plain">Sans numéro</h2><h3 class="plain">Sans numéro non plus</h3>
<figure><img src="figure:gantt" alt="Calendrier de mars à mai" style="width:170mm"/><figcaption>Calendrier</figcaption>
</figure>
</section>"""


def _landscape() -> str:
    heads = "".join(f'<th scope="col"{NUMERIC * (head in HEADS[7:])}>{head}</th>' for head in HEADS[1:])
    phases = ("before", "during", "after")
    names = ("Avant", "Pendant", "Après")
    rows = "".join(
        f'<tr><td class="num">{n}</td><td>Former deux techniciens à la pasteurisation, lot {n}</td>'
        f'<td class="{phases[n // 5]}">{names[n // 5]}</td><td>{n}.03.2026</td><td>{n}.06.2026</td><td>Awa Ndiaye</td>'
        f'<td>Thiès</td><td class="num">{n}</td><td class="num">{n}\u202f500\u00a0€</td></tr>'
        for n in range(1, 13)
    )
    return f"""
<section class="landscape"><h2>Actions</h2><table class="grid"><caption>Les actions par phase</caption>{_cols(*WIDTHS)}
<thead><tr><th scope="col" rowspan="2">{HEADS[0]}</th><th scope="colgroup" colspan="8">Ce qui est prévu</th></tr>
<tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"""


def _closing() -> str:
    return f"""
<section><h2>Signatures</h2><p>Fait à Dakar, en deux exemplaires.</p><table class="bare">{_cols(50, 50)}<tbody>
<tr><td><p>Pour Fruits de Thiès</p><p class="signature">Awa Ndiaye</p></td><td><p>Pour De Kroon</p>
<p class="signature">Jan Peeters</p></td></tr></tbody></table></section>"""
