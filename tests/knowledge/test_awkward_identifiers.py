"""What people write for an identifier, in forty ways of each kind: read as it is meant, or refused."""
# ruff: noqa: E501 - the tables are read as tables

from __future__ import annotations

import pytest

from pemdocs.knowledge.identifiers import fault, written

RIGHT = {
    'ninea': {
        '001234567': ['001234567', '0 0 1 2 3 4 5 6 7', '001 234567', '001.234567', '001-234567', '001/234567', ' 001234567 ', '001234567\n', '001\xa0234567', '001\u202f234567', '001234567.'],
        "": ['００１２３４５６７', '1234567', '765432100'],
    },
    'ice': {
        '001561191000066': ['001561191000066', '0 0 1 5 6 1 1 9 1 0 0 0 0 6 6', '001 561191000066', '001.561191000066', '001-561191000066', '001/561191000066', ' 001561191000066 ', '001561191000066\n', '001\xa0561191000066', '001\u202f561191000066', '001561191000066.'],
    },
    'kbo': {
        '0403.019.261': ['0403019261', '0 4 0 3 0 1 9 2 6 1', '040 3019261', '040.3019261', '040-3019261', '040/3019261', ' 0403019261 ', '0403019261\n', '040\xa03019261', '040\u202f3019261', '0403019261.', '403019261'],
    },
    'vat': {
        'BE 0403.019.261': ['BE0403019261', 'BE0 4 0 3 0 1 9 2 6 1', 'BE040 3019261', 'BE040.3019261', 'BE040-3019261', 'BE040/3019261', 'BE0403019261\n', 'BE040\xa03019261', 'BE040\u202f3019261', 'BE0403019261.', 'BE403019261'],
    },
    'rccm': {
        'SN-DKR-2021-B-12345': ['SN-DKR-2021-B-12345', 'sn-dkr-2021-b-12345', 'SN DKR 2021 B 12345', 'SN.DKR.2021.B.12345', 'SNDKR2021B12345', ' SN-DKR-2021-B-12345 ', 'SN-DKR-2021-B12345'],
        "": ['SN-DKR-2021-B-0', 'SN-DKR-2021-A-1', 'SN-DKR-2021-C-1', 'SN-DKR-2021-E-1', 'SN-DKR-2021-K-1', 'SN-THS-1999-A-5', 'CI-ABJ-03-2024-B12-00001', 'CI-ABJ-2024-B-00001'],
    },
    'phone': {
        '+221 77 100 00 14': ['+221 77 100 00 14', '+221771000014', '(+221) 77 100 00 14', '+221-77-100-00-14', '+221.77.100.00.14', '+221/77/1000014', 'Tél. +221 77 100 00 14', '+٢٢١ ٧٧ ١٠٠ ٠٠ ١٤', '＋221 77 100 00 14', '+221 77 100 00 14\n', '\u200e+221 77 100 00 14', 'tel:+221771000014'],
        '+32 470 00 00 03': ['+32 470 00 00 03', '+32 (0)470 00 00 03'],
        '+212 6 00 00 00 14': ['+212 600 00 00 14'],
        "": ['+33 6 12 34 56 78', '+221 77 100 00 14 ext. 12'],
    },
    'email': {
        "": ['awa@example.com', 'AWA@EXAMPLE.COM', 'awa@-example.com', 'awa@exemple.sn', "awa.n'diaye@example.com", 'awa+pem@example.com', 'é@example.com', 'awa@éxample.com', 'аwa@example.com', 'awa\u200b@example.com', 'a@b.c'],
    },
    'uri': {
        "": ['https://example.com', 'http://example.com', 'HTTPS://EXAMPLE.COM', 'example.com', 'www.example.com', 'www.example.com/', 'https://example.com/é', 'https://éxample.com', 'https://example.com:8080/x', 'https://192.168.0.1', 'https://example.com?x=1&y=2', 'https://example.com#x', 'facebook.com/awa', 'https://example.com.'],
    },
}  # fmt: skip
"""By the usual way to write it, the others; behind the empty text what is written that way already."""

WRONG = {
    'ninea': ['001‑234567', '(001234567)', '"001234567"', '001234567?', 'OO1234567', '00l234567', '٠٠١٢٣٤٥٦٧', '001²34567', '00123456', '0012345670', '01234567', '0001234567', '001234567;001234567', '001234567 001234567', 'N° 001234567', 'n°001234567', '#001234567', '001234567 (siège)', 'N/A', '-', 'en cours', '', "'001234567", '0012_34567', '001234567.0', '001,234567', '00123456X'],
    'ice': ['001‑561191000066', '(001561191000066)', '"001561191000066"', '001561191000066?', 'OO1561191OOOO66', '00l56ll9l000066', '٠٠١٥٦١١٩١٠٠٠٠٦٦', '００１５６１１９１００００６６', '00156119100006', '0015611910000660', '01561191000066', '1561191000066', '0001561191000066', '001561191000066;001561191000066', '001561191000066 001561191000066', 'N° 001561191000066', 'n°001561191000066', '#001561191000066', '001561191000066 (siège)', 'N/A', '-', 'en cours', '', "'001561191000066", '0015_61191000066', '001561191000066.0', '001,561191000066', '00156119100006X'],
    'kbo': ['040‑3019261', '(0403019261)', '"0403019261"', '0403019261?', 'O4O3O19261', '04030l926l', '٠٤٠٣٠١٩٢٦١', '０４０３０１９２６１', '0403019²61', '04030192610', '00403019261', '0403019261;0403019261', '0403019261 0403019261', 'N° 0403019261', 'n°0403019261', '#0403019261', '0403019261 (siège)', 'N/A', '-', 'en cours', '', "'0403019261", '0403_019261', '0403019261.0', '040,3019261', '040301926X'],
    'vat': [' 0403019261 ', 'BE040‑3019261', '(0403019261)', '"0403019261"', 'BE0403019261?', 'O4O3O19261', 'BE04030l926l', 'BE٠٤٠٣٠١٩٢٦١', 'BE０４０３０１９２６１', 'BE0403019²61', 'BE04030192610', 'BE00403019261', 'BE0403019261;0403019261', 'BE0403019261 0403019261', 'N° 0403019261', 'n°0403019261', '#0403019261', 'BE0403019261 (siège)', 'N/A', '-', 'en cours', '', "'0403019261", 'BE0403_019261', 'BE0403019261.0', 'BE040,3019261', 'BE040301926X'],
    'rccm': ['SN/DKR/2021/B/12345', 'SN_DKR_2021_B_12345', 'SN–DKR–2021–B–12345', 'SN‑DKR‑2021‑B‑12345', 'SN-DKR-2021-B-12345.', 'SN-DKR-2021-B', 'SN-DKR-B-12345', 'DKR-2021-B-12345', 'SN-DKR-21-B-12345', 'SN-DKR-2O21-B-12345', 'SN-DKR-2021-8-12345', 'SN-DKR-2021-B-1234567', 'RCCM SN-DKR-2021-B-12345', 'RCCM: SN-DKR-2021-B-12345', 'SN-DKR-2021-B-12345 / SN-DKR-2022-B-1', 'N/A', '-', 'en cours', 'SN', '٢٠٢١', 'ＳＮ-DKR-2021-B-12345', 'SN DKR\n2021 B 12345'],
    'phone': ['00221 77 100 00 14', '221 77 100 00 14', '+221 (0)77 100 00 14', '77 100 00 14', '0032 470 00 00 03', '+221 77 100 00 14 / +221 76 100 00 14', '+221 77 100 00 14 ; 76 100 00 14', '+221 77 100 00 14 (Awa)', '+221 77 100 00 14 poste 12', '+221 77 100 00', '+221 77 100 00 144', '+221 79 100 00 14', '+999 12 34 56', '+', '-', 'N/A', 'néant', '771000014', '0771000014', '+221 77 l00 00 14', '+221 77 1OO OO 14', '+221\xa077\u202f100\xa000\u202f14', '+221 77 100 00 14?'],
    'email': [' awa@example.com ', 'awa@example.com.', 'awa@example.com,', 'awa@example.com;', '<awa@example.com>', 'Awa <awa@example.com>', 'mailto:awa@example.com', 'awa@example', 'awa@', '@example.com', 'awa.example.com', 'awa @example.com', 'awa@ example.com', 'awa@example. com', 'awa@@example.com', 'awa@example..com', 'awa@.example.com', 'awa@example.com/lies@example.com', 'awa@example.com lies@example.com', 'awa@example.com, lies@example.com', 'awa@example.com\nlies@example.com', 'awa(at)example.com', 'awa[at]example.com', 'awa@example,com', 'awa@example.com?', 'N/A', '-', 'néant', 'awa', 'awa@example.com (privé)'],
    'uri': ['//example.com', 'https:/example.com', 'https//example.com', 'http:\\\\example.com', 'https://', 'https://example', 'ftp://example.com', 'mailto:a@example.com', 'javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'https://example.com/a b', 'https://example.com:port/x', 'https://user:pw@example.com', 'https://[::1]/', 'https://[', 'https://example.com, https://example.org', 'https://example.com https://example.org', 'example.com / example.org', 'N/A', '-', 'néant', 'en construction', '@awa', '(https://example.com)', ' https://example.com ', 'https://exa\u200bmple.com'],
}  # fmt: skip

OTHERS = [
    ("ice", "660000191165100", "identifier-check-digit"),
    ("kbo", "040301926", "identifier-check-digit"),
    ("kbo", "1629103040", "identifier-check-digit"),
    ("vat", "BE040301926", "identifier-check-digit"),
    ("vat", "BE1629103040", "identifier-check-digit"),
    ("rccm", "SN-DKR-2021-D-1", "identifier-is-filing"),
    ("rccm", "SN-DKR-2021-M-1", "identifier-is-filing"),
    ("rccm", "SN-DKR-2021-S-1", "identifier-is-filing"),
]


@pytest.mark.parametrize("format", RIGHT)
def test_an_identifier_is_read_however_it_is_written(format: str) -> None:
    for usual, ways in RIGHT[format].items():
        for way in ways:
            assert (way, fault(format, way), written(format, way)) == (way, "", usual or way)


@pytest.mark.parametrize("format", WRONG)
def test_what_is_no_identifier_is_refused(format: str) -> None:
    assert {each: fault(format, each) for each in WRONG[format]} == dict.fromkeys(WRONG[format], "identifier-form")
    assert [written(format, each) for each in WRONG[format]] == WRONG[format]


@pytest.mark.parametrize(("format", "value", "reason"), OTHERS)
def test_a_digit_or_a_letter_that_tells_is_told(format: str, value: str, reason: str) -> None:
    assert fault(format, value) == reason


@pytest.mark.parametrize("format", RIGHT)
def test_there_are_forty_of_each(format: str) -> None:
    others = sum(kind == format for kind, *_ in OTHERS)
    assert len(WRONG[format]) + others + sum(map(len, RIGHT[format].values())) >= 40
