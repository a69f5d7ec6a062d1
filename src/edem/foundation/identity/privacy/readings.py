"""«Хто і навіщо дивився мої дані»: the log of the vault's readings, in sentences for the person they are about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import F, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from edem.foundation.audit.words import words_of_subject
from edem.foundation.communities.addresses import address_of_page
from edem.foundation.identity.models import VaultReading
from edem.foundation.identity.persons.accounts import accounts_of
from edem.foundation.identity.purposes import FIELD_WORDS, PURPOSE_WORDS, ReadPurpose
from edem.foundation.people.models import Person
from edem.foundation.people.roles import LABELS, Role
from edem.kernel.ukrainian import N_


class Whose(StrEnum):
    """Whose readings are shown."""

    STAFF = "staff"
    PLATFORM = "platform"
    OWN = "own"


WHOSE_WORDS: Mapping[Whose, str] = {
    Whose.STAFF: N_("Працівники"),
    Whose.PLATFORM: N_("Платформа сама"),
    Whose.OWN: N_("Я"),
}


@dataclass(frozen=True, kw_only=True)
class ReadingShown:
    """One line: who, in what capacity, when, what for, about what, and what was opened."""

    at: datetime
    who: str
    capacity: str
    is_staff: bool
    purpose: str
    opened: str
    about: str
    url: str
    reason: str


def readings_about(person: Person, *, whose: str = "") -> QuerySet[VaultReading]:
    """The newest first; an unknown filter shows everything."""
    mine = VaultReading.objects.filter(person__in=accounts_of(person)).filter(_of(whose))
    return mine.select_related("reader", "organisation", "community").order_by("-at", "-pk")


def shown(readings: Iterable[VaultReading]) -> Sequence[ReadingShown]:
    return [_shown(each) for each in readings]


def _of(whose: str) -> Q:
    """One's own look is of the account itself: an account that became part of another looked at itself, too."""
    match whose:
        case Whose.STAFF:
            return Q(reader__isnull=False) & ~Q(reader=F("person"))
        case Whose.PLATFORM:
            return Q(reader__isnull=True)
        case Whose.OWN:
            return Q(reader=F("person"))
    return Q()


def _shown(reading: VaultReading) -> ReadingShown:
    is_own = reading.reader_id == reading.person_id
    return ReadingShown(
        at=reading.at,
        who=_who(reading, is_own=is_own),
        capacity="" if is_own else _capacity(reading),
        is_staff=reading.reader_id is not None and not is_own,
        purpose=_(PURPOSE_WORDS[ReadPurpose(reading.purpose)]),
        opened=", ".join(_(words) for field, words in FIELD_WORDS.items() if field in reading.fields),
        about=words_of_subject(reading.about_kind, reading.about_number) if reading.about_kind else "",
        url=address_of_page(reading.community, reading.about_path) if reading.community and reading.about_path else "",
        reason=reading.reason,
    )


def _who(reading: VaultReading, *, is_own: bool) -> str:
    if is_own:
        return _("Ви")
    return reading.reader.display_name if reading.reader else _("Платформа, без участі людини")


def _capacity(reading: VaultReading) -> str:
    """«Адміністратор ЦНАП, Вишневогірська міська рада»."""
    roles = [_(LABELS[Role(role)]) for role in reading.roles.split(",") if role]
    council = reading.community.council_name if reading.community else ""
    place = reading.organisation.name if reading.organisation else council
    return capfirst(", ".join([*roles, *filter(None, [place])]))
