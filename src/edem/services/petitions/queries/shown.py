"""A petition as the homes, the cabinet and the desk show it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.catalog.manifest import GoingOn, Happening, QueueItem
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.pages import total_of
from edem.services.petitions.rules.lifecycle import STATES, State
from edem.ui.words import number


def happening_of(petition: Petition, state: State, *, at: datetime) -> Happening:
    look = STATES[state]
    count = total_of(petition)
    signed = ngettext("%(count)s підпис", "%(count)s підписів", count) % {"count": number(count)}
    return Happening(
        at=at,
        title=petition.title or _("Без назви"),
        community=petition.community,
        path=path_of(petition),
        words=signed if petition.published_at else "",
        tone=look.tone,
        shape=look.shape,
        state=_(look.label),
    )


def going_on_of(petition: Petition) -> GoingOn:
    assert petition.closes_at is not None  # it collects
    needed = ngettext("з %(count)s потрібного підпису", "з %(count)s потрібних підписів", petition.required)
    return GoingOn(
        title=petition.title,
        path=path_of(petition),
        value=total_of(petition),
        goal=petition.required,
        words=needed % {"count": number(petition.required)},
        until=petition.closes_at,
        counter="signatures",
        subject_id=petition.pk,
    )


def queue_item(petition: Petition) -> QueueItem:
    look = STATES[State(petition.state)]
    return QueueItem(
        title=petition.title,
        path=f"{path_of(petition)}case/",
        state=_(look.label),
        tone=look.tone,
        shape=look.shape,
        due=petition.due_at,
        holder=petition.responsible_body,
        number=f"№ {petition.number}" if petition.number else "",
    )


def path_of(petition: Petition) -> str:
    return f"/petitions/{petition.pk}/"
