"""What stands around every page: the community's name, its services, languages and the person."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from edem.foundation.catalog.registry import switched_on
from edem.foundation.communities.look import arms_fingerprint, version_of
from edem.foundation.communities.models import Community
from edem.foundation.communities.names import short_name
from edem.foundation.people.access import community_of, person_of, sign_in_address
from edem.foundation.people.emergency.queries import emergencies_open
from edem.foundation.people.models import Person
from edem.ui.frame import Frame, Language, MenuItem, PersonBadge, Portal


def frame_of_page(request: HttpRequest) -> dict[str, object]:
    community, person = community_of(request), person_of(request)
    here = request.path_info
    frame = Frame(
        brand=_("%(name)s громада") % {"name": short_name(community.name)} if community else _("е-ДЕМ"),
        full_name=community.name if community else "",
        home_url=address("home"),
        menu=menu(community, person, here=here),
        footer=footer(community),
        languages=languages(request, community),
        person=PersonBadge(name=person.display_name, url=address("cabinet:home")) if person else None,
        sign_in_url="" if person else sign_in_address(request),
        sign_out_url=address("identity:sign_out"),
        ornament_code=community.katottg if community else "UA00000000000000000",
        arms_url=arms_address(community),
        look_url=address("communities:look", version_of(community)) if community else "",
        alarm=alarm(request, community, person),
        portal=portal_of(here),
    )
    return {
        "frame": frame,
        "community": community,
        "now": getattr(request, "now", None),
        "is_sandbox": settings.SANDBOX,
    }


def menu(community: Community | None, person: Person | None, *, here: str) -> tuple[MenuItem, ...]:
    if community is None:
        operator = MenuItem(label=_("Платформа"), url=address("platform:home"), current=here.startswith("/operator/"))
        return (operator,) if person and person.is_staff and operator.url else ()
    services = [
        MenuItem(
            label=_(manifest.title),
            url=reverse("home") + f"{manifest.prefix}/",
            current=here.startswith(f"/{manifest.prefix}/"),
        )
        for manifest in switched_on(community)
    ]
    desk = [MenuItem(label=_("Робочий стіл"), url=address("desk:home"), current=here.startswith("/desk/"))]
    return (*services, *(desk if person and person.is_staff else []))


def alarm(request: HttpRequest, community: Community | None, person: Person | None) -> MenuItem | None:
    """Access in an emergency is seen by all who work here, on every page of the desk."""
    at_work = portal_of(request.path_info) in {"desk", "operator"}
    if community is None or person is None or not person.is_staff or not at_work:
        return None
    now: datetime = request.now  # type: ignore[attr-defined]
    first = emergencies_open(community.pk, now=now).first()
    if first is None:
        return None
    facts = {"who": first.person.display_name, "until": localtime(first.until).strftime("%H:%M")}
    label = _("Відкрито аварійний доступ: %(who)s, до %(until)s") % facts
    return MenuItem(label=label, url=address("operator:emergencies"))


def footer(community: Community | None) -> tuple[MenuItem, ...]:
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
    pages = (*(of_community if community else ()), *of_all)
    return tuple(MenuItem(label=label, url=address(name)) for name, label in pages if address(name))


def languages(request: HttpRequest, community: Community | None) -> tuple[Language, ...]:
    offered = community.languages if community and community.languages else [code for code, _name in settings.LANGUAGES]
    back = urlencode({"next": request.get_full_path()})
    return tuple(
        Language(code=code, name=name, url=f"{reverse('language', args=[code])}?{back}", current=code == get_language())
        for code, name in settings.LANGUAGES
        if code in offered
    )


def portal_of(here: str) -> Portal:
    portals: dict[str, Portal] = {
        "cabinet": "cabinet",
        "desk": "desk",
        "admin-desk": "operator",
        "operator": "operator",
    }
    return portals.get(here.split("/")[1] if "/" in here else "", "site")


def arms_address(community: Community | None) -> str:
    return address("communities:arms", arms_fingerprint(community)) if community and community.coat_of_arms else ""


def address(name: str, *args: object) -> str:
    """The address of a page, empty where this host has no such page: the national host has no desk."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
