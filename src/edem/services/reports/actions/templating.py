"""The words that an organisation keeps for its answers."""

from datetime import datetime
from typing import Final

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Organisation
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Missing, NotAllowed
from edem.services.reports.models import AnswerTemplate
from edem.services.reports.queries.actors import organisations_of
from edem.services.reports.rules.words import tidied

MOST: Final = 100
TITLE_MOST: Final = 100


@transaction.atomic(durable=True)
def save_template(
    organisation: Organisation, template_id: int | None, *, title: str, text: str, by: Person, now: datetime
) -> None:
    """A new one, or other words for one that is there; a title stands once in an organisation."""
    _check_own(organisation, by)
    named, words = tidied(title, field="title", most=TITLE_MOST), tidied(text)
    kept = AnswerTemplate.objects.select_for_update(of=("self",)).filter(organisation=organisation).order_by("pk")
    known = {each.pk: each for each in kept}
    if template_id is not None and template_id not in known:
        raise Missing("report.template_missing")
    if any(each.title == named and pk != template_id for pk, each in known.items()):
        raise Conflict("report.template_known", field="title")
    if template_id is None and len(known) >= MOST:
        raise Conflict("report.too_many_templates", most=MOST)

    template = known[template_id] if template_id is not None else AnswerTemplate(organisation=organisation)
    template.title, template.text = named, words
    template.save()
    record_staff_act(by, "report.template_saved", community_id=organisation.community_id, subject=template, now=now)


@transaction.atomic(durable=True)
def remove_template(organisation: Organisation, template_id: int, *, by: Person, now: datetime) -> None:
    _check_own(organisation, by)
    template = AnswerTemplate.objects.filter(organisation=organisation, pk=template_id).order_by("pk").first()
    if template is None:
        raise Missing("report.template_missing")

    record_staff_act(by, "report.template_removed", community_id=organisation.community_id, subject=template, now=now)
    template.delete()


def _check_own(organisation: Organisation, by: Person) -> None:
    if organisation.pk not in organisations_of(by, organisation.community_id, Role.WORKER, Role.HEAD):
        raise NotAllowed("report.not_held_by_you")
