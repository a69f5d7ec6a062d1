"""What of petitions a moderator is asked about on the common page, and what becomes of it."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from edem.foundation.catalog.moderated import ModeratedKind, ModeratedThing
from edem.foundation.communities.models import Community
from edem.foundation.files.queries import address_of_file
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing
from edem.kernel.ukrainian import N_
from edem.services.petitions.actions.attaching import hide_attachment
from edem.services.petitions.actions.correcting import refuse_correction, take_correction
from edem.services.petitions.actions.hiding import hide_text
from edem.services.petitions.actions.updating import hide_update, publish_update
from edem.services.petitions.models import Attachment, Petition, PetitionEdition, PetitionUpdate, Told
from edem.services.petitions.queries.editions import text_of
from edem.services.petitions.queries.withheld import is_out
from edem.services.petitions.rules.text import Text

Row = TypeVar("Row", bound=Model)
MOST_DIGITS = 18


def one_of(found: QuerySet[Row], community: Community, subject_id: str) -> Row | None:
    """The thing with this number, if its petition belongs to the community."""
    if not subject_id.isdecimal() or len(subject_id) > MOST_DIGITS:
        return None
    return found.filter(petition__community=community, pk=int(subject_id)).order_by("pk").first()


def locked(found: QuerySet[Row], community: Community, subject_id: str) -> Row:
    row = one_of(found.select_for_update(of=("self",)), community, subject_id)
    if row is None:
        raise Missing("moderation.no_such_thing")
    return row


UPDATES = PetitionUpdate.objects.select_related("petition__community")
EDITIONS = PetitionEdition.objects.select_related("petition__community")
ATTACHMENTS = Attachment.objects.select_related("petition__community", "file")


def thing(
    petition: Petition, text: str, *, is_public: bool, replaces: str = "", file_url: str = "", at: str = ""
) -> ModeratedThing:
    return ModeratedThing(
        title=petition.title,
        text=text,
        path=f"/petitions/{petition.pk}/{at}",
        author_name=petition.author_name,
        author_id=petition.author_id,
        is_public=is_public and is_out(petition),
        replaces=replaces,
        file_url=file_url,
    )


def whole(text: Text) -> str:
    return f"{text.title}\n\n{text.demand}\n\n{text.essence}"


def find_petition(community: Community, subject_id: str) -> ModeratedThing | None:
    if not subject_id.isdecimal() or len(subject_id) > MOST_DIGITS:
        return None
    petition = Petition.objects.filter(community=community, pk=int(subject_id)).order_by("pk").first()
    return thing(petition, whole(text_of(petition)), is_public=True) if petition else None


def find_update(community: Community, subject_id: str) -> ModeratedThing | None:
    update = one_of(UPDATES, community, subject_id)
    if update is None:
        return None
    return thing(update.petition, update.text, is_public=update.state == Told.PUBLIC, at=f"#u{update.pk}")


def find_edition(community: Community, subject_id: str) -> ModeratedThing | None:
    edition = one_of(EDITIONS, community, subject_id)
    if edition is None:
        return None
    proposed = Text(title=edition.title, essence=edition.essence, demand=edition.demand)
    waits = edition.state == Told.WAITING
    replaces = whole(text_of(edition.petition)) if waits else ""
    return thing(edition.petition, whole(proposed), is_public=not waits, replaces=replaces)


def find_attachment(community: Community, subject_id: str) -> ModeratedThing | None:
    attachment = one_of(ATTACHMENTS, community, subject_id)
    if attachment is None:
        return None
    url = address_of_file(attachment.file) if attachment.file else ""
    return thing(attachment.petition, attachment.title, is_public=attachment.hidden_at is None, file_url=url)


def leave(_community: Community, _subject_id: str, _by: Person, _now: datetime) -> None:
    """It is public already, and stays."""


def approve_update(community: Community, subject_id: str, _by: Person, now: datetime) -> None:
    publish_update(locked(UPDATES, community, subject_id), now=now)


def refuse_update(community: Community, subject_id: str, ground: str, _by: Person, _now: datetime) -> None:
    hide_update(locked(UPDATES, community, subject_id), ground=ground)


def approve_edition(community: Community, subject_id: str, _by: Person, now: datetime) -> None:
    take_correction(locked(EDITIONS, community, subject_id), now=now)


def refuse_edition(community: Community, subject_id: str, ground: str, _by: Person, _now: datetime) -> None:
    refuse_correction(locked(EDITIONS, community, subject_id), ground=ground)


def take_down_text(_community: Community, subject_id: str, _ground: str, by: Person, now: datetime) -> None:
    hide_text(int(subject_id), by=by, now=now)


def take_down_attachment(community: Community, subject_id: str, ground: str, _by: Person, now: datetime) -> None:
    hide_attachment(locked(ATTACHMENTS, community, subject_id), ground=ground, now=now)


KINDS = (
    ModeratedKind(kind="petition", label=N_("Петиція"), find=find_petition, approve=leave, hide=take_down_text),
    ModeratedKind(
        kind="attachment", label=N_("Файл петиції"), find=find_attachment, approve=leave, hide=take_down_attachment
    ),
    ModeratedKind(
        kind="update", label=N_("Новина автора"), find=find_update, approve=approve_update, hide=refuse_update
    ),
    ModeratedKind(
        kind="edition", label=N_("Виправлення тексту"), find=find_edition, approve=approve_edition, hide=refuse_edition
    ),
)
