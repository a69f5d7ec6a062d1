"""The log of staff acts, for the auditor and the community's administrator; it can only be read."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edem.foundation.audit.models import AuditEntry
from edem.foundation.audit.queries import staff_acts
from edem.foundation.audit.words import names_of_subjects, words_of_act, words_of_subject
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role

PAGE = 50


@open_to(staff.having(Role.AUDITOR, Role.COMMUNITY_ADMIN))
@require_safe
def log(request: PersonalRequest) -> HttpResponse:
    page = Paginator(staff_acts(request.community.pk), PAGE).get_page(request.GET.get("page"))
    names = names_of_subjects(page)
    lines = [(entry, words_of_act(entry.act), _about(entry, names)) for entry in page]
    return render(request, "desk/log.html", {"page": page, "lines": lines})


def _about(entry: AuditEntry, names: Mapping[tuple[str, str], str]) -> str:
    key = (entry.subject_kind, entry.subject_id)
    return words_of_subject(*key, names.get(key, ""))
