"""`/_ui/`: every example of every component in both themes, with the code to copy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils.safestring import SafeString

from edem.ui.frame import Frame, Language, MenuItem
from edem.ui.ornament import band, design, emblem
from edem.ui.pieces import Example

HERE = Path(__file__).parent
SAMPLE_CODES = (
    "UA05020030010063857", "UA18040190000057039", "UA46060250010015970", "UA51100270010076757", "UA63120270010096107",
    "UA12020010010037010", "UA59080270010036634", "UA26040190010045761", "UA80000000000093317",
)  # fmt: skip


_NAMES_A_PART = re.compile(r'( (?:id|for|popovertarget|aria-describedby|aria-labelledby)="| href="#)([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Component:
    name: str
    doc: str
    examples: Sequence[Example]


def components() -> list[Component]:
    """Every folder beside this file that has examples, by name."""
    names = sorted(path.parent.name for path in HERE.glob("*/examples.py"))
    return [_component(name) for name in names]


def shown(example: Example) -> SafeString:
    return SafeString(engines["django"].from_string(example.code).render(dict(example.facts)))


def in_both_themes(example: Example) -> dict[str, SafeString]:
    """The dark twin has its own ids: its labels and its dialogs must not reach for the light one's parts."""
    html = shown(example)
    return {"light": html, "dark": SafeString(_NAMES_A_PART.sub(r'\1\2-dark"', html))}


def gallery(request: HttpRequest) -> HttpResponse:
    page = [(component, [(each, in_both_themes(each)) for each in component.examples]) for component in components()]
    ornaments = [(code, design(code).main, SafeString(band(code)), SafeString(emblem(code))) for code in SAMPLE_CODES]
    facts = {"page": page, "ornaments": ornaments, "frame": sample_frame()}
    return render(request, "ui/gallery.html", facts)


def sample_frame() -> Frame:
    return Frame(
        brand="Вишневогірська громада",
        menu=(
            MenuItem(label="Петиції", url="#", current=True),
            MenuItem(label="Громадський бюджет", url="#"),
            MenuItem(label="Відкрите місто", url="#"),
            MenuItem(label="Консультації", url="#"),
        ),
        footer=(
            MenuItem(label="Правила", url="#"),
            MenuItem(label="Доступність", url="#"),
            MenuItem(label="API", url="#"),
        ),
        languages=(
            Language(code="uk", name="Українська", url="?language=uk", current=True),
            Language(code="en", name="English", url="?language=en"),
        ),
        sign_in_url="#",
        ornament_code=SAMPLE_CODES[0],
    )


def _component(name: str) -> Component:
    main = import_module(f"edem.ui.{name}.{name}")
    return Component(name=name, doc=main.__doc__ or "", examples=import_module(f"edem.ui.{name}.examples").EXAMPLES)
