"""Every example is on the gallery's page, and looks as it looked."""

import os
import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from edem.ui.gallery import Component, components, gallery, in_both_themes, shown

SNAPSHOTS = Path(__file__).parent / "snapshots"
HERE = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _in_ukrainian():
    with translation.override("uk"):
        yield


@pytest.fixture
def page(rf: RequestFactory) -> HttpResponse:
    return gallery(rf.get("/_ui/"))


def each(component: Component) -> str:
    return component.name


def test_every_example_of_every_component_is_shown_in_both_themes(page):
    html = page.content.decode()
    for component in components():
        for example in component.examples:
            for theme, twin in in_both_themes(example).items():
                assert f'data-theme="{theme}">{twin}</div>' in html, (component.name, example.title, theme)


def test_every_component_has_its_tag_template_stylesheet_and_examples():
    folders = {path.parent.name for path in HERE.glob("*/*.css")} - {"look"}
    assert {component.name for component in components()} == folders - {"error_summary", "icon"}
    for name in folders:
        assert (HERE / name / f"{name}.py").exists()
        assert name == "icon" or any((HERE / "templates/ui" / name).glob("*.html"))


@pytest.mark.parametrize("component", components(), ids=each)
def test_a_component_looks_as_it_looked(component):
    """After a wanted change: EDEM_WRITE_SNAPSHOTS=1, and read the difference before committing it."""
    now = "\n".join(f"<!-- {example.title} -->\n{squeezed(shown(example))}" for example in component.examples)
    kept = SNAPSHOTS / f"{component.name}.html"
    if os.environ.get("EDEM_WRITE_SNAPSHOTS"):
        kept.write_text(now, encoding="utf-8")
    assert now == kept.read_text(encoding="utf-8")


def test_no_component_has_inline_styles_or_scripts():
    for component in components():
        for example in component.examples:
            assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", shown(example)), example.title


def squeezed(html: str) -> str:
    """One tag a line, so that a difference can be read."""
    return re.sub(r">\s*<", ">\n<", html.strip()) + "\n"
