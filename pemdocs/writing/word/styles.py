"""Turn a theme into Word's styles. Only this module knows what each style looks like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import quoteattr

from lxml import etree

from pemdocs.knowledge.emblem import BLUE
from pemdocs.project.theme import Theme
from pemdocs.words.language import TAGS, house_words
from pemdocs.writing.word.frame import tag_of, text_width
from pemdocs.writing.word.markup import ROOT, twips
from pemdocs.writing.word.numbering import (
    BULLETS,
    CELL_BULLETS,
    CELL_NUMBERS,
    HANGING,
    HEADINGS,
    NUMBERS,
    REACH,
    UNNUMBERED,
)
from pemdocs.writing.word.tablestyles import CELL_PARAGRAPH, table_styles

NATURAL_LINE = 1.22
"""The line that Word gives to the body font by itself, times its size: Calibri's; Carlito has the same."""

KEPT = "<w:keepNext/><w:keepLines/>"
OFFERED, HIDDEN = '<w:uiPriority w:val="20"/><w:qFormat/>', '<w:uiPriority w:val="99"/><w:semiHidden/>'
"""Whether people find a style in the gallery."""
CELL_MARGINS = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in
                       (("top", 0), ("left", 108), ("bottom", 0), ("right", 108)))  # fmt: skip


def fill(styles: etree._Element, theme: Theme, language: str, *, two: bool = False) -> None:
    """Replace every style by ours; ``language`` is that of text that says nothing else.

    Lists of contents are smaller where their entries are in ``two`` languages, so that they still fit on a page.
    """
    for child in list(styles):
        styles.remove(child)
    made = "".join((_defaults(theme, tag_of(language)), *_base(theme), *_text(theme), *_pulled(theme),
                    *_headings(theme), *_contents(theme, "small" if two else "table"), *_lists(theme),
                    *_special(theme), *_cells(theme), *_characters(theme),
                    *table_styles(theme, _shown(language))))  # fmt: skip
    for child in list(etree.fromstring(f"<w:styles {ROOT}>{made}</w:styles>")):
        styles.append(child)


def _shown(language: str) -> Mapping[str, str]:
    """What the styles of tables are called that people see; in English where the house has no words in a language."""
    names: Mapping[str, str] = house_words(language if language in TAGS else "en")["table_styles"]
    return names


def _defaults(theme: Theme, language: str) -> str:
    tag = quoteattr(language)
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(theme, 'body')}{_size(theme.size['body'])}"
        f'<w:lang w:val={tag} w:eastAsia={tag} w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        f"<w:widowControl/>{_spacing(0, 0, theme.space['line'])}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="0"'
        ' w:defQFormat="0" w:count="376"/>'
    )


def _fonts(theme: Theme, role: str) -> str:
    name = quoteattr(theme.font[role].word)
    return f"<w:rFonts w:ascii={name} w:eastAsia={name} w:hAnsi={name} w:cs={name}/>"


def _colour(theme: Theme, name: str) -> str:
    return f'<w:color w:val="{_hex(theme, name)}"/>'


def _hex(theme: Theme, name: str) -> str:
    return theme.colour[name][1:].upper()


def _size(points: float) -> str:
    halves = round(points * 2)
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def _spacing(before: float, after: float, line: float) -> str:
    """Points above and below; ``line`` is the distance of lines, times the size."""
    of_natural = round(240 * line / NATURAL_LINE)
    return f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}" w:line="{of_natural}" w:lineRule="auto"/>'


def _side(theme: Theme, name: str) -> str:
    """On which side lines begin; nothing where that is the left, as it is without it."""
    side = theme.align[name]
    return "" if side == "left" else f'<w:jc w:val="{side}"/>'


def _ground(theme: Theme, name: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(theme, name)}"/>'


def _edge(theme: Theme, name: str) -> str:
    """A border in the colour of the ground, which makes the ground reach past the words: points."""
    sides = (("top", 2), ("left", 5), ("bottom", 2), ("right", 5))
    edges = (
        f'<w:{side} w:val="single" w:sz="4" w:space="{room}" w:color="{_hex(theme, name)}"/>' for side, room in sides
    )
    return f"<w:pBdr>{''.join(edges)}</w:pBdr>"


def _style(
    name: str, *, identity: str = "", based: str = "Normal", then: str = "", p: str = "", r: str = "", kind: str = ""
) -> str:
    """One style; those of our own are told from Word's by their name, and do not crowd the gallery."""
    custom = ' w:customStyle="1"' if name.startswith("Pemdocs") else ""
    follows = f'<w:next w:val="{then}"/>' if then else ""
    properties = (f"<w:pPr>{p}</w:pPr>" if p else "") + (f"<w:rPr>{r}</w:rPr>" if r else "")
    return (
        f'<w:style w:type="{kind or "paragraph"}"{custom} w:styleId="{identity or name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{based}"/>{follows}{HIDDEN if custom else OFFERED}'
        f"{properties}</w:style>"
    )


def _base(theme: Theme) -> Iterator[str]:
    # The colour stands in Normal: LibreOffice lets a default of the document win over character styles in tables.
    yield (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{_colour(theme, 'ink')}</w:rPr></w:style>"
    )
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblCellMar>{CELL_MARGINS}</w:tblCellMar></w:tblPr></w:style>"
    )
    yield (
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


def _text(theme: Theme) -> Iterator[str]:
    body, line, gap = theme.size["body"], theme.space["line"], theme.space["paragraph"]
    muted, small = _colour(theme, "muted"), _size(theme.size["small"])
    text = _spacing(0, gap, line)
    yield _style("Body Text", p=text + _side(theme, "body"))
    yield _style("Pemdocs Lead", p=text, r=_size(body + 1), then="BodyText")
    yield _style("Pemdocs Small", p=text, r=small)
    figure = "<w:b/><w:bCs/>" + _colour(theme, "accent") + _size(theme.size["title"] + 2)
    yield _style("Pemdocs Key Figure", p="<w:keepNext/>" + _spacing(0, 3, 1.0), r=figure, then="PemdocsSmall")
    yield _style("Pemdocs Finding", p=KEPT + _spacing(10, 2, 1.2), then="BodyText",
                 r="<w:b/><w:bCs/>" + _size(body + 1))  # fmt: skip
    huge = _fonts(theme, "display") + "<w:b/><w:bCs/>" + _colour(theme, "accent") + _size(theme.size["title"] * 1.5)
    yield _style("Pemdocs Huge", p="<w:keepNext/>" + _spacing(0, 0, 1.0), r=huge, then="PemdocsSmall")
    yield _style("Pemdocs Aside", p=_spacing(0, 3, 1.2), r=muted + small)
    yield _style("Pemdocs Note", p=text, r=muted + small)
    yield _style("Pemdocs Meta", p=text, r=muted + small)
    yield _style("Pemdocs Disclaimer", p=_spacing(0, 2, 1.25), r=muted + small)
    room = '<w:ind w:left="100" w:right="100"/>'
    yield _style("Pemdocs Pending", p=_edge(theme, "pending") + _ground(theme, "pending") + text + room)
    yield _style("Pemdocs Centre", p=text + '<w:jc w:val="center"/>')
    rule = f'<w:pBdr><w:top w:val="single" w:sz="5" w:space="3" w:color="{_hex(theme, "ink")}"/></w:pBdr>'
    yield _style("Pemdocs Signature", p="<w:keepLines/>" + rule + _spacing(theme.space["signature"], 0, line)
                 + _side(theme, "party"))  # fmt: skip
    yield from _large(theme)
    yield from _signed(theme)
    yield _style("Pemdocs Source", p=_spacing(0, gap, 1.25), r=muted + small)
    yield _style("Pemdocs Credit", p="<w:keepLines/>" + _spacing(0, 6, 1.25), r=muted + small)
    yield _style("Pemdocs Figure", p=_spacing(8, 4, line))
    yield _style("caption", identity="Caption", p="<w:keepLines/>" + _spacing(4, 4, 1.25), r=muted + small)


def _large(theme: Theme) -> Iterator[str]:
    """What stands large on a sheet: its one sentence, and the names of those who sign."""
    look = _fonts(theme, "display") + _colour(theme, "accent")
    for name, after, bold in (("motto", theme.space["paragraph"], ""), ("party", 1.0, "<w:b/><w:bCs/>")):
        side = f'<w:jc w:val="{theme.align[name]}"/>'
        yield _style(f"Pemdocs {name.title()}", p="<w:keepLines/>" + _spacing(0, after, 1.2) + side,
                     r=look.replace("<w:color", f"{bold}<w:color") + _size(theme.size[name]))  # fmt: skip


def _signed(theme: Theme) -> Iterator[str]:
    """What stands about those who sign: what they are, the line of a witness, the stamp of a draft."""
    small = _size(theme.size["small"])
    side = f'<w:jc w:val="{theme.align["party"]}"/>'
    for name, after in (("About", 1.0), ("Numbers", 1.6 * theme.space["paragraph"])):
        yield _style(f"Pemdocs {name}", p=_spacing(0, after, 1.25) + side, r=_size(theme.size["table"]))
    rule = f'<w:pBdr><w:top w:val="single" w:sz="5" w:space="2" w:color="{_hex(theme, "ink")}"/></w:pBdr>'
    yield _style("Pemdocs Countersigned", p=rule + _spacing(26, 0, 1.25) + _side(theme, "party"), r=small)
    edges = "".join(f'<w:{side} w:val="single" w:sz="10" w:space="4" w:color="{_hex(theme, "ink")}"/>'
                    for side in ("top", "left", "bottom", "right"))  # fmt: skip
    yield _style("Pemdocs Stamp", p=f"<w:pBdr>{edges}</w:pBdr>" + _ground(theme, "pending") + _spacing(0, 6, 1.25)
                 + '<w:jc w:val="center"/>', r="<w:b/><w:bCs/>")  # fmt: skip


def _pulled(theme: Theme) -> Iterator[str]:
    """A pulled quote behind its bar, and the light words on the coloured ground of a front."""
    body, line = theme.size["body"], theme.space["line"]
    bar = f'<w:pBdr><w:top w:val="single" w:sz="12" w:space="5" w:color="{_hex(theme, "accent")}"/></w:pBdr>'
    large = _fonts(theme, "display") + _colour(theme, "accent")
    yield _style("Quote", p="<w:keepLines/>" + bar + _spacing(10, 3, 1.2), r=large + _size(theme.size["quote"]))
    yield _style("Pemdocs Quote Beside", p="<w:keepLines/>" + _spacing(0, 4, line), r=large + _size(body + 2))
    yield _style("Pemdocs Aside Quote", p="<w:keepLines/>" + bar + _spacing(0, 3, 1.2), r=large + _size(body + 1.5))
    source = _colour(theme, "muted") + _size(theme.size["small"])
    yield _style("Pemdocs Quote Source", p="<w:keepLines/>" + _spacing(0, 10, line), r=source)
    light = _colour(theme, "paper")
    yield _style("Pemdocs Front Title", based="Title", r=light + _size(theme.size["title"] + 2),
                 then="PemdocsFrontSubtitle")  # fmt: skip
    yield _style("Pemdocs Front Subtitle", based="Subtitle", r=light, then="PemdocsFrontText")
    yield _style("Pemdocs Front Lead", based="PemdocsLead", r=light, then="PemdocsFrontText")
    yield _style("Pemdocs Front Text", based="BodyText", r=light)


def _contents(theme: Theme, size_of: str) -> Iterator[str]:
    """Lists of what stands where: words at the left, the page at the right margin, dots between them."""
    width = text_width(theme, landscape=False)
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    head = f"{_fonts(theme, 'display')}<w:b/><w:bCs/>{_colour(theme, 'accent')}{_size(theme.size['heading1'])}"
    yield _style("TOC Heading", then="BodyText", p=KEPT + _spacing(10, 6, 1.15), r=head)
    size = _size(theme.size[size_of])
    looks = {
        "toc 1": ("TOC1", 4.0, 320, 320, "<w:b/><w:bCs/>"),
        "toc 2": ("TOC2", 0.0, 720, 400, ""),
        "table of figures": ("TableofFigures", 0.0, 320, 320, ""),
    }
    for name, (identity, above, left, hanging, look) in looks.items():
        indent = f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
        yield _style(
            name, identity=identity, p=tab + _spacing(above, 1.2, 1.15) + indent, r=look + size, then="BodyText"
        )


def _headings(theme: Theme) -> Iterator[str]:
    """Titles in the display font; the first two levels are numbered, their numbers are tied to the style."""
    display, accent, space = _fonts(theme, "display"), _colour(theme, "accent"), theme.space
    side = f'<w:jc w:val="{theme.align["title"]}"/>'
    title = KEPT + _spacing(0, space["title_after"], 1.15) + side
    yield _style("Title", p=title, r=display + accent + _size(theme.size["title"]), then="Subtitle")
    subtitle = _colour(theme, "muted") + _size(theme.size["subtitle"])
    yield _style("Subtitle", p=KEPT + _spacing(0, 12, 1.2) + side, r=subtitle, then="BodyText")
    heading = f'<w:jc w:val="{theme.align["heading"]}"/>'
    for level in (1, 2):
        above, below = space[f"heading{level}_before"], space[f"heading{level}_after"]
        number = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{HEADINGS}"/></w:numPr>'
        look = f"{display}<w:b/><w:bCs/>{accent}{_size(theme.size[f'heading{level}'])}"
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        yield _style(f"heading {level}", identity=f"Heading{level}", then="BodyText", r=look,
                     p=KEPT + number + _spacing(above, below, 1.15) + heading + outline)  # fmt: skip
        plain = f"Pemdocs Heading {level} Plain"
        yield _style(plain, based=f"Heading{level}", then="BodyText", p=_numbered(UNNUMBERED))
    yield _style("heading 3", identity="Heading3", then="BodyText",
                 r=f"<w:b/><w:bCs/>{_colour(theme, 'ink')}{_size(theme.size['heading3'])}",
                 p=KEPT + _spacing(9, 3, 1.15) + '<w:outlineLvl w:val="2"/>')  # fmt: skip
    for level in (1, 2):
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        yield _style(f"Pemdocs Box Heading {level}", based="Heading3", then="BodyText", p=outline)


def _lists(theme: Theme) -> Iterator[str]:
    for name, number in (("List Bullet", BULLETS), ("List Number", NUMBERS)):
        yield _style(name, p=_numbered(number) + _spacing(0, 2, theme.space["line"]) + _indent(number))
    side = f'<w:jc w:val="{theme.align["motto"]}"/>'
    yield _style("Pemdocs Lines", p=_spacing(0, 2, theme.space["line"]) + side)
    yield _style("List Continue", p=_spacing(0, 2, theme.space["line"]) + _indent(BULLETS, hanging=False))


def _numbered(number: str) -> str:
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'


def _indent(number: str, *, hanging: bool = True) -> str:
    measure = twips(HANGING[number])
    first = f' w:hanging="{twips(REACH[number])}"' if hanging else ""
    return f'<w:ind w:left="{measure}"{first}/>'


def _special(theme: Theme) -> Iterator[str]:
    """The running lines, and the paragraphs that Word wants between and after tables."""
    running = _colour(theme, "muted") + _size(theme.size["small"])
    for name in ("header", "footer"):
        yield _style(name, identity=name.title(), p=_spacing(0, 1.5, 1.25), r=running)
    tiny = '<w:spacing w:before="0" w:after="{}" w:line="20" w:lineRule="exact"/>'
    yield _style("Pemdocs Spacer", p=tiny.format(0), r=_size(1))
    yield _style("Pemdocs Gap", p=tiny.format(twips(theme.space["apart"])), r=_size(1))


def _cells(theme: Theme) -> Iterator[str]:
    """Text in tables. The bottom margin of cells is smaller by the space that each paragraph keeps below itself."""
    size = _size(theme.size["table"])
    lines = _spacing(0, CELL_PARAGRAPH, 1.25)
    yield _style("Pemdocs Cell", p=lines, r=size)
    yield _style("Pemdocs Number", based="PemdocsCell", p='<w:jc w:val="right"/>')
    yield _style("Pemdocs Row Head", based="PemdocsCell", r=_colour(theme, "muted"))
    yield _style("Pemdocs Column Head", based="PemdocsCell", r="<w:b/><w:bCs/>")
    yield _style("Pemdocs Cell Bullet", based="PemdocsCell", p=_numbered(CELL_BULLETS) + _indent(CELL_BULLETS))
    yield _style("Pemdocs Cell Number", based="PemdocsCell", p=_numbered(CELL_NUMBERS) + _indent(CELL_NUMBERS))
    yield _style("Pemdocs Cell Continue", based="PemdocsCell", p=_indent(CELL_BULLETS, hanging=False))


def _characters(theme: Theme) -> Iterator[str]:
    muted, bold = _colour(theme, "muted"), "<w:b/><w:bCs/>"
    looks = {
        "Strong": bold,
        "Emphasis": "<w:i/><w:iCs/>",
        "Hyperlink": _colour(theme, "accent"),
        "Pemdocs Label": muted,
        "Pemdocs Value": bold,
        "Pemdocs Second Language": _colour(theme, "second"),
        "Pemdocs Language Mark": muted,
        "Pemdocs Pending Text": _ground(theme, "pending"),
        "Pemdocs Small Text": _size(theme.size["small"]),
        "Pemdocs Funded": f'{bold}<w:color w:val="{BLUE[1:]}"/>',
    }
    for name, look in looks.items():
        yield _style(name, based="DefaultParagraphFont", r=look, kind="character")
