"""Everything the program may say is written in each language, with the same facts, and never quotes what is private."""

from __future__ import annotations

import ast
import json
import random
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import cells, checked, codes, fill, publication, write
from speaking import SOURCES, SPOKEN, calls, fault_codes, finding_codes, literals, private

from pemdocs.cli import main
from pemdocs.model import FieldName, Finding, PemdocsError, Severity
from pemdocs.words import speech


def flat(table: Mapping[str, Any], head: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        found |= flat(value, f"{head}{key} › ") if isinstance(value, Mapping) else {head + key: value}
    return found


def named(sentence: str) -> set[str]:
    """The facts a sentence names anywhere."""
    return set(re.findall(r"\{(\w+)\}", sentence))


def needed(sentence: str) -> set[str]:
    """The facts without which a sentence cannot be said: those outside of square brackets."""
    return named(re.sub(r"\[[^\[\]]*\]", "", sentence))


# The catalogues


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_catalogue_has_the_same_sentences(lang: str) -> None:
    ours, english = flat(speech.catalogue(lang)), flat(speech.catalogue("en"))
    assert sorted(english.keys() - ours.keys()) == []
    assert sorted(ours.keys() - english.keys()) == []


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_sentence_names_the_same_facts_in_every_language(lang: str) -> None:
    ours, english = flat(speech.catalogue(lang)), flat(speech.catalogue("en"))
    apart = {
        key
        for key in ours.keys() & english.keys()
        if named(ours[key]) != named(english[key]) or needed(ours[key]) != needed(english[key])
    }
    assert apart == set()


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_finding_says_what_is_wrong_and_what_to_do_in_whole_sentences(lang: str) -> None:
    for code, sentences in speech.catalogue(lang)["findings"].items():
        assert sentences.keys() == {"message", "remedy"}, code
        assert all(re.search(r"[.?!…»)}\]]$", words.strip()) for words in sentences.values()), code


@pytest.mark.parametrize("lang", SPOKEN)
def test_brackets_and_braces_are_closed(lang: str) -> None:
    for key, sentence in flat(speech.catalogue(lang)).items():
        bare = re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\{\w+\}", "", sentence))
        assert not set("[]{}|") & set(bare), key


# Every code of the program is there


def test_the_codes_of_the_program_are_found() -> None:
    assert {"not-found", "unknown-case", "unreadable-password", "audience"} <= fault_codes()
    assert {"not-a-date", "missing-translation", "no-version", "merged-cells", "not-unique"} <= finding_codes()


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_fault_has_a_sentence(lang: str) -> None:
    said = speech.catalogue(lang)
    faults = {code for code in fault_codes() if not code.startswith("template-")}
    assert sorted(faults - said["faults"].keys()) == []
    assert sorted(fault_codes() - faults - said["findings"].keys()) == []


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_finding_has_a_sentence(lang: str) -> None:
    assert sorted(finding_codes() - speech.catalogue(lang)["findings"].keys()) == []


@pytest.mark.parametrize("lang", SPOKEN)
def test_no_sentence_is_left_over(lang: str) -> None:
    everything = {each for tree in SOURCES.values() for each in literals(tree)}
    said = speech.catalogue(lang)["findings"].keys() | speech.catalogue(lang)["faults"].keys()
    assert sorted(said - everything) == []


@cache
def told(module: str, call: ast.Call) -> frozenset[str] | None:
    """The facts that a call names, or ``None`` where it hands some on."""
    if any(word.arg is None or word.arg == "facts" for word in call.keywords):
        return None
    return frozenset(word.arg for word in call.keywords if word.arg)


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_fault_has_all_the_facts_of_its_sentence(lang: str) -> None:
    faults = speech.catalogue(lang)["faults"]
    for module, call in calls("PemdocsError"):
        facts = told(module, call)
        for code in literals(call.args[0]) if call.args and facts is not None else ():
            assert needed(faults.get(code, "")) <= (facts or set()), f"{module}: {code}"


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_finding_has_all_the_facts_of_its_sentences(lang: str) -> None:
    always = {"field", "table", "sheet", "value", "severity", "source"}
    for module, call in calls("finding", "_finding", "unfit", "at"):
        facts = told(module, call)
        for code in (each for argument in call.args for each in literals(argument)) if facts is not None else ():
            for sentence in speech.catalogue(lang)["findings"].get(code, {}).values():
                assert needed(sentence) <= always | (facts or set()), f"{module}: {code}"


# What is said


def finding(code: str, **facts: object) -> Finding:
    return Finding(code, Severity.ERROR, "Companies", "F2", "companies", "created", facts=facts)


def test_dates_and_numbers_are_said_as_the_language_says_them() -> None:
    late = finding("created-in-the-future", date=date(2026, 3, 1), as_of=date(2026, 2, 28))
    assert "1\u00a0March 2026" in speech.message(late, "en")
    assert "12,000" in speech.message(finding("women-over-employees", women=12000, employees=7), "en")
    clash = finding("too-small", field=FieldName("companies", "turnover"), limit=Decimal("0.5"))
    assert "0.5" in speech.message(clash, "en")


def test_a_time_is_said_as_the_language_says_it() -> None:
    assert "10:30" in speech.message(finding("end-before-start", start=time(10, 30), end=time(9)), "en")


def test_a_field_is_named_by_its_label() -> None:
    assert "“Annual turnover”" in speech.message(
        finding("missing-required", field=FieldName("companies", "turnover")), "en"
    )


def test_the_nearest_right_spelling_is_offered_where_there_is_one() -> None:
    facts = {"value": "BE-03", "target": "companies", "field": FieldName("partnerships", "host_company")}
    assert "Did you mean “BE-003”?" in speech.message(finding("unknown-reference", nearest="BE-003", **facts), "en")
    assert "Did you mean" not in speech.message(finding("unknown-reference", nearest="", **facts), "en")


def test_braces_in_what_is_quoted_stay_as_they_are() -> None:
    facts = {"target": "companies", "nearest": "", "field": FieldName("partnerships", "host_company")}
    assert "{x}[y|z]{{" in speech.message(finding("unknown-reference", value="{x}[y|z]{{", **facts), "en")
    assert "{0}" in speech.fault(PemdocsError("not-found", file="{0}"), "en")


# Nothing private is said


SHAPES = (
    lambda mark: f"Qxzj{mark}",
    lambda mark: f"9{mark:03}7531",
    lambda mark: int(f"9{mark:03}7531"),
    lambda mark: float(f"9{mark:03}.7531"),
    lambda mark: f"31/02/9{mark:03}7531",
    lambda mark: f"+221 9{mark:03}7531",
    lambda mark: [f"Qxzj{mark}", f"Qxzj{mark}"],
    lambda mark: {"fr": f"Qxzj{mark}", "xx": f"Qxzj{mark}"},
    lambda mark: f"Qxzj{mark} {{field}} [x|y]\n=1+1",
    lambda mark: "Q\u0430xzj" + str(mark),
    lambda mark: f"Qxzj{mark}" * 400,
)  # fmt: skip
LEAK = re.compile(r"xzj\d|9\d{3}\W?7\W?5\W?3\W?1")


@settings(max_examples=25)
@given(st.integers(0, 1 << 32))
def test_no_message_quotes_a_restricted_or_personal_value(seed: int) -> None:
    dice, spoiled = random.Random(seed), publication()
    for number, (row, field) in enumerate(list(cells(spoiled))):
        if private(field) and dice.random() < 0.5:
            row[field.name] = dice.choice(SHAPES)(number)
    for each in checked(spoiled, languages=["fr", "nl"]).findings:
        assert not LEAK.search(f"{each.sheet} {each.cell} {each.record}")
        for lang in SPOKEN:
            for sentence in (speech.message(each, lang), speech.remedy(each, lang)):
                assert not LEAK.search(sentence), each.code


@pytest.mark.parametrize("form", ["text", "json"])
def test_neither_the_report_nor_a_file_name_holds_a_private_value(tmp_path: Path, form: str) -> None:
    data = publication()
    put = fill(data, private, lambda field, number: f"Qxzj{number}")
    folder = write(tmp_path / "cohort", data)
    found = CliRunner().invoke(main, ["check", str(folder), "--format", form, "--speech", "en"])
    built = CliRunner().invoke(main, ["build", str(folder), "--format", "docx", "--speech", "en"])
    assert len(put) > 20
    assert (found.exit_code, built.exit_code) == (1, 1)
    assert "birth" in found.output
    assert not LEAK.search(found.output + built.output)
    assert not [path for path in tmp_path.rglob("*") if LEAK.search(path.name)]
    if form == "json":
        assert "not-a-date" in {each["code"] for each in json.loads(found.output)["findings"]}


def test_wrong_private_values_are_found_all_the_same() -> None:
    data = publication()
    fill(data, lambda field: private(field) and not field.translated, lambda field, number: f"Qxzj{number}")
    assert {"not-a-date", "identifier-form", "unknown-code"} <= codes(checked(data))
