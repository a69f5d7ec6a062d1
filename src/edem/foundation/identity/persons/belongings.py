"""What goes over with a merged account besides its documents: where it is written to (decision 0018)."""

from collections.abc import Mapping, Sequence

from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.addresses import confirmed
from edem.foundation.identity.models import Contact, Device
from edem.foundation.people.models import Person

Moved = Mapping[str, Sequence[str]]
"""Kind of row → the numbers of those that went over, so that they can go back."""


def move_belongings(kept: Person, absorbed: Person) -> Moved:
    """An address that the kept account lacks; one of its own stays its own. Browsers go all: each gets messages."""
    lacking = [kind for kind in Kind if confirmed(kept, kind) is None]
    contacts = [found.pk for kind in lacking if (found := confirmed(absorbed, kind))]
    devices = list(Device.objects.filter(person=absorbed).order_by("pk").values_list("pk", flat=True))
    Contact.objects.filter(pk__in=contacts).update(person=kept)
    Device.objects.filter(pk__in=devices).update(person=kept)
    return {"contacts": [str(pk) for pk in contacts], "devices": [str(pk) for pk in devices]}


def give_belongings_back(kept: Person, absorbed: Person, moved: Moved) -> None:
    """What the person has removed or replaced since is not made up for."""
    Contact.objects.filter(pk__in=moved.get("contacts", []), person=kept).update(person=absorbed)
    Device.objects.filter(pk__in=moved.get("devices", []), person=kept).update(person=absorbed)


def forget_belongings(absorbed: Person) -> None:
    """The term to undo is over: what stayed behind is needed by nobody."""
    Contact.objects.filter(person=absorbed).delete()
    Device.objects.filter(person=absorbed).delete()
