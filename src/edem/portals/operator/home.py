"""The administrator's first page: what the community has set up, and what is still to be done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from edem.foundation.catalog.ruled import everything_ruled
from edem.foundation.communities.border import border_of
from edem.foundation.communities.models import Community
from edem.foundation.communities.queries import (
    community_as_saved,
    districts_of,
    organisations_of,
    services_with_charter,
)
from edem.foundation.people.access import open_to
from edem.foundation.people.queries import grants_in
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.geo.areas import Area
from edem.portals.operator.acting import ADMINISTRATORS
from edem.ui.tasks.tasks import Task


@open_to(ADMINISTRATORS)
@require_safe
def home(request: PersonalRequest) -> HttpResponse:
    community = community_as_saved(request.community.pk)
    ruled = services_with_charter(community.pk, now=request.now)
    page = {"tasks": [*tasks_of_looks(community), *tasks_of_parts(community), *tasks_of_rules(ruled)]}
    return render(request, "operator/home.html", page)


def tasks_of_looks(community: Community) -> list[Task]:
    border = border_of(community.pk)
    named = bool(community.council_name_genitive and community.contact_email and community.edrpou)
    return [
        task(_("Назви й контакти"), "operator:facts", is_done=named, hint=community.name),
        task(_("Колір і герб"), "operator:look", is_done=bool(community.coat_of_arms), hint=community.accent),
        task(_("Межа громади"), "operator:border", is_done=border is not None, hint=hint_of(border)),
    ]


def hint_of(border: Area | None) -> str:
    return _("%(km2)d км²") % {"km2": round(border.km2())} if border else _("Приймається будь-яке місце")


def tasks_of_parts(community: Community) -> list[Task]:
    districts, organisations = districts_of(community.pk).count(), organisations_of(community.pk).count()
    held = grants_in(community.pk).count()
    on = len(community.services)
    return [
        task(
            _("Послуги й мови"),
            "operator:services",
            is_done=on > 0,
            hint=ngettext("%(count)d послугу ввімкнено", "%(count)d послуг увімкнено", on) % {"count": on},
        ),
        task(
            _("Райони громади"),
            "operator:districts",
            is_done=districts > 0,
            hint=ngettext("%(count)d район", "%(count)d районів", districts) % {"count": districts},
        ),
        task(
            _("Організації"),
            "operator:organisations",
            is_done=organisations > 0,
            hint=ngettext("%(count)d організація", "%(count)d організацій", organisations) % {"count": organisations},
        ),
        task(
            _("Працівники й ролі"),
            "operator:staff",
            is_done=held > 0,
            hint=ngettext("%(count)d роль надано", "%(count)d ролей надано", held) % {"count": held},
        ),
    ]


def tasks_of_rules(ruled: frozenset[str]) -> list[Task]:
    """A council decides about each service that has something to decide, and about sign-in."""
    return [
        Task(
            title=_("Правила: %(service)s") % {"service": _(each.title)},
            state="done" if each.code in ruled else "ready",
            url=reverse("operator:charter", args=[each.code]),
            hint="" if each.code in ruled else _("Рішення ради ще не внесено"),
        )
        for each in everything_ruled()
    ]


def task(title: str, address: str, *, is_done: bool, hint: str) -> Task:
    return Task(title=title, state="done" if is_done else "ready", url=reverse(address), hint=hint)
