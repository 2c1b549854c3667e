from pathlib import Path

import pytest

from pemdocs.model import PemdocsError
from pemdocs.project import theme

HOUSE = Path(__file__).parents[2] / "templates" / "house" / "theme.toml"


def test_the_theme_says_what_the_file_says():
    house = theme.load(HOUSE)
    assert house.colour["ink"].startswith("#")
    assert house.font["body"].word == "Calibri"
    assert house.font["body"].pdf == "Carlito"
    assert house.size["body"] == 10.0
    assert house.page["top"] == 22.0
    assert house.space["cell"] == 3.0


def test_a_theme_cannot_be_changed():
    house = theme.load(HOUSE)
    with pytest.raises(TypeError):
        house.colour["ink"] = "#000000"


@pytest.mark.parametrize(
    ("wrong", "code", "found"),
    [
        ("[colour", "template-toml", "[colour"),
        ("", "template-lacks", "colour"),
        ("[colour]\nink = 'black'\n", "template-value", "colour.ink"),
        ("[colour]\n[font]\nbody = 'Calibri'\n", "template-value", "font.body"),
        ("[colour]\n[font]\n[size]\nbody = true\n", "template-value", "size.body"),
    ],
)
def test_a_fault_names_the_entry(tmp_path, wrong, code, found):
    tables = "".join(f"\n[{name}]\n" for name in theme.TABLES if wrong.startswith("[") and f"[{name}]" not in wrong)
    path = tmp_path / "theme.toml"
    path.write_text(wrong + tables, encoding="utf-8")
    with pytest.raises(PemdocsError) as caught:
        theme.load(path)
    assert caught.value.code == code
    assert caught.value.facts["found"] == found
