"""Taking a published text down and showing it again: in public, with a ground, by two different people."""

from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import publish_files, withdraw_files
from edem.foundation.moderation.queries import cases_of
from edem.foundation.moderation.rules import Decision, Subject
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.actions.moderating import log
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.events import TextHidden, TextShown
from edem.services.petitions.models import Petition, TextHiding
from edem.services.petitions.queries.charters import CODE
from edem.services.petitions.queries.withheld import is_out
from edem.services.petitions.rules.hiding import INSTEAD, KEPT_FOR, check_may_hide, check_may_show


def hide_text(petition_id: int, *, by: Person, now: datetime) -> None:
    """Part of the moderator's decision on readers' reports: the words leave every place where they are read."""
    petition = lock(petition_id)
    decided = cases_of(
        Subject(service=CODE, kind="petition", subject_id=str(petition.pk)), community_id=petition.community_id
    ).filter(decision=Decision.REFUSED)
    case = decided.order_by("-decided_at", "-pk").first()
    if case is None:
        raise Missing("moderation.no_open_case")

    check_may_hide(ground=case.ground, is_out=is_out(petition), is_hidden=petition.text_hidden_at is not None)

    TextHiding.objects.create(
        petition=petition,
        title=petition.title,
        essence=petition.essence,
        demand=petition.demand,
        ground=case.ground_label,
        note=case.public_note,
        hidden_at=now,
        hidden_by=by,
    )
    petition.title, petition.essence, petition.demand, petition.text_hidden_at = INSTEAD, "", "", now
    petition.hidings_count += 1
    save_text(petition)
    withdraw_files(list(petition.attachments.order_by("pk").values_list("file_id", flat=True)))
    announce(TextHidden(petition_id=petition.pk, hidden_at=now))


@transaction.atomic(durable=True)
def show_text(petition_id: int, *, note: str, by: Person, now: datetime) -> None:
    """Put the words back as they were: the ground does not hold, or a court has said so."""
    petition = lock(petition_id)
    hiding = petition.hidings.filter(shown_at=None).order_by("pk").first()
    if hiding is None:
        raise Missing("petition.text_not_hidden")

    is_erased = hiding.erased_at is not None
    check_may_show(is_same_person=hiding.hidden_by_id == by.pk, is_erased=is_erased, note=note)

    hiding.shown_at, hiding.shown_by, hiding.shown_note = now, by, note.strip()
    hiding.save(update_fields=["shown_at", "shown_by", "shown_note"])
    petition.title, petition.essence, petition.demand = hiding.title, hiding.essence, hiding.demand
    petition.text_hidden_at = None
    save_text(petition)
    publish_files(list(petition.attachments.filter(hidden_at=None).order_by("pk").values_list("file_id", flat=True)))
    announce(TextShown(petition_id=petition.pk, shown_at=now))
    log(petition, "petition.text_shown", by=by, now=now)


@transaction.atomic(durable=True)
def erase_hidden_texts(*, now: datetime) -> int:
    """Nobody has shown them again in a year: what a law forbids to show is not kept for ever either."""
    due = TextHiding.objects.filter(shown_at=None, erased_at=None, hidden_at__lte=now - KEPT_FOR)
    Petition.objects.filter(pk__in=due.order_by().values("petition")).update(place="", further_places=[])
    return due.update(title="", essence="", demand="", erased_at=now)


def save_text(petition: Petition) -> None:
    petition.save(update_fields=["title", "essence", "demand", "text_hidden_at", "hidings_count"])
    index(petition)
    show_anew(petition)
