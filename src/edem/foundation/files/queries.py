"""Who may read a file, and where."""

from uuid import UUID

from django.urls import reverse

from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.kernel.errors import Missing

_CLOSED: set[str] = set()


def give_out_elsewhere(purpose: str) -> None:
    """Files of this purpose are read only through the app that keeps them, which writes each reading down."""
    _CLOSED.add(purpose)


def readable_file(file_id: UUID, *, community_id: int, reader: Person | None) -> StoredFile:
    """What may not be read does not exist for the reader; nor does a picture as it came, with all that it tells."""
    stored = StoredFile.objects.filter(pk=file_id, community_id=community_id).order_by("pk").first()
    if stored is None or stored.drawing != Drawing.DONE or not _may_read(stored, reader):
        raise Missing("files.no_such_file")
    return stored


def address_of_file(stored: StoredFile) -> str:
    return reverse("files:file", args=[stored.pk, stored.name])


def small_address_of(stored: StoredFile) -> str:
    return reverse("files:small", args=[stored.pk])


def _may_read(stored: StoredFile, reader: Person | None) -> bool:
    if stored.is_public:
        return True
    if reader is None or stored.purpose in _CLOSED:
        return False
    return stored.owner_id == reader.pk or bool(roles_of(reader.pk, stored.community_id))
