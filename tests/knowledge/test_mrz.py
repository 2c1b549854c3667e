"""The machine-readable zone of a passport is read, its check digits are held, and names agree in every spelling."""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pemdocs.knowledge.mrz import Mrz, agrees, check_digit, parse, resolve_birth, resolve_expiry

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
TODAY = date(2026, 3, 1)

ERIKSSON = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
NDIAYE = "P<SENNDIAYE<<AMINATA<MARIE<<<<<<<<<<<<<<<<<<", "A012345678SEN8507309F3101148<<<<<<<<<<<<<<<2"

texts = st.text(st.sampled_from(SIGNS), max_size=44)
lines = st.text(st.sampled_from(SIGNS), min_size=44, max_size=44)
CHECKED = [*range(10), *range(13, 20), *range(21, 44)]
"""Places of the second line, from 0, that some check digit covers or that are one."""


def lower(number: str, birth: str, expiry: str, optional: str) -> str:
    """A second line with all its check digits."""
    parts = [each + check_digit(each) for each in (number.ljust(9, "<"), birth, expiry, optional.ljust(14, "<"))]
    return f"{parts[0]}SEN{parts[1]}F{parts[2]}{parts[3]}{check_digit(''.join(parts))}"


digits = st.sampled_from("0123456789")
days = st.dates(date(1930, 1, 1), date(2029, 12, 31)).map(lambda day: day.strftime("%y%m%d"))
lowers = st.builds(lower, st.from_regex("[A-Z][0-9]{6,8}", fullmatch=True), days, days, st.text(digits, max_size=14))


def test_the_specimen_of_the_standard_is_read_without_fault() -> None:
    assert parse(ERIKSSON) == Mrz(
        document_code="P",
        issuer="UTO",
        name="ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        number="L898902C3",
        nationality="UTO",
        birth="740812",
        sex="F",
        expiry="120415",
        optional="ZE184226B",
        faults=(),
    )


def test_a_passport_without_optional_data_may_leave_out_its_check_digit() -> None:
    left_out, written = parse(NDIAYE), parse((NDIAYE[0], NDIAYE[1][:42] + "02"))
    assert left_out == written
    assert (left_out.surname, left_out.given_names, left_out.optional) == ("NDIAYE", "AMINATA MARIE", "")
    assert left_out.faults == ()


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("L898902C3", "6"),
        ("740812", "2"),
        ("120415", "9"),
        ("ZE184226B<<<<<", "1"),
        ("L898902C3674081221204159ZE184226B<<<<<1", "0"),
        ("A01234567", "8"),
        ("", "0"),
        ("<<<<<<", "0"),
        ("520727", "3"),
        ("AB2134<<<", "5"),
    ],
)
def test_check_digits_are_those_of_the_standard(text: str, digit: str) -> None:
    assert check_digit(text) == digit


@pytest.mark.parametrize("text", ["a", "É", "٣", " ", "A\n", "²"])
def test_a_check_digit_is_of_the_alphabet_only(text: str) -> None:
    with pytest.raises(ValueError, match="only A–Z, 0–9 and <"):
        check_digit(text)


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ERIKSSON[:1],
        (*ERIKSSON, ""),
        (ERIKSSON[0][:-1], ERIKSSON[1]),
        (ERIKSSON[0].lower(), ERIKSSON[1]),
        (ERIKSSON[0], ERIKSSON[1] + "\n"),
        (ERIKSSON[0], ERIKSSON[1][:-1] + "٠"),
    ],
)
def test_anything_but_two_lines_of_44_characters_is_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"^a passport has two lines of 44 characters"):
        parse(wrong)


@pytest.mark.parametrize(
    ("line", "place", "sign", "faults"),
    [
        (0, 0, "V", ("document-form",)),
        (0, 1, "1", ("document-form",)),
        (0, 2, "1", ("issuer-form",)),
        (0, 3, "<", ("issuer-form",)),
        (0, 5, "<", ("name-form",)),
        (0, 6, "0", ("name-form",)),
        (1, 0, "<", ("number-form", "number-check-digit", "composite-check-digit")),
        (1, 1, "7", ("number-check-digit", "composite-check-digit")),
        (1, 9, "<", ("number-check-digit", "composite-check-digit")),
        (1, 10, "0", ("nationality-form",)),
        (1, 15, "3", ("birth-form", "birth-check-digit", "composite-check-digit")),
        (1, 20, "X", ("sex-form",)),
        (1, 21, "<", ("expiry-form", "expiry-check-digit", "composite-check-digit")),
        (1, 30, "2", ("optional-check-digit", "composite-check-digit")),
        (1, 42, "<", ("optional-check-digit", "composite-check-digit")),
        (1, 43, "1", ("composite-check-digit",)),
    ],
)
def test_each_fault_is_named(line: int, place: int, sign: str, faults: tuple[str, ...]) -> None:
    wrong = [*ERIKSSON]
    wrong[line] = wrong[line][:place] + sign + wrong[line][place + 1 :]
    assert parse((wrong[0], wrong[1])).faults == faults


@pytest.mark.parametrize("birth", ["<<<<<<", "74<<<<", "7408<<", "<<0229", "<<<<31", "000229"])
def test_parts_of_a_birth_date_may_be_unknown(birth: str) -> None:
    assert parse((NDIAYE[0], lower("A1", birth, "310114", ""))).faults == ()


@pytest.mark.parametrize("birth", ["7<0812", "741301", "740800", "<<0230", "010229", "7408<1", "ABCDEF"])
def test_a_birth_date_that_no_calendar_has_is_named(birth: str) -> None:
    assert parse((NDIAYE[0], lower("A1", birth, "310114", ""))).faults == ("birth-form",)


@given(lines, lines)
def test_any_two_lines_are_read(first: str, second: str) -> None:
    found = parse((first, second))
    assert all(fault.endswith(("-form", "-check-digit")) for fault in found.faults)
    assert len(set(found.faults)) == len(found.faults)
    assert resolve_birth(found.birth, TODAY) is None or "birth-form" not in found.faults


@given(lowers)
def test_a_sound_line_has_no_fault(line: str) -> None:
    assert parse((NDIAYE[0], line)).faults == ()


@given(lowers, st.data())
def test_one_wrong_digit_is_always_found(line: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([each for each in CHECKED if line[each].isdigit()]))
    digit = data.draw(digits.filter(lambda each: each != line[place]))
    faults = parse((NDIAYE[0], line[:place] + digit + line[place + 1 :])).faults
    assert "composite-check-digit" in faults
    assert place == 43 or len([fault for fault in faults if fault.endswith("-check-digit")]) == 2


def value(sign: str) -> int:
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".find(sign) if sign != "<" else 0


@given(texts.filter(bool), st.data(), st.sampled_from(SIGNS))
def test_a_wrong_sign_is_found_unless_its_value_differs_by_tens(text: str, data: st.DataObject, sign: str) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + sign + text[place + 1 :]
    found = check_digit(changed) != check_digit(text)
    assert found == bool((value(sign) - value(text[place])) % 10)


@given(texts.filter(lambda text: len(text) > 1), st.data())
@example("05", None)
def test_neighbours_that_change_places_are_found_unless_their_values_differ_by_fives(
    text: str, data: st.DataObject | None
) -> None:
    place = data.draw(st.integers(0, len(text) - 2)) if data else 0
    one, two = text[place : place + 2]
    found = check_digit(text[:place] + two + one + text[place + 2 :]) != check_digit(text)
    assert found == bool((value(one) - value(two)) % 5)


@given(texts)
def test_a_text_is_checked_like_the_sum_worked_out_by_hand(text: str) -> None:
    thirds = [sum(map(value, text[start::3])) for start in range(3)]
    assert check_digit(text) == str((7 * thirds[0] + 3 * thirds[1] + thirds[2]) % 10)


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)), st.integers(0, 36_500))
def test_a_birth_of_the_last_hundred_years_is_found_again(today: date, age: int) -> None:
    assume(today.toordinal() > age)
    born = date.fromordinal(today.toordinal() - age)
    assume((today.year - born.year, today.month, today.day) < (100, born.month, born.day))
    assert resolve_birth(born.strftime("%y%m%d"), today) == born


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(0, 3651))
def test_an_expiry_within_ten_years_of_issue_is_found_again(issued: date, valid: int) -> None:
    expiry = date.fromordinal(issued.toordinal() + valid)
    assert resolve_expiry(expiry.strftime("%y%m%d"), issued) == expiry


@pytest.mark.parametrize(
    ("yymmdd", "expected"),
    [
        ("260301", date(2026, 3, 1)),
        ("260302", date(1926, 3, 2)),
        ("850730", date(1985, 7, 30)),
        ("000229", date(2000, 2, 29)),
        ("010229", None),
        ("85<<30", None),
        ("٨٥٠٧٣٠", None),
        ("", None),
    ],
)
def test_a_birth_is_in_the_past(yymmdd: str, expected: date | None) -> None:
    assert resolve_birth(yymmdd, TODAY) == expected


@pytest.mark.parametrize(
    ("yymmdd", "issued", "expected"),
    [
        ("310114", date(2021, 1, 15), date(2031, 1, 14)),
        ("310115", date(2021, 1, 15), date(2031, 1, 15)),
        ("310116", date(2021, 1, 15), None),
        ("210114", date(2021, 1, 15), None),
        ("050601", date(1998, 6, 2), date(2005, 6, 1)),
        ("060228", date(1996, 2, 29), date(2006, 2, 28)),
        ("991301", date(1996, 2, 29), None),
        ("000101", date(9999, 1, 1), None),
    ],
)
def test_an_expiry_is_within_ten_years_of_issue(yymmdd: str, issued: date, expected: date | None) -> None:
    assert resolve_expiry(yymmdd, issued) == expected


# Names.

AGREEING = [
    ("Ndiaye", "NDIAYE"),
    ("NDIAYE Aminata Marie", "NDIAYE<<AMINATA<MARIE<<<<<<<<<<<<<<<<<<"),
    ("N’Diaye", "NDIAYE"),
    ("N´Diaye, Aïssatou", "NDIAYE<<AISSATOU"),
    ("Mbodj-Sène", "MBODJ<SENE"),
    ("Mbodj\u2011Sène", "MBODJ SENE"),
    ("Mbodj\u00a0Sène", "MBODJ<SENE"),
    ("Ñiang", "NIANG"),
    ("Ñiang", "NXXIANG"),
    ("Müller", "MUELLER"),
    ("Müller", "MULLER"),
    ("Mu\u0308ller", "MUXXLLER"),
    ("Sørensen", "SOERENSEN"),
    ("Sørensen", "SORENSEN"),
    ("Ångström", "AANGSTROEM"),
    ("Ångström", "ANGSTROM"),
    ("Lœuillet-Lætitia", "LOEUILLET<LAETITIA"),
    ("Weiß", "WEISS"),
    ("WEIẞ", "WEISS"),
    ("Ŋom", "NOM"),
    ("Guðmundur Þórsson", "GUDMUNDUR<THORSSON"),
    ("Ɓalde Ɗiallo", "BALDE<DIALLO"),
    ("Ǿster", "OESTER"),
    ("ﬁlip ĳsbrand", "FILIP<IJSBRAND"),
    ("St. John", "ST<JOHN"),
    ("ŉdiaye", "NDIAYE"),
    ("Nguyễn Thị Đào", "NGUYEN<THI<DAO"),
]

DIFFERING = [
    ("Ndiaye", "NDIAY"),
    ("Ndiay", "NDIAYE"),
    ("Ndiaye Aminata", "AMINATA<<NDIAYE"),
    ("Muller", "MUELLER"),
    ("Ñiang", "NXIANG"),
    ("Mbodj Sène", "MBODJSENE"),
    ("Ндиай", "NDIAJ"),
    ("", ""),
    ("'", "<<<"),
    ("", "<" * 39),
    ("A" * 39 + " B", "A" * 38),
]


@pytest.mark.parametrize(("name", "mrz_name"), AGREEING)
def test_a_name_agrees_with_each_of_its_spellings(name: str, mrz_name: str) -> None:
    assert agrees(name, mrz_name)
    assert agrees(unicodedata.normalize("NFD", name), mrz_name)
    assert agrees(name, mrz_name.ljust(39, "<"))


@pytest.mark.parametrize(("name", "mrz_name"), DIFFERING)
def test_another_name_does_not_agree(name: str, mrz_name: str) -> None:
    assert not agrees(name, mrz_name)


CUT = "NDIAYE<<AMINATA<MARIE<ANTOINETTE<FATOUM"


def test_a_name_longer_than_the_field_agrees_when_cut() -> None:
    assert len(CUT) == 39
    assert agrees("Ndiaye Aminata Marie Antoinette Fatoumata", CUT)
    assert not agrees("Ndiaye Aminata Marie Antoinette Fatoumata", CUT[:-1])
    assert not agrees("Ndiaye Aminata Marie Antoinette Fatou", CUT)
    assert not agrees("Ndiaye Aminata Marie Antoinette Fatimata", CUT)


def test_a_name_cut_between_two_words_agrees_and_one_cut_within_a_word_fills_the_field() -> None:
    one_filler, two_fillers = "NDIAYE<<AMINATA<MARIE<ANTOINETTE<FATOU<", "NDIAYE<DE<LA<GRANDE<CONCESSION<MBACKE<<"
    assert len(one_filler) == len(two_fillers) == 39
    assert agrees("Ndiaye Aminata Marie Antoinette Fatou Awa", one_filler)
    assert agrees("Ndiaye de la Grande Concession Mbacke Awa", two_fillers)
    assert not agrees("Ndiaye Aminata Marie Antoinette Fatoumata", one_filler)
    assert not agrees("Ndiaye Aminata Marie Antoinette Fatou Awa", one_filler + "<")
    assert not agrees("Ndiaye Aminata Marie Antoinette Fat Awa", one_filler[:-3].ljust(39, "<"))


# Each sign of a name with what the standard and its users make of it, written out anew.
OWN = {
    **{letter: [letter] for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **dict(zip("ÁÀÂÃÉÈÊËÇÍÌÎÏÓÒÔÕÚÙÛÝŸŠŽČĞŞŁĐĆŃ", [[c] for c in "AAAAEEEECIIIIOOOOUUUYYSZCGSLDCN"], strict=True)),
    "Ä": ["AE", "A"],
    "Å": ["AA", "A"],
    "Æ": ["AE"],
    "Œ": ["OE"],
    "Ö": ["OE", "O"],
    "Ø": ["OE", "O"],
    "Ü": ["UE", "UXX", "U"],
    "Ñ": ["N", "NXX"],
    "Ŋ": ["N"],
    "Ð": ["D"],
    "Þ": ["TH"],
    "ß": ["SS"],
    "'": [""],
    "’": [""],
}

words = st.lists(st.sampled_from([*OWN]), min_size=1, max_size=9).filter(lambda word: set(word) - {"'", "’"} != set())
chosen = st.tuples(words, st.integers(0, 5**9), st.booleans(), st.sampled_from(["-", " ", "\u00a0", "\u2010"]))


def spelled(word: list[str], seed: int) -> str:
    """One of the word's spellings: the number chooses among the ways of each sign."""
    found = ""
    for sign in word:
        seed, choice = divmod(seed, 5)
        found += OWN[sign][choice % len(OWN[sign])]
    return found


def built(parts: list[tuple[list[str], int, bool, str]], surnames: int) -> tuple[str, str]:
    """A visual name, and the whole field of 39 characters as an issuer may print it."""
    visual, field = "", ""
    for number, (word, seed, small, mark) in enumerate(parts):
        text = "".join(word)
        visual += (mark if number else "") + (text.lower() if small else text)
        field += ("<<" if number == surnames else "<" if number else "") + spelled(word, seed)
    return visual, field[:39].ljust(39, "<")


names = st.builds(built, st.lists(chosen, min_size=1, max_size=8), st.integers(1, 3))


@given(names)
def test_every_name_agrees_with_its_own_transliteration_cut_at_the_field(pair: tuple[str, str]) -> None:
    visual, field = pair
    assert agrees(visual, field)
    assert agrees(unicodedata.normalize("NFD", visual), field)
    assert parse((f"P<SEN{field}", NDIAYE[1])).faults == ()


@given(names, st.integers(0, 38), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_a_letter_that_no_spelling_has_is_noticed(pair: tuple[str, str], place: int, letter: str) -> None:
    visual, field = pair
    heard = {
        sign for each in unicodedata.normalize("NFC", visual.upper()) for way in OWN.get(each, [""]) for sign in way
    }
    assume(letter not in heard | {"S"})
    assume(place < len(field.rstrip("<")))
    assert not agrees(visual, field[:place] + letter + field[place + 1 :])


@given(st.text(), st.text())
@example("Å" * 60, "A" * 100 + "B")
def test_any_two_texts_can_be_compared(name: str, mrz_name: str) -> None:
    assert agrees(name, mrz_name) in (True, False)


def test_the_places_that_are_checked_are_those_of_the_standard() -> None:
    gaps = [(one + 1, two) for one, two in pairwise(CHECKED) if two - one > 1]
    assert gaps == [(10, 13), (20, 21)]
