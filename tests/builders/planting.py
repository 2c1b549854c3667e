"""A hundred people and companies whom no publication may name, and everything that tells who they are."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from itertools import count
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

from awkward import everything
from PIL import Image
from projects import Data

MANY = 100
GIVEN = ("Awdja", "Bintuli", "Cheyfu", "Dorkané", "Elhemi", "Fanzira", "Gorgali", "Hulimé", "Ismelo", "Jorane")
FAMILY = ("Kordian", "Lumbéa", "Mornati", "Ndoumré", "Orbéku", "Pelissan", "Quilmaf", "Rostéan", "Sarvendu", "Tolmirev")


def names() -> list[tuple[str, str]]:
    """A given and a family name of each: invented, so that no text holds them by chance."""
    return [(given, family) for given in GIVEN for family in FAMILY]


def firm(number: int) -> str:
    return f"Zorvak{'abcdefghij'[number // 10]}{'klmnopqrst'[number % 10]}is"


def trade(number: int) -> str:
    """What the company of a stranger goes by."""
    return f"Quervol{'abcdefghij'[number // 10]}{'klmnopqrst'[number % 10]}a"


def plain(words: str) -> str:
    """The words as who has no accents on the keyboard writes them."""
    return unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()


def with_strangers(data: Data) -> Data:
    """The project with a hundred people and companies who have agreed to nothing."""
    for number, (given, family) in enumerate(names(), start=1):
        data["companies"].append(
            {"id": f"SN-9{number:03}", "name": f"{firm(number - 1)} SARL", "trade_name": trade(number - 1),
             "country": "SN", "region": "SN-DK", "website": f"https://www.vorgnet{number}.example.com",
             "sector": "agrifood", "address": f"Impasse Vorgamil {number}", "phone": f"+221 33 955 {number:04}",
             "email": f"firme{number}@zorvak.example.com"}
        )  # fmt: skip
        data["people"].append(
            {"id": f"SN-9{number:03}-A", "company": f"SN-9{number:03}", "role": "entrepreneur", "given_names": given,
             "family_name": family, "national_id": f"AQ70{number - 1:04}Z",
             "phone": f"+221 77 944 {number:04}", "email": f"personne{number}@vorg.example.com"}
        )  # fmt: skip
    return data


def ways(number: int) -> list[str]:
    """Ways in which a text may tell who the stranger of this number is."""
    given, family = names()[number]
    return [
        f"{given} {family}", f"{family} {given}", f"{given[0]}. {family}", f"Mme {family}",
        f"{family.upper()}, {given}", f"l’avis de {family}", f"{family}’s", f"@{given}{family}", firm(number),
        f"la maison {firm(number).upper()}",
        f"SN-9{number + 1:03}-A", f"+221 77 944 {number + 1:04}", f"personne{number + 1}@vorg.example.com",
        plain(f"{given} {family}"), f"{plain(family).lower()}.{plain(given)}", f"{given} K. {family}",
        f"« {trade(number)} »",
        f"https://www.vorgnet{number + 1}.example.com/contact", f"00221 77-944-{number + 1:04}",
        f"{given.lower()} {family.lower()}", f"madame {family.lower()}", f"{given} {family[0]}.",
        f"{' '.join(family.upper())} {given}", f"{given}, {family[:3]}-{family[3:]}", f"{number + 1}, impasse Vorgamil",
        f"AQ-70{number:04}-Z",
        f"Impasse Vorgamil {number + 1}", f"firme{number + 1}@zorvak.example.com", f"sn 9{number + 1:03}",
    ]  # fmt: skip


def plants() -> Iterator[str]:
    """Ways without an end: of each stranger one, of every way."""
    for number in count():
        yield ways(number % MANY)[number % len(ways(0))]


TELLING = re.compile(
    "|".join(
        [
            *GIVEN,
            *FAMILY,
            *map(plain, (*GIVEN, *FAMILY)),
            "zorvak",
            "quervol",
            "vorgnet",
            "vorgamil",
            "vorg[.]example",
            r"sn.?9\d{3}",
            r"aq.?70\d{4}",
            r"(?:77.944|33.955).\d{4}",
        ]
    ),
    re.I,
)
"""What tells of any of them, in whatever is read of a file."""


def told(path: Path) -> str:
    """Everything that a file says, unpacked, with its tags taken out too: a word may be parted by them."""
    return f"{path.name}\n{_told(path.read_bytes())}"


def _told(content: bytes) -> str:
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as parts:
            return "\n".join(f"{name}\n{_told(parts.read(name))}" for name in parts.namelist())
    if content.startswith(b"%PDF"):
        content = everything(content) + _read(content)
    elif content.startswith((b"\x89PNG", b"\xff\xd8")):
        with Image.open(BytesIO(content)) as picture:
            picture.load()
            content += f"{picture.info}{dict(picture.getexif())}".encode()
    text = content.decode("utf-8", "ignore") + content.decode("utf-16-be", "ignore")
    inner = [_told(b64decode(each)) for each in INLAID.findall(text)]
    bare = re.sub("<[^>]*>", "", text)
    return "\n".join([text, unescape(bare), unquote(text) if "%" in text else "", *inner])


INLAID = re.compile(r"data:image/[a-z]+;base64,([A-Za-z0-9+/=]+)")
"""A picture within a web page."""


def _read(content: bytes) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document).encode()
