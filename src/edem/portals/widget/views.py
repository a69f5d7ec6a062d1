"""What another site may put into a frame, and the code that its editors copy."""

from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from edem.foundation.catalog.manifest import WidgetPanel
from edem.foundation.catalog.registry import switched_on
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Missing
from edem.portals.widget.forms import CodeForm
from edem.portals.widget.framing import framed_anywhere

THEMES = ("light", "dark")
EMBED = Path(__file__).with_name("embed.js")


def panel_tags(request: CommunityRequest, **arguments: Any) -> list[str]:
    """As the pages of the service itself: its list's tag, and the one thing's where it shows one."""
    community = getattr(request, "community", None)
    shown = panel_named(request, arguments["service"], arguments["panel"]) if community else None
    return shown.tags(community.pk, arguments.get("number")) if shown and community else []


@open_to(anyone)
@kept(query=("theme",), tags=panel_tags)
@require_safe
def panel(request: CommunityRequest, service: str, panel: str, number: int | None = None) -> HttpResponse:
    """One panel, alone on a page without menus, forms or anything of the reader."""
    shown = panel_named(request, service, panel)
    if shown is None or shown.of_one is (number is None):
        raise Missing("widget.no_such_panel")
    theme = request.GET.get("theme")
    facts = shown.facts(request.community, number, request.now)
    whole = {**facts, "panel": shown, "theme": theme if theme in THEMES else THEMES[0]}
    return framed_anywhere(render(request, shown.template, whole))


def panel_named(request: CommunityRequest, service: str, code: str) -> WidgetPanel | None:
    manifest = next((each for each in switched_on(request.community) if each.prefix == service), None)
    return next((each for each in manifest.widget_panels if each.code == code), None) if manifest else None


@open_to(anyone)
@kept(tags=())
@require_safe
def embed(_request: HttpRequest) -> HttpResponse:
    """The script of the one-line code; its address stays for ever, for it stands on other people's pages."""
    return framed_anywhere(HttpResponse(script(), content_type="text/javascript; charset=utf-8"))


@cache
def script() -> str:
    return EMBED.read_text(encoding="utf-8")


@open_to(anyone)
@require_safe
def code(request: CommunityRequest) -> HttpResponse:
    """Choose a panel, see it, copy its line."""
    form = CodeForm(request.GET or None, community=request.community)
    chosen = form.chosen()
    facts: dict[str, object] = {"form": form, "chosen": chosen, "origin": request.build_absolute_uri("/").rstrip("/")}
    if chosen:
        home = request.build_absolute_uri(reverse("widget:code"))
        facts |= {
            "embed_address": f"{home}embed.js",
            "frame_address": f"{home}{chosen.address}/?theme={chosen.theme}",
        }
    return render(request, "widget/code.html", facts, status=form.status)
