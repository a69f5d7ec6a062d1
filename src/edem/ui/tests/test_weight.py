"""Pages stay light, and colour comes from tokens only."""

import gzip
import re
from pathlib import Path

import pytest

from edem.ui.csp import import_map, import_map_hash
from edem.ui.styles import CORE, JoinedStyles, core_css, sheets

STATIC = Path(__file__).parents[1] / "static/ui"
KILOBYTE = 1024
ISLANDS = sorted((STATIC / "js").glob("*.js"))


def weight(text: str) -> int:
    return len(gzip.compress(text.encode()))


def test_the_core_stylesheet_weighs_under_ten_kilobytes():
    assert weight(core_css()) <= 10 * KILOBYTE


def test_all_islands_together_weigh_under_ten_kilobytes_and_each_under_two():
    texts = [path.read_text(encoding="utf-8") for path in ISLANDS]
    assert sum(map(weight, texts)) <= 10 * KILOBYTE
    assert max(map(weight, texts)) <= 2 * KILOBYTE


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.stem)
def test_colours_live_in_the_tokens_and_nothing_shouts(sheet):
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "!important" not in css
    assert css.count("{") == css.count("}")
    if sheet.stem != "10-tokens":
        assert not re.search(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(", css)


def test_each_theme_defines_the_same_tokens():
    css = (STATIC.parents[1] / "look/10-tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r"color-scheme: (?:light|dark);(.*?)\}", css, flags=re.DOTALL)
    light, dark, preferred, _printed = (set(re.findall(r"(--[a-z0-9-]+):", block)) for block in blocks)
    assert light == dark == preferred
    assert blocks[1].split() == blocks[2].split()


def test_every_token_used_is_defined():
    css = core_css()
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", css))
    assert used <= set(re.findall(r"(--[a-z0-9-]+):", css))


def test_the_joined_stylesheet_is_found_and_listed():
    finder = JoinedStyles()
    assert Path(finder.find(CORE)).read_text(encoding="utf-8") == core_css()
    assert [path for path, _storage in finder.list(None)] == [CORE]


def test_the_import_map_names_every_island_and_has_its_hash():
    for path in ISLANDS:
        assert f'"ui/{path.stem}":' in import_map()
    assert import_map_hash().startswith("'sha256-")
