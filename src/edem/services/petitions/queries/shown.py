"""A petition as the homes, the cabinet and the desk show it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.catalog.manifest import Happening, QueueItem
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.pages import total_of
from edem.services.petitions.rules.lifecycle import STATES, State


def happening_of(petition: Petition, state: State, *, at: datetime) -> Happening:
    look = STATES[state]
    count = total_of(petition)
    signed = ngettext("%(count)s підпис", "%(count)s підписів", count) % {"count": count}
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
