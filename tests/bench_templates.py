"""Measure Word templates against named peers: the same template, the same fifty cases, one process each.

``PYTHONPATH=tests/builders python tests/bench_templates.py`` runs this part of ``make bench`` alone.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree
from mailmerge import MailMerge
from PIL import Image

from pemdocs import resources
from pemdocs.checking.examination import examine
from pemdocs.page.view import View
from pemdocs.project import kinds, theme
from pemdocs.project.settings import open_project
from pemdocs.writing.own import compiling, merging, sealing

CASES = 50
STEPS, PEOPLE = 30, 15
TEXTS = 24
PEERS = ("easy-template-x", "docxtemplater", "pizzip")
NODE = """
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(process.argv[2] + "/");
const { TemplateHandler } = require("easy-template-x");
const Docxtemplater = require("docxtemplater"), PizZip = require("pizzip");
const template = readFileSync(process.argv[3]), cases = JSON.parse(readFileSync(process.argv[4], "utf-8"));
const one = {
  "easy-template-x": async (each) => await new TemplateHandler().process(template, each),
  "docxtemplater": async (each) => {
    const doc = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
    doc.render(each);
    return doc.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  },
};
for (const [name, make] of Object.entries(one)) {
  for (const each of cases.slice(0, 5)) await make(each);
  const start = process.cpuUsage();
  for (const each of cases) await make(each);
  const took = process.cpuUsage(start);
  console.log(JSON.stringify([name, (took.user + took.system) / 1e6]));
}
"""

CERTIFICATE = (
    "{{ case.full_name }}, {{ accord(case, 'né', 'née', 'né·e') }}, {{ case.function }}, "
    "{{ case.company.name }}, {{ case.company.created | date_courte }}: {{ case.role }}"
)

Tag = Callable[[str], str]


def plan(value: Tag, begin: Tag, end: Tag, *, rows_apart: bool) -> bytes:
    """A bilingual plan of four to five pages: a logo, running lines, prose, a table of 30 rows and one of 15."""
    document = Document()
    picture = io.BytesIO()
    Image.effect_noise((300, 100), 60).save(picture, "PNG")
    section = document.sections[0]
    section.header.paragraphs[0].add_run().add_picture(picture, width=Mm(40))
    section.footer.paragraphs[0].add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    section.footer.paragraphs[0]._p.append(field)
    document.add_heading(f"Plan {value('id')}: {value('name')}", 0)
    for number in range(TEXTS):
        language = (
            "Le présent plan décrit, étape par étape, " if number % 2 else "Dit plan beschrijft, stap voor stap, "
        )
        document.add_paragraph(f"{language * 6}{value(f'text{number}')} ({value('name')}, {value('id')})")
    for name, fields in (
        ("steps", ("id", "title", "start", "place", "who")),
        ("people", ("id", "name", "role", "mail")),
    ):
        table = document.add_table(1, len(fields), style="Table Grid")
        for cell, words in zip(table.rows[0].cells, fields, strict=True):
            cell.text = words.capitalize()
        if rows_apart:
            table.add_row().cells[0].text = begin(name)
        row = table.add_row().cells
        for cell, field_ in zip(row, fields, strict=True):
            cell.text = value(f"{name}.{field_}")
        if rows_apart:
            table.add_row().cells[0].text = end(name)
        else:
            row[0].text = begin(name) + row[0].text
            row[-1].text += end(name)
        document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cases() -> list[dict[str, Any]]:
    """The data of as many different plans."""
    return [_case(number) for number in range(CASES)]


def _case(number: int) -> dict[str, Any]:
    texts = {
        f"text{each}": f"Texte {each} du cas {number} & ses suites, " + "mots " * (number % 7) for each in range(TEXTS)
    }
    steps = [{"id": f"A-{number}-{each}", "title": f"Étape {each} <{number}>", "start": "12 mars 2026",
              "place": "Gent", "who": f"P. {each}"} for each in range(STEPS)]  # fmt: skip
    people = [{"id": f"X-{each}", "name": f"Nom {number} {each}", "role": "coach", "mail": "a@example.org"}
              for each in range(PEOPLE)]  # fmt: skip
    return {"id": f"P-{number:02d}", "name": f"Entreprise n° {number}", **texts, "steps": steps, "people": people}


def by_docxtpl(template: bytes, data: list[dict[str, Any]]) -> None:
    """As its manual shows."""
    for each in data:
        document = DocxTemplate(io.BytesIO(template))
        document.render(each, autoescape=True)
        document.save(io.BytesIO())


def by_mailmerge(template: bytes, data: list[dict[str, Any]]) -> None:
    """As its manual shows: fields, and the rows of both tables."""
    for each in data:
        with MailMerge(io.BytesIO(template)) as document:
            document.merge(**{name: words for name, words in each.items() if isinstance(words, str)})
            for name in ("steps", "people"):
                rows = [{f"{name}.{key}": words for key, words in row.items()} for row in each[name]]
                document.merge_rows(f"{name}.id", rows)
            document.write(io.BytesIO())


def by_us(template: compiling.Compiled, data: list[dict[str, Any]]) -> None:
    """The merge alone, as docxtpl does it: values as they are."""
    for each in data:
        parts = template.parts(each)
        sealing.sealed([*template.still.values(), *(sealing.stored(name, part) for name, part in parts.items())])


def fields_of(content: bytes) -> bytes:
    """The same template with merge fields in the place of ``«name»``."""
    numbers = count()

    def field(run: etree._Element) -> None:
        text = run.find(qn("w:t"))
        pieces = [] if text is None or "«" not in (text.text or "") else (text.text or "").replace("»", "«").split("«")
        for number, words in enumerate(pieces):
            made = etree.SubElement(etree.Element("x"), qn("w:r"))
            etree.SubElement(made, qn("w:t")).text = words
            made[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if number % 2:
                simple = etree.Element(qn("w:fldSimple"))
                simple.set(qn("w:instr"), f" MERGEFIELD {words} ")
                simple.append(made)
                made = simple
            run.addprevious(made)
            next(numbers)
        if pieces:
            run.getparent().remove(run)

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                for run in list(root.iter(qn("w:r"))):
                    field(run)
                part = etree.tostring(root)
            new.writestr(name, part)
    return out.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """The least CPU seconds of three runs, after one that warms up."""
    work()
    found = []
    for _ in range(3):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def by_node(data: list[dict[str, Any]]) -> dict[str, float]:
    """The CPU seconds of the peers in Node, empty where Node or its packages cannot be had."""
    if not shutil.which("npm"):
        return {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "bench.mjs").write_text(NODE, "utf-8")
        (folder / "cases.json").write_text(json.dumps(data), "utf-8")
        loops = plan(lambda name: f"{{{name.rpartition('.')[2]}}}", lambda name: f"{{#{name}}}",
                     lambda name: f"{{/{name}}}", rows_apart=False)  # fmt: skip
        (folder / "template.docx").write_bytes(loops)
        fetched = subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", place, *PEERS],
                                 capture_output=True, check=False)  # fmt: skip
        if fetched.returncode:
            return {}
        told = subprocess.run(["node", "bench.mjs", place, "template.docx", "cases.json"], cwd=place,
                              capture_output=True, text=True, check=False)  # fmt: skip
        return dict(map(json.loads, told.stdout.splitlines()))


def whole() -> tuple[float, int]:
    """The seconds of whole documents from the example's data: guarded, typeset, marked, checked; and how many."""
    dataset = examine(open_project(resources.folder("examples") / "pem-wecco")).dataset
    people = dataset.table("people")
    house = theme.load(resources.folder("templates") / "house" / "theme.toml")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "certificate.docx"
        document = Document()
        for _ in range(20):
            document.add_paragraph(CERTIFICATE)
        document.save(str(path))
        kind = replace(kinds.single(path, "people"), audience="internal")
        return seconds(lambda: [merging.merge(View(kind, each, ("fr",)), path, house) for each in people]), len(people)


def _tag(name: str) -> str:
    return f"{{{{ {name.replace('steps.', 'row.').replace('people.', 'row.')} }}}}"


def main() -> None:
    """One line for each peer: how many times as many documents a second."""
    data = cases()
    tags = plan(_tag, lambda name: f"{{%tr for row in {name} %}}", lambda _name: "{%tr endfor %}", rows_apart=True)
    ours = compiling.compiled(tags, Environment(autoescape=True))
    fast = seconds(lambda: by_us(ours, data))
    fields = fields_of(plan(lambda name: f"«{name}»", lambda _name: "", lambda _name: "", rows_apart=False))
    peers = {
        "docxtpl, a new template each": seconds(lambda: by_docxtpl(tags, data[:10])) * CASES / 10,
        "docx-mailmerge2": seconds(lambda: by_mailmerge(fields, data)),
        **by_node(data),
    }
    print(f"{'a Word template, fifty plans':<34} {CASES / fast:6.0f} documents a second")  # noqa: T201
    for name, theirs in peers.items():
        print(f"{'':<34} {theirs / fast:6.1f} × {name:<28} ({CASES / theirs:6.1f} a second)")  # noqa: T201
    if len(peers) < 4:
        print(f"{'':<34} easy-template-x, docxtemplater: not measured, for npm is not there or offline")  # noqa: T201
    took, made = whole()
    print(f"{'whole certificates from the data':<34} {made / took:6.0f} documents a second")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
