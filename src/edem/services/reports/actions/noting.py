"""Notes that stay inside an organisation."""

from datetime import datetime

from django.db import transaction

from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.services.reports.actions.own_place import own_assignment
from edem.services.reports.actions.stepping import lock
from edem.services.reports.models import InternalNote
from edem.services.reports.rules.words import tidied


@transaction.atomic(durable=True)
def add_note(report_id: int, text: str, *, by: Person, now: datetime) -> None:
    """Only of one that the organisation holds; nobody outside of it ever reads the note."""
    report = lock(report_id)

    held = own_assignment(report, by, Role.WORKER, Role.HEAD, Role.EXECUTOR)

    InternalNote.objects.create(
        report=report, organisation_id=held.organisation_id, author=by, text=tidied(text), at=now
    )
