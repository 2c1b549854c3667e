"""A layout reaches nothing but what it is given, and a drawing holds nothing but shapes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jinja2.exceptions import SecurityError, UndefinedError
from lxml import etree
from projects import journey, pair, project, write
from word_templates import template

import pemdocs
from pemdocs import PemdocsError
from pemdocs.building import MADE
from pemdocs.data.dataset import Dataset, Linked
from pemdocs.model import Record
from pemdocs.page import layout
from pemdocs.page.view import View
from pemdocs.pictures import vector
from pemdocs.project import kinds, theme
from pemdocs.words import sandbox
from pemdocs.writing.own import asking, merging
from pemdocs.writing.own.records import pen_of

REACHING = [
    'kind.folder.joinpath("/etc/passwd").read_text()',
    "case._linked",
    "case._view.programme.folder",
    "case.dataset",
    "case|attr('_linked')",
    "[case]|map(attribute='_linked')|join",
    "say.__self__.programme.folder",
    "say.__func__.__globals__",
    "joined.__globals__['re']",
    "joined.__closure__[0].cell_contents",
    "''.__class__.__mro__[1].__subclasses__()",
    "'{0.__class__}'.format(case)",
    "self.__init__.__globals__",
    "cycler.__init__.__globals__",
    "held.linked",
    "held",
    "[held]|first",
    "'x' * 10000000",
    "(9 ** 9) ** 9999",
]


class Held:
    """Something of the program that a value happens to hold."""

    def __init__(self, linked: Linked) -> None:
        self.linked = linked
        self.folder = Path("/etc")


def context(kind: str) -> tuple[Any, dict[str, Any]]:
    """The sandbox of layouts, and all that a layout of this kind is given."""
    loaded = kinds.load(kind)
    case: Any = pair(journey())
    view = View(loaded, case if loaded.table == "partnerships" else case.stays[0], ("fr",))
    given = layout._context(view, theme.of(loaded.templates, kind), {}, {})
    return sandbox.for_layouts(shown=layout.SHOWN), given | {"held": Held(case)}


@pytest.mark.parametrize("words", REACHING)
def test_a_layout_reaches_nothing_else(words: str) -> None:
    environment, given = context("accompaniment-plan")
    with pytest.raises((SecurityError, UndefinedError, PemdocsError, AttributeError)):
        environment.from_string("{{ " + words + " }}").render(given)


@pytest.mark.parametrize("words", [each for each in REACHING if "kind.folder" not in each])
def test_a_word_template_reaches_no_more(words: str) -> None:
    view = View(kinds.load("accompaniment-plan"), pair(journey()), ("fr",))
    given = asking.context(pen_of(view), theme.of(view.templates, view.kind.id), {}) | {"held": Held(view.linked)}
    with pytest.raises((SecurityError, UndefinedError, PemdocsError, AttributeError)):
        merging.environment().from_string("{{ " + words + " }}").render(given)


@pytest.mark.parametrize("kind", ["accompaniment-plan", "visa-application"])
def test_whatever_is_followed_leads_to_plain_values(kind: str) -> None:
    environment, given = context(kind)
    del given["held"]
    seen: set[int] = set()
    kept: list[Any] = []
    queue = [(value, 0) for value in given.values()]
    while queue:
        value, depth = queue.pop()
        assert not isinstance(value, Path | ModuleType | Linked | Dataset | Record | View), value
        kept.append(value)
        followed = isinstance(value, (*layout.SHOWN, tuple, list))
        if followed and id(value) not in seen and depth < 4 and len(seen) < 500:
            seen.add(id(value))
            queue += [(each, depth + 1) for each in parts(environment, value)]
    assert len(seen) > 100


def parts(environment: Any, value: Any) -> Iterator[Any]:
    if isinstance(value, tuple | list):
        yield from value
    names = [*dir(value), *getattr(getattr(value, "_linked", None), "table", value).fields] if isinstance(
        value, layout.Shown
    ) else dir(value)  # fmt: skip
    for name in names:
        try:
            yield environment.getattr(value, name)
        except (SecurityError, PemdocsError, AttributeError, KeyError):
            continue


def test_a_template_without_an_end_is_ended_and_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    pemdocs.build(
        folder, out=tmp_path / "known", kinds=["consent-sheet"], formats=["docx"]
    )  # what is read once is known
    own = folder / "templates/partnership-charter/page.html"
    own.parent.mkdir(parents=True)
    loop = "{% for a in range(99999) %}" * 3 + "{% endfor %}" * 3
    own.write_text(f"<html><head><title>x</title></head><body>{loop}</body></html>", "utf-8")
    word = folder / "templates/endless"
    word.mkdir()
    (word / "kind.toml").write_text('title = {fr = "Sans fin"}\ntable = "cohorts"\n', "utf-8")
    (word / "page.docx").write_bytes(template(loop))
    asked = ["partnership-charter", "consent-sheet", "endless"]
    built = pemdocs.build(folder, kinds=asked, formats=["docx"], timeout=5)
    assert [(each.path.split("/")[0], each.fault.code) for each in built.outcomes if each.fault] == [
        ("endless", "took-too-long"),
        ("partnership-charter", "took-too-long"),
    ]
    assert MADE in {each.state for each in built.outcomes}


# Drawings


def svg(inner: str, about: str = 'viewBox="0 0 40 20"') -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {about}>{inner}</svg>".encode()


BOMB = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12))


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        (svg(f'<g id="a0"><rect/></g>{BOMB}'), "picture-too-heavy"),
        (svg('<g id="a"><use href="#a"/></g>'), "picture-too-heavy"),
        (svg('<pattern id="p"><rect fill="url(#p)"/></pattern>'), "picture-too-heavy"),
        (svg("", 'width="1" height="1000000000"'), "picture-too-heavy"),
        (svg("", 'width="nan" height="1e400" viewBox="0 0 inf 1"'), "picture-too-heavy"),
        (svg("<style>@import url(http://example.org)</style>"), "picture-not-self-contained"),
        (svg("<style>a{fill:\\75rl(http://example.org)}</style>"), "picture-not-self-contained"),
        (svg('<rect style="fill:url(file:///x)"/>'), "picture-not-self-contained"),
        (svg('<image href="file:///etc/passwd"/>'), "picture-not-self-contained"),
        (svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), "picture-not-self-contained"),
        (svg('<image href="data:image/png;base64,iVBORw0KGgo="/>'), "picture-unreadable"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<text>&a;</text>"), "picture-unreadable"),
        (b"<html/>", "picture-unreadable"),
        (b"<svg", "picture-unreadable"),
    ],
)
def test_a_drawing_that_is_too_much_or_reaches_out_is_refused(drawing: bytes, code: str) -> None:
    with pytest.raises(PemdocsError) as caught:
        vector.safe(drawing, "logo:x.svg")
    assert caught.value.code == code


def test_what_is_left_of_a_drawing_is_shapes_of_a_size_and_it_stays_as_it_is() -> None:
    told = svg(
        "<script>x</script><rect onclick='x' width='4' height='4'/><foreignObject><p/></foreignObject><animate/>"
        "<a href='https://example.org'><circle r='3'/></a><metadata>x</metadata>"
    )
    safe = vector.safe(told, "logo:x.svg")
    root = etree.fromstring(safe)
    assert [etree.QName(each).localname for each in root.iter()] == ["svg", "rect", "g", "circle"]
    assert (root.get("width"), root.get("height")) == ("10.5833mm", "5.2917mm")
    assert b"onclick" not in safe
    assert vector.safe(safe, "logo:x.svg") == safe
