"""A report for the tests of both writers: a front, lists of contents, counted captions, photographs, boxes, quotes."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from pages import LOGO, LONG, sample
from PIL import Image, ImageDraw

from pemdocs.model import Page
from pemdocs.page import contents

CHAPTERS, PARTS = 6, 4
CHART = b"""<svg xmlns="http://www.w3.org/2000/svg" width="150mm" height="52mm" viewBox="0 0 150 52"
 font-family="Carlito" font-size="4"><text x="0" y="8">Dossiers</text><rect x="40" y="3" width="100" height="8"
 fill="#0b4f6c"/><text x="0" y="24">Retenus</text><rect x="40" y="19" width="44" height="8" fill="#0b6e4f"/></svg>"""
WORDS = {
    "figure": {"fr": "Figure", "nl": "Afbeelding"},
    "table": {"fr": "Tableau", "nl": "Tabel"},
    "chapter": {"fr": "Ce que la cohorte a appris du marché", "nl": "Wat de cohorte van de markt leerde"},
    "part": {"fr": "Vendre aux cantines", "nl": "Verkopen aan grootkeukens"},
    "contents": {"fr": "Sommaire", "nl": "Inhoud"},
    "figures": {"fr": "Figures", "nl": "Afbeeldingen"},
    "tables": {"fr": "Tableaux", "nl": "Tabellen"},
    "chart": {"fr": "Des candidatures aux départs", "nl": "Van kandidatuur tot vertrek"},
    "rows": {"fr": "Les cibles et ce qui est atteint", "nl": "De doelen en wat bereikt is"},
    "photo": {"fr": "Le séchoir solaire de Thiès", "nl": "De zonnedroger van Thiès"},
}


def report(languages: tuple[str, ...] = ("fr",)) -> Page:
    """A long report: 30 headings, figures and tables on many pages."""
    body = "".join((_running(), _front(languages), _lists(languages),
                    *(_chapter(number, languages) for number in range(1, CHAPTERS + 1))))  # fmt: skip
    return filled(body, languages)


def filled(body: str, languages: tuple[str, ...] = ("fr",), pictures: dict[str, bytes] | None = None) -> Page:
    """A page as it leaves the layout: counted, listed, referred."""
    known = {"figure:chart": CHART, "logo:a": LOGO, "photo:high": photograph(900, 1600),
             "photo:wide": photograph(4000, 3000, orientation=6)}  # fmt: skip
    page = sample(body, languages, known if pictures is None else pictures)
    contents.fill(page.tree)
    return page


@lru_cache(maxsize=8)
def photograph(width: int, height: int, orientation: int = 1, form: str = "JPEG") -> bytes:
    """Hills under a sky, as a camera writes them: with the place where it stood."""
    image = Image.linear_gradient("L").resize((width, height))
    red, green = image.point(lambda value: value // 2), image.point(lambda value: 90 + value // 3)
    image = Image.merge("RGB", (red, green, image))
    drawn = ImageDraw.Draw(image)
    drawn.ellipse((width // 10, height // 2, width, height * 2), fill="#0b6e4f")
    drawn.rectangle((0, 0, width // 8, height // 8), fill="#c77700")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "Secret"
    out = BytesIO()
    image.save(out, form, exif=exif)
    return out.getvalue()


def _both(key: str, languages: tuple[str, ...], more: str = "") -> str:
    first, *others = languages
    return WORDS[key][first] + more + "".join(
        f' · <span class="second" lang="{other}">{WORDS[key][other]}{more}</span>' for other in others
    )  # fmt: skip


def _running() -> str:
    return """<header><p>Rapport final</p></header>
<footer><p class="centre"><span class="page-number"/> / <span class="page-count"/></p></footer>"""


def _front(languages: tuple[str, ...]) -> str:
    return f"""<div class="front"><p><img src="logo:a" alt="Ferme de Thiès" style="height:8mm"/></p>
<h1>Des machines <em>et</em> des marchés</h1><p class="subtitle">Rapport final de la première cohorte</p>
<p class="lead">{LONG[languages[0]]}</p></div>"""


def _lists(languages: tuple[str, ...]) -> str:
    made = (f'<nav class="{kind}"><p class="title">{_both(kind, languages)}</p></nav>'
            for kind in ("contents", "figures", "tables"))  # fmt: skip
    return f'<section class="new-page">{"".join(made)}</section>'


def _chapter(number: int, languages: tuple[str, ...]) -> str:
    parts = "".join(_part(number, part, languages) for part in range(1, PARTS + 1))
    plain = ' class="plain"' if number == CHAPTERS else ""
    fresh = ' class="new-page"' if number % 2 else ""
    return f"""<section{fresh}><h2{plain} id="chapter-{number}">{_both("chapter", languages, f" {number}x")}</h2>
<p>{LONG["fr"]} Voir le <a class="ref" href="#table-{number}"/>, la <a class="ref" href="#fig-{number}"/>,
le point <a class="ref" href="#part-{number}-2"/> et <a href="#advice-{number}">le conseil</a>.</p>{parts}
<div class="box recommendation" id="advice-{number}"><h4>R{number}. Élargir la cible</h4><p>{LONG["fr"]}</p></div>
</section>"""


def _part(chapter: int, part: int, languages: tuple[str, ...]) -> str:
    more = (_figure, _table, _photo, _boxes)[part - 1](chapter, languages)
    text = f"<p>{LONG['fr']}</p>" * (2 + (chapter * part) % 5)
    return f'<h3 id="part-{chapter}-{part}">{_both("part", languages, f" {chapter}y{part}")}</h3>{text}{more}'


def _counted(key: str, name: str, languages: tuple[str, ...], title: str) -> str:
    return " · ".join(
        (f'<span class="second" lang="{each}">' if place else "")
        + f'{WORDS[key][each]} <span class="seq" data-name="{name}"/> – {title.format(WORDS[title_of(key)][each])}'
        + ("</span>" if place else "")
        for place, each in enumerate(languages)
    )


def title_of(key: str) -> str:
    return {"figure": "chart", "table": "rows"}[key]


def _figure(chapter: int, languages: tuple[str, ...]) -> str:
    return f"""<figure id="fig-{chapter}"><img src="figure:chart" alt="Entonnoir" style="width:150mm"/>
<figcaption>{_counted("figure", "Figure", languages, f"{{}} {chapter}z")}
<span class="source">Source : suivi du programme, 2025.</span></figcaption></figure>"""


def _table(chapter: int, languages: tuple[str, ...]) -> str:
    rows = "".join(f'<tr><td>Cible {row}</td><td class="num">{row * 3}</td></tr>' for row in range(1, 6 + chapter * 2))
    caption = _counted("table", "Table", languages, f"{{}} {chapter}t")
    return f"""<table class="grid" id="table-{chapter}"><caption>{caption}
</caption><colgroup><col style="width:70%"/><col style="width:30%"/></colgroup>
<thead><tr><th scope="col">Cible</th><th scope="col" class="num">Atteint</th></tr></thead><tbody>{rows}</tbody></table>
<p class="source">Source : enquête de fin de parcours.</p>"""


def _photo(chapter: int, languages: tuple[str, ...]) -> str:
    source = "photo:wide" if chapter % 2 else "photo:high"
    return f"""<figure class="photo"><img src="{source}" alt="Un séchoir devant une colline"/>
<figcaption>{WORDS["photo"][languages[0]]}<br/><span class="credit">Photo : coopérative de Thiès</span></figcaption>
</figure>"""


def _boxes(chapter: int, languages: tuple[str, ...]) -> str:
    return f"""<blockquote><p>« Nous vendons désormais à trois écoles. »</p>
<p class="source">Une entrepreneure, cohorte {chapter}</p></blockquote>
<div class="box practice"><p>{LONG["fr"]}</p></div><div class="box lesson"><p>Une leçon, brève.</p></div>"""
