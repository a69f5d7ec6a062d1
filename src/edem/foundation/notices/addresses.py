"""Where a notice's letter goes; the vault is asked at the last moment and nothing of it is kept."""

from datetime import datetime

from edem.foundation.identity.purposes import ReadPurpose
from edem.foundation.identity.vault import read
from edem.foundation.notices.models import Notice
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing


def address_of(notice: Notice, *, now: datetime) -> str:
    """Empty when there is none, or when the person has left."""
    if notice.person_id is None:
        return notice.address
    person = Person.objects.filter(pk=notice.person_id, is_active=True).order_by("pk").first()
    return _mail_address(person, now=now) if person else ""


def _mail_address(person: Person, *, now: datetime) -> str:
    try:
        return read(person, {"email"}, purpose=ReadPurpose.MAIL, by=None, now=now)["email"]
    except Missing:
        return ""
