"""CSS and JavaScript: tokens hold every colour, nothing is forced, and a phone downloads little (style.md §10)."""

import gzip
import re

from edem.ui.styles import core_css
from tests.house.source import called, nothing, read, static

TEN_KB = 10 * 1024
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(
    r"(?<![\w-])(?:#[0-9a-fA-F]{3,8}\b|(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|"
    r"(?:white|black|red|green|blue|gray|grey|yellow|orange|silver|navy|teal)(?![\w-]))"
)
SELECTOR = re.compile(r"([^{}]+)\{")
WITHIN_STRINGS = re.compile(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)")


def rules_of(path):
    return COMMENT.sub("", read(path))


def sheets():
    return [path for path in static(".css") if "vendor" not in path.parts]


def scripts():
    return [path for path in static(".js") if "vendor" not in path.parts]


def weight(text):
    return len(gzip.compress(text.encode(), 9))


def declarations(css):
    """What stands inside braces, where colours are used."""
    return WITHIN_STRINGS.sub("", re.sub(r"[^{};]+\{", "{", css))


def test_colours_live_in_tokens():
    bad = [
        f"{called(path)}: {found.group()}"
        for path in sheets()
        if "tokens" not in path.stem
        for found in COLOUR.finditer(declarations(rules_of(path)))
    ]
    nothing(bad)


def test_nothing_is_forced():
    nothing([called(path) for path in sheets() if "!important" in rules_of(path)])


def test_no_selector_uses_an_id():
    bad = [
        f"{called(path)}: {selector.strip()}"
        for path in sheets()
        for selector in SELECTOR.findall(WITHIN_STRINGS.sub("", rules_of(path)))
        if re.search(r"#[a-zA-Z]", selector)
    ]
    nothing(bad)


def test_the_core_stylesheet_weighs_little():
    assert 0 < weight(core_css()) <= TEN_KB


def test_a_page_loads_little_javascript():
    """The worst page: everything of the ui and everything of one service or portal; maps and vendored apart."""
    by_owner: dict[str, str] = {}
    for path in scripts():
        if {"maps", "workers"} & set(path.parts):
            continue
        owner = called(path).partition("/static/")[0]
        by_owner[owner] = by_owner.get(owner, "") + read(path)
    shared = by_owner.pop("src/edem/ui", "")
    heavy = {owner: weight(shared + own) for owner, own in by_owner.items() if weight(shared + own) > TEN_KB}
    assert (weight(shared) <= TEN_KB, heavy) == (True, {})


def test_what_we_write_for_maps_and_workers_weighs_little_too():
    """A page with a map loads the maps' own modules besides; a worker is loaded apart from any page."""
    maps = "".join(read(path) for path in scripts() if "maps" in path.parts)
    workers = {called(path): weight(read(path)) for path in scripts() if "workers" in path.parts}
    assert 0 < weight(maps) <= TEN_KB
    assert {name: size for name, size in workers.items() if size > TEN_KB} == {}
