"""The Word templates that are shipped have no fault and say what they must; twins say what their kinds say."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from docxtpl import DocxTemplate
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

import pemdocs
from pemdocs.building import authoring, linting
from pemdocs.checking.examination import Report, examine
from pemdocs.page.view import View
from pemdocs.project import kinds, theme
from pemdocs.project.settings import open_project
from pemdocs.resources import SHIPPED, templates
from pemdocs.writing import make, word
from pemdocs.writing.own import asking, cleaning, lint, merging, opening, records, sealing, sources

EXAMPLE = Path(__file__).parents[3] / "examples/pem-wecco"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWINS = (
    ("accompaniment-plan", "P-02", ("fr+nl", "en")),
    ("accompaniment-plan", "P-08", ("nl",)),
    ("partnership-charter", "P-02", ("fr", "fr+nl")),
    ("visa-invitation", "S-08", ("fr", "fr+nl")),
    ("visa-support", "S-08", ("fr", "fr+nl")),
    ("visa-mission", "S-08", ("fr", "fr+nl")),
)
EXPECTED = {
    ("attendance-certificate", "SN-008-A", "fr"): ("Attestation de participation", "présent avec assiduité"),
    ("attendance-certificate", "SN-008-A", "nl"): ("Deelnameattest", "Ousmane Tine", "PEM WECCO georganiseerd"),
    ("travel-allowance", "S-08", "fr"): ("Indemnité de déplacement", "Ousmane Tine", "S-08", "19"),
    ("travel-allowance", "S-08", "en"): ("Travel allowance", "Ban Baax Construction SARL", "Receipt"),
}  # fmt: skip


@lru_cache
def example() -> Report:
    return examine(open_project(EXAMPLE))


def view(kind: kinds.Kind, case: str, languages: str) -> View:
    found = example().dataset.find(kind.table, case)
    assert found is not None
    return View(kind, found, tuple(languages.split("+")))


def said(content: bytes) -> str:
    """All that a Word file says, a paragraph a line; the parts in a fixed order."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in sorted(archive.namelist()):
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
                for paragraph in etree.fromstring(archive.read(name)).iter(W + "p"):
                    texts = paragraph.iter(W + "t", W + "br", W + "tab")
                    lines.append("".join(text.text or "" if text.tag == W + "t" else " " for text in texts))
    return "\n".join(lines).replace("\u00ad", "").replace("\u202f", " ").replace("\u00a0", " ")


def words(content: bytes) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", said(content)))


def pages_said(content: bytes) -> list[int]:
    """The pages that the contents of a Word file say."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    lines = [each for each in root.iter(W + "p") if "PAGEREF" in "".join(each.itertext(W + "instrText"))]
    return [int([*each.itertext(W + "t")][-1]) for each in lines]


def choices(content: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """The words that Word lets people change, each with the list of all that there are."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found = [each for each in root.iter(W + "sdt") if each.find(f"{W}sdtPr/{W}dropDownList") is not None]
    shown = ["".join(each.find(W + "sdtContent").itertext(W + "t")).replace("\u00a0", " ") for each in found]
    lists = [tuple(one.get(W + "displayText") for one in each.iter(W + "listItem")) for each in found]
    return list(zip(shown, lists, strict=True))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with every shipped Word template."""
    folder = tmp_path_factory.mktemp("project") / "project"
    pemdocs.new(folder, programme="pem-wecco", languages=("fr", "nl"))
    for name in sources.available(SHIPPED):
        authoring.word_template(name, folder)
    return folder


def test_no_shipped_template_has_a_fault(project: Path) -> None:
    told = {each.file: [(flaw.code, flaw.found) for flaw in each.flaws] for each in linting.word_templates(project)}
    assert told
    assert not any(told.values())
    own = tuple(f"templates/{name}/" for name in sources.available(SHIPPED) if name not in kinds.available())
    assert not [each for each in pemdocs.lint(project).findings if each.file.startswith(own)]


@pytest.mark.parametrize(("name", "case", "versions"), TWINS)
def test_an_untouched_twin_says_the_words_of_the_kind_that_it_stands_for(
    name: str, case: str, versions: tuple[str, ...], project: Path
) -> None:
    """What differs is named by its words: bring it into ``templates/word/<name>/page.html``, which asks for the same
    fields and the same keys of the kind's wording as the kind's own ``page.html``; columns and order are free."""
    own = kinds.load(name, templates(project / "templates"))
    assert own.by_word
    for languages in versions:
        shown = view(kinds.load(name), case, languages)
        page = make.laid_out(shown)
        usual = word.write(page, theme.of(SHIPPED, name))
        merged = merging.merge(view(own, case, languages), own.word(shown.languages), theme.of(SHIPPED, name))
        twin, kind = words(merged.content), words(usual)
        assert (twin - kind, kind - twin) == (Counter(), Counter()), languages
    path = project / "twin.docx"
    [made] = make.make_all([make.job(own, case, merged, "docx")])
    assert isinstance(made, make.Made)
    pages = pages_said(made.content)
    assert len(pages) == (12 if name == "accompaniment-plan" else 0)
    assert pages == sorted(pages)
    if name == "accompaniment-plan":
        assert choices(made.content) == choices(usual)
    path.write_bytes(made.content)
    assert [str(each) for each in OpenXmlValidator(FileFormat.OFFICE_2019).validate(path).errors] == []


def test_a_twin_in_two_languages_is_set_for_them_and_its_passages_share_a_table(project: Path, tmp_path: Path) -> None:
    pemdocs.new(tmp_path, programme="pem-wecco", languages=("fr+nl",), kinds=("partnership-charter",))
    authoring.word_template("partnership-charter", tmp_path)
    sizes = [_size_of_title(each / "templates/partnership-charter/page.docx") for each in (project, tmp_path)]
    assert sizes[1] < sizes[0]
    own = kinds.load("partnership-charter", templates(tmp_path / "templates"))
    made = merging.merge(view(own, "P-01", "fr+nl"), own.word(("fr", "nl")), theme.of(SHIPPED, own.id)).content
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    passages = [each for each in body if each.find(f"{W}tblPr/{W}tblStyle[@{W}val='PemdocsParallel']") is not None]
    assert [len(each.findall(W + "tr")) for each in passages] == [2, 3]


def _size_of_title(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
    return int(styles.find(f".//{W}style[@{W}styleId='Title']/{W}rPr/{W}sz").get(W + "val"))


@pytest.mark.parametrize(("name", "case", "languages"), EXPECTED)
def test_a_template_to_start_from_says_what_it_must(name: str, case: str, languages: str, project: Path) -> None:
    kind = kinds.load(name, templates(project / "templates"))
    shown = view(kind, case, languages)
    merged = merging.merge(shown, kind.word(shown.languages), theme.of(SHIPPED))
    for expected in EXPECTED[name, case, languages]:
        assert expected in said(merged.content)


def test_the_plan_is_compiled_into_the_parts_that_docxtpl_makes_of_it(project: Path) -> None:
    name = "accompaniment-plan"
    own = kinds.load(name, templates(project / "templates"))
    path = own.word(("fr", "nl"))
    assert path is not None
    ready = cleaning.cleaned(opening.parts(path.read_bytes(), ""), "", "fr")
    document = DocxTemplate(io.BytesIO(sealing.sealed(sealing.stored(*each) for each in ready.items())))
    known = [asking.context(records.pen_of(view(own, "P-02", "fr+nl")), theme.of(SHIPPED, name), {}) for _ in range(2)]
    made = merging.template(path, "fr").template.parts(known[0])
    document.render(known[1], merging.environment())
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        expected = {part: etree.canonicalize(archive.read(part).decode()) for part in made}
    assert {part: etree.canonicalize(content.decode()) for part, content in made.items()} == expected


def test_a_twin_is_not_for_the_readers_of_a_kind_that_is_like_it(project: Path) -> None:
    found = templates(project / "templates")
    assert kinds.load("accompaniment-plan", found).by_word
    like = kinds.load("counterpart-plan", found)
    assert like.like == "accompaniment-plan"
    assert not like.by_word
    assert like.word(("fr",)) is None


def test_a_template_that_is_there_is_not_replaced(project: Path) -> None:
    with pytest.raises(pemdocs.PemdocsError) as caught:
        authoring.word_template("partnership-charter", project)
    assert caught.value.code == "own-template-there"
    assert lint.examine(project / "templates/partnership-charter/page.docx").clean
