"""Right identifiers are right, wrong ones are told apart, and no text whatever stops the work."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pemdocs.knowledge.identifiers import fault, rccm_country, written

FORMATS = ("ninea", "ice", "kbo", "vat", "rccm", "phone", "email", "uri", "code", "", "unheard-of")
COUNTRIES = ("", "SN", "MA", "BE", "XX")
FORM, DIGIT, FILING = "identifier-form", "identifier-check-digit", "identifier-is-filing"

numbers = st.text(st.sampled_from("0123456789 .-/BEGATVSNDKR+²٣０@[]:"), max_size=24) | st.text(max_size=24)
shapes = st.one_of(
    numbers,
    st.from_regex(r"[0-9]{7}([0-9]{2})?( ?[012][A-Z][0-9])?", fullmatch=True),
    st.from_regex(r"(BE ?)?[01][0-9]{3}\.?[0-9]{3}\.?[0-9]{3}", fullmatch=True),
    st.from_regex(r"SN[-. ]DKR[-. ]20[0-9]{2}[-. ][ABCDEKMRS][-. ][0-9]{1,6}", fullmatch=True),
    st.from_regex(r"\+?(221|32)? ?[0-9]{2} ?[0-9]{3} ?[0-9]{2} ?[0-9]{2}", fullmatch=True),
    st.from_regex(r"https?://[a-z\[\]:@.]{0,12}", fullmatch=True),
)

VECTORS = [
    ("ninea", "3067221", "", "3067221"),
    ("ninea", "30672212G2", "", "3067221 2G2"),
    ("ninea", "0001462 2G3", "", "0001462 2G3"),
    ("ninea", "001234567", "", "001234567"),
    ("ninea", "011 002 003", "", "011002003"),
    ("ninea", "001234567 2Y2", "", "001234567 2Y2"),
    ("ninea", "3067222", DIGIT, "3067222"),
    ("ninea", "008921822", DIGIT, "008921822"),
    ("ninea", "12345", FORM, "12345"),
    ("ninea", "001234567 3G3", FORM, "001234567 3G3"),
    ("ice", "001561191000066", "", "001561191000066"),
    ("ice", "00 21 36 09 30 00 040", "", "002136093000040"),
    ("ice", "001561191000065", DIGIT, "001561191000065"),
    ("ice", "1561191000066", FORM, "1561191000066"),
    ("ice", "00156119100006A", FORM, "00156119100006A"),
    ("kbo", "0403.019.261", "", "0403.019.261"),
    ("kbo", "403019261", "", "0403.019.261"),
    ("kbo", "0264 814 354", "", "0264.814.354"),
    ("kbo", "BE 1000000120", "", "1000.000.120"),
    ("kbo", "0403.019.262", DIGIT, "0403.019.262"),
    ("kbo", "2403.019.261", FORM, "2403.019.261"),
    ("kbo", "0403.019.26", DIGIT, "0403.019.26"),
    ("kbo", "0403.019", FORM, "0403.019"),
    ("vat", "BE0403019261", "", "BE 0403.019.261"),
    ("vat", "be 1000.000.120", "", "BE 1000.000.120"),
    ("vat", "0403.019.261", FORM, "0403.019.261"),
    ("vat", "BE 0403.019.262", DIGIT, "BE 0403.019.262"),
    ("vat", "FR 0403.019.261", FORM, "FR 0403.019.261"),
    ("rccm", "SN-DKR-2021-B-12345", "", "SN-DKR-2021-B-12345"),
    ("rccm", "SN.DKR.2015.B.20990", "", "SN-DKR-2015-B-20990"),
    ("rccm", "sn dkr 2019 a 7", "", "SN-DKR-2019-A-7"),
    ("rccm", "CI-ABJ-03-2024-B12-00001", "", "CI-ABJ-03-2024-B12-00001"),
    ("rccm", "SN-DKR-2017-M-12345", FILING, "SN-DKR-2017-M-12345"),
    ("rccm", "SN-DKR-2017-R-1", FILING, "SN-DKR-2017-R-1"),
    ("rccm", "CI-ABJ-03-2024-M12-00001", FILING, "CI-ABJ-03-2024-M12-00001"),
    ("rccm", "SN-DKR-1821-B-12345", FORM, "SN-DKR-1821-B-12345"),
    ("rccm", "RB/COT/24B12345", FORM, "RB/COT/24B12345"),
    ("phone", "+221 77 100 00 14", "", "+221 77 100 00 14"),
    ("phone", "+221771000014", "", "+221 77 100 00 14"),
    ("phone", "+32 470 00 00 03", "", "+32 470 00 00 03"),
    ("phone", "+221 79 100 00 14", FORM, "+221 79 100 00 14"),
    ("phone", "+221 77", FORM, "+221 77"),
    ("phone", "demander à Awa", FORM, "demander à Awa"),
    ("email", "awa@example.com", "", "awa@example.com"),
    ("email", "awa.ndiaye+pem@mail.example.com", "", "awa.ndiaye+pem@mail.example.com"),
    ("email", "awa@example", FORM, "awa@example"),
    ("email", "awa@example.com;lies@example.com", FORM, "awa@example.com;lies@example.com"),
    ("uri", "https://example.com/fonio", "", "https://example.com/fonio"),
    ("uri", "www.example.com", "", "www.example.com"),
    ("uri", "ftp://example.com", FORM, "ftp://example.com"),
    ("uri", "notre page", FORM, "notre page"),
    ("uri", "http://[", FORM, "http://["),
    ("code", "tout ce qu’on veut", "", "tout ce qu’on veut"),
]


@pytest.mark.parametrize(("format", "value", "wrong", "usual"), VECTORS)
def test_an_identifier_is_judged_and_written_the_usual_way(format: str, value: str, wrong: str, usual: str) -> None:
    assert fault(format, value) == wrong
    assert written(format, value) == usual


def test_a_local_phone_number_is_read_in_its_country() -> None:
    assert written("phone", "0600 00 00 14", "MA") == "+212 6 00 00 00 14"
    assert fault("phone", "77 100 00 14", "SN") == ""
    assert written("phone", "77 100 00 14", "SN") == "+221 77 100 00 14"
    assert written("phone", "0470 00 00 03", "BE") == "+32 470 00 00 03"
    assert fault("phone", "77 100 00 14") == FORM


@pytest.mark.parametrize("prefix", ["70", "71", "75", "76", "77", "78"])
def test_senegalese_mobile_numbers_are_known(prefix: str) -> None:
    assert fault("phone", f"+221 {prefix} 123 45 67") == ""


def test_a_register_number_names_its_country_where_it_is_well_formed() -> None:
    assert rccm_country("sn.dkr.2015.b.20990") == "SN"
    assert rccm_country("CI-ABJ-03-2024-B12-00001") == "CI"
    assert rccm_country("SN") == ""


@given(st.sampled_from(FORMATS), shapes, st.sampled_from(COUNTRIES))
@example("uri", "http://[", "")
@example("ninea", "²²²²²²²", "")
@example("kbo", "٠٤٠٣٠١٩٢٦١", "")
@example("phone", "٧٧١٠٠٠٠١٤", "SN")
def test_any_text_is_judged_and_written(format: str, value: str, country: str) -> None:
    assert fault(format, value, country) in ("", FORM, DIGIT, FILING)
    assert isinstance(written(format, value, country), str)
    assert rccm_country(value) in ("", value.strip()[:2].upper())


@given(st.sampled_from(FORMATS), shapes, st.sampled_from(COUNTRIES))
@example("kbo", "403019261", "")
def test_the_usual_way_to_write_stays_as_it_is(format: str, value: str, country: str) -> None:
    once = written(format, value, country)
    assert written(format, once, country) == once
    assert fault(format, once, country) == fault(format, value, country)


@given(st.sampled_from(("ninea", "ice", "kbo", "vat", "rccm")), shapes)
def test_no_digit_is_lost_in_writing(format: str, value: str) -> None:
    digits = "".join(each for each in written(format, value) if each.isdecimal())
    before = "".join(each for each in value if each.isdecimal())
    assert digits.lstrip("0") == before.lstrip("0")


@given(st.from_regex(r"\+(221|32)[1-9][0-9]{7,8}", fullmatch=True))
def test_no_digit_of_an_international_phone_number_is_lost(value: str) -> None:
    assert "".join(filter(str.isdigit, written("phone", value))) == value[1:]
