"""Turn a theme into Word's settings, font table and palette. Only this module knows the parts that hold them."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from pemdocs.project.theme import Theme
from pemdocs.writing.word.frame import tag_of
from pemdocs.writing.word.markup import ROOT

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "http://schemas.microsoft.com/office/word"
APPLICATION = (
    f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>pemdocs</Application></Properties>"
)
DECIMAL_POINT = frozenset({"en"})
WORD_2013_AND_LATER = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
}
PALETTE = {
    "dk2": "ink",
    "lt2": "wash",
    "accent1": "accent",
    "accent2": "before",
    "accent3": "during",
    "accent4": "after",
    "accent5": "muted",
    "accent6": "rule",
    "hlink": "accent",
    "folHlink": "accent",
}
SCHEME = {
    "bg1": "light1",
    "t1": "dark1",
    "bg2": "light2",
    "t2": "dark2",
    **{f"accent{number}": f"accent{number}" for number in range(1, 7)},
    "hyperlink": "hyperlink",
    "followedHyperlink": "followedHyperlink",
}


def fill(document: Any, theme: Theme, language: str) -> None:
    """Write the settings, the fonts' substitutes, and the palette that Word offers to who goes on writing."""
    settings = document.settings.element
    for child in list(etree.fromstring(_settings(theme, language))):
        settings.append(child)
    parts = {relation.reltype: relation.target_part for relation in document.part.rels.values()}
    parts[RELATIONSHIP_TYPE.FONT_TABLE]._blob = _font_table(theme).encode()
    palette = parts[RELATIONSHIP_TYPE.THEME]
    palette._blob = _palette(palette.blob, theme)
    for relation in document.part.package.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            relation.target_part._blob = APPLICATION.encode()


def _settings(theme: Theme, language: str) -> str:
    mirrored = "<w:mirrorMargins/>" if theme.page["inside"] != theme.page["outside"] else ""
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{WORD}" w:val="{value}"/>'
        for name, value in WORD_2013_AND_LATER.items()
    )
    mapping = " ".join(f'w:{name}="{value}"' for name, value in SCHEME.items())
    decimal = "." if language.split("-")[0] in DECIMAL_POINT else ","
    return (
        f'<w:settings {ROOT}><w:zoom w:percent="100"/>{mirrored}<w:defaultTabStop w:val="709"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compat}</w:compat>'
        f"<w:themeFontLang w:val={quoteattr(tag_of(language))}/><w:clrSchemeMapping {mapping}/>"
        f'<w:decimalSymbol w:val="{decimal}"/><w:listSeparator w:val=";"/></w:settings>'
    )


def _font_table(theme: Theme) -> str:
    """Where Office's fonts are missing, their free twins take the same room."""
    twins = sorted({font.word: font.pdf for font in theme.font.values()}.items())
    fonts = "".join(
        f"<w:font w:name={quoteattr(word)}><w:altName w:val={quoteattr(twin)}/></w:font>" for word, twin in twins
    )
    return f"{XML}<w:fonts {ROOT}>{fonts}</w:fonts>"


def _palette(blob: bytes, theme: Theme) -> bytes:
    root = etree.fromstring(blob)
    for scheme, role in (("majorFont", "display"), ("minorFont", "body")):
        for fonts in root.iter(A + scheme):
            fonts[0].set("typeface", theme.font[role].word)
    for slot, name in PALETTE.items():
        for entry in root.iter(A + slot):
            entry[:] = []
            etree.SubElement(entry, A + "srgbClr", val=theme.colour[name][1:].upper())
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
