"""PDF through typst: a template of the house, data as JSON, fonts embedded. Nothing people write is ever markup."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import cast

import typst
from django.apps import apps
from django.conf import settings

from edem.foundation.communities.models import Community
from edem.foundation.documents.facts import told
from edem.foundation.documents.pictures import ornament_band, qr_code
from edem.kernel.ukrainian import date_words

_WEIGHTS = ("400Regular", "600SemiBold", "700Bold")
_UNDRAWN = "could not be displayed with font"
_LETTERHEAD = "documents/letterhead.typ"


def render_pdf(
    template: str, facts: Mapping[str, object], *, community: Community, now: datetime, link: str = ""
) -> bytes:
    """The template after the community's letterhead; `link` is the page it is about, printed with a QR code.

    Tagged for screen readers (PDF/UA-1). It releases the interpreter while it works: a thread is enough.
    """
    compiler = _compiler(_given(facts, community, now, link))
    source, made_at = _source(template), now.replace(microsecond=0)
    try:
        return cast("bytes", compiler.compile(source, format="pdf", timestamp=made_at, pdf_standards="ua-1"))
    except typst.TypstError as error:
        if _UNDRAWN not in error.message:
            raise
        # A letter that no font of ours has (Georgian, an emoji): an empty box is better than no document.
        return cast("bytes", compiler.compile(source, format="pdf", timestamp=made_at))


def render_png(
    template: str, facts: Mapping[str, object], *, community: Community, now: datetime, link: str = "", ppi: int = 144
) -> bytes:
    """One page as a picture, for those who show links: the same templates, fonts and words."""
    compiler = _compiler(_given(facts, community, now, link))
    return cast("bytes", compiler.compile(_source(template), format="png", ppi=ppi))


def _compiler(given: Mapping[str, object]) -> typst.Compiler:
    inputs = {"given": json.dumps(given, ensure_ascii=False)}
    return typst.Compiler(root=Path(gettempdir()), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)


def _given(facts: Mapping[str, object], community: Community, now: datetime, link: str) -> dict[str, object]:
    return {
        "facts": told(facts),
        "community": {
            "council": community.council_name,
            "name": community.name,
            "edrpou": community.edrpou,
            "website": community.website,
            "accent": community.accent,
        },
        "ornament": ornament_band(community.katottg, community.accent),
        "link": link,
        "code": qr_code(link) if link else "",
        "printed": date_words(now),
    }


@cache
def _source(template: str) -> bytes:
    return b"\n".join(_file(name).read_bytes() for name in (_LETTERHEAD, template))


def _file(name: str) -> Path:
    """templates/<app>/….typ of whichever app has it, as Django finds its own templates."""
    for app in apps.get_app_configs():
        path = Path(app.path) / "templates" / name
        if path.is_file():
            return path
    raise FileNotFoundError(name)


@cache
def _fonts() -> typst.Fonts:
    folders = [settings.PDF_FONTS / weight for weight in _WEIGHTS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
