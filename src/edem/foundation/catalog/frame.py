"""What stands around every page: the community's name, its services, languages and the person."""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from edem.foundation.catalog.registry import manifests
from edem.foundation.communities.look import arms_fingerprint, look_css, version_of
from edem.foundation.communities.models import Community
from edem.foundation.communities.names import short_name
from edem.foundation.people.access import Audience, community_of, person_of, sign_in_address, staff
from edem.foundation.people.emergency.queries import emergencies_open
from edem.foundation.people.models import Person
from edem.foundation.people.requests import platform_request
from edem.ui.frame import Frame, Language, MenuItem, PersonBadge, Portal


def frame_of_page(request: HttpRequest) -> dict[str, object]:
    community, person = community_of(request), person_of(request)
    frame = replace(
        surroundings(Place.of(request, community), is_worker=person is not None and person.is_staff),
        languages=languages(request, community),
        person=PersonBadge(name=person.display_name, url=address("cabinet:home")) if person else None,
        sign_in_url="" if person else sign_in_address(request),
        alarm=alarm(request, community, person),
    )
    return {
        "frame": frame,
        "community": community,
        "now": getattr(request, "now", None),
        "is_sandbox": settings.SANDBOX,
    }


class Place(NamedTuple):
    """All that the frame depends on besides the reader: two requests with the same have the same frame around them."""

    section: str
    """The first part of the address, between slashes."""
    language: str
    prefix: str
    urlconf: str
    look: str
    accent: str
    katottg: str
    name: str
    services: tuple[str, ...]
    arms: str

    @classmethod
    def of(cls, request: HttpRequest, community: Community | None) -> "Place":
        section, where = section_of(request.path_info), (get_language() or "", get_script_prefix(), urlconf_now())
        if community is None:
            return cls(section, *where, look="", accent="", katottg="", name="", services=(), arms="")
        return cls(
            section,
            *where,
            look=version_of(community),
            accent=community.accent,
            katottg=community.katottg,
            name=community.name,
            services=tuple(community.services),
            arms=arms_fingerprint(community) if community.coat_of_arms else "",
        )


@lru_cache(maxsize=1_024)
def surroundings(place: Place, *, is_worker: bool) -> Frame:
    """What does not depend on who reads, but on whether they work here; made once for each place."""
    if not place.katottg:
        return Frame(
            brand=_("е-ДЕМ"),
            home_url=address("home"),
            menu=platform_menu(place, is_worker=is_worker),
            footer=footer(is_community=False),
            sign_out_url=address("identity:sign_out"),
            portal=portal_of(place.section),
        )
    return Frame(
        brand=brand_named(place.name),
        full_name=place.name,
        home_url=address("home"),
        menu=menu(place, is_worker=is_worker),
        footer=footer(is_community=True),
        sign_out_url=address("identity:sign_out"),
        ornament_code=place.katottg,
        arms_url=address("communities:arms", place.arms) if place.arms else "",
        look_url=address("communities:look", place.look),
        look=look_css(place.accent),
        portal=portal_of(place.section),
    )


def brand_of(community: Community) -> str:
    return brand_named(community.name)


def brand_named(name: str) -> str:
    return _("%(name)s громада") % {"name": short_name(name)}


def platform_menu(place: Place, *, is_worker: bool) -> tuple[MenuItem, ...]:
    operator = MenuItem(label=_("Платформа"), url=address("platform:home"), current=place.section == "/operator/")
    return (operator,) if is_worker and operator.url else ()


def menu(place: Place, *, is_worker: bool) -> tuple[MenuItem, ...]:
    services = [
        MenuItem(
            label=_(manifest.title),
            url=reverse("home") + f"{manifest.prefix}/",
            current=place.section == f"/{manifest.prefix}/",
        )
        for manifest in manifests()
        if manifest.code in place.services
    ]
    desk = [MenuItem(label=_("Робочий стіл"), url=address("desk:home"), current=place.section == "/desk/")]
    return (*services, *(desk if is_worker else []))


def alarm(request: HttpRequest, community: Community | None, person: Person | None) -> MenuItem | None:
    """Access in an emergency is seen by all who work here, on every page that is theirs: a service's cases too."""
    if community is None or person is None or not person.is_staff or not is_at_work(request):
        return None
    first = emergencies_open(community.pk, now=platform_request(request).now).first()
    if first is None:
        return None
    facts = {"who": first.person.display_name, "until": localtime(first.until).strftime("%H:%M")}
    label = _("Відкрито аварійний доступ: %(who)s, до %(until)s") % facts
    return MenuItem(label=label, url=address("operator:emergencies"))


def is_at_work(request: HttpRequest) -> bool:
    """A page of the desk, or any other that is open to staff alone."""
    if portal_of(request.path_info) in {"desk", "operator"}:
        return True
    view = request.resolver_match.func if request.resolver_match else None
    audience: Audience | None = getattr(view, "audience", None)
    return audience is not None and audience.name == staff.name


def footer(*, is_community: bool) -> tuple[MenuItem, ...]:
    of_community = (
        ("rules", _("Правила")),
        ("open_data", _("Відкриті дані")),
        ("moderation_log", _("Журнал модерації")),
        ("widget:code", _("Віджет для сайту")),
    )
    of_all = (
        ("identity:verify_signature", _("Перевірити підпис")),
        ("accessibility", _("Доступність")),
        ("api_docs", _("Для розробників")),
    )
    pages = (*(of_community if is_community else ()), *of_all)
    return tuple(MenuItem(label=label, url=address(name)) for name, label in pages if address(name))


def languages(request: HttpRequest, community: Community | None) -> tuple[Language, ...]:
    offered = community.languages if community and community.languages else [code for code, _name in settings.LANGUAGES]
    back = urlencode({"next": request.get_full_path()})
    return tuple(
        Language(code=code, name=name, url=f"{address('language', code)}?{back}", current=code == get_language())
        for code, name in settings.LANGUAGES
        if code in offered
    )


def section_of(here: str) -> str:
    """The first part of an address, between slashes: /petitions/ of /petitions/5/."""
    first, is_section, _rest = here.removeprefix("/").partition("/")
    return f"/{first}/" if is_section else ""


def portal_of(here: str) -> Portal:
    portals: dict[str, Portal] = {
        "cabinet": "cabinet",
        "desk": "desk",
        "admin-desk": "operator",
        "operator": "operator",
    }
    return portals.get(here.split("/")[1] if "/" in here else "", "site")


def urlconf_now() -> str:
    """By which the addresses of this page are written."""
    return str(get_urlconf() or settings.ROOT_URLCONF)


def address(name: str, *args: str) -> str:
    """The address of a page, empty where this host has no such page: the national host has no desk."""
    return _address(name, args, urlconf_now(), get_script_prefix())


@lru_cache(maxsize=4_096)
def _address(name: str, args: tuple[str, ...], urlconf: str, _prefix: str) -> str:
    try:
        return reverse(name, args=args, urlconf=urlconf)
    except NoReverseMatch:
        return ""
