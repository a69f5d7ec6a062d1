"""What is held of where a person asked to be written to, for «Мої дані» and the copy."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.identity.contact_kinds import KIND_WORDS, Kind
from edem.foundation.identity.contacts.addresses import opened
from edem.foundation.identity.models import Contact, Device
from edem.foundation.people.held import Held
from edem.foundation.people.models import Person


def held_contacts(person: Person) -> Held | None:
    """The addresses themselves are only in the copy, and that look into the vault is logged by whoever makes it."""
    known = list(Contact.objects.filter(person=person, confirmed_at__isnull=False).order_by("-confirmed_at", "pk"))
    if not known:
        return None
    current = [_(KIND_WORDS[Kind(each.kind)]) for each in known if each.ended_at is None]
    return Held(
        code="identity.contacts",
        title=_("Адреси, які ви підтвердили"),
        words=", ".join(current) or _("чинних немає"),
        why=_("Щоб писати вам туди, куди ви попросили."),
        until=_("Поки діє ваша згода або поки ви не приберете адресу; після заміни — ще 4 дні."),
        lines=lambda: [
            {"kind": each.kind, "address": opened(each), "given_at": each.confirmed_at, "ended_at": each.ended_at}
            for each in known
        ],
    )


def held_devices(person: Person) -> Held | None:
    known = list(Device.objects.filter(person=person).order_by("-since", "pk"))
    if not known:
        return None
    return Held(
        code="identity.devices",
        title=_("Браузери, куди йдуть повідомлення"),
        words=ngettext("%(n)d браузер", "%(n)d браузерів", len(known)) % {"n": len(known)},
        why=_("Щоб показувати вам повідомлення, коли сторінку закрито."),
        until=_("Поки діє ваша згода або поки ви їх не вимкнете."),
        lines=lambda: [{"device": each.words, "since": each.since} for each in known],
    )
