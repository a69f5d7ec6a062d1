"""What the desk has sealed about a person goes with their consent; that something was decided stays."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from edem.foundation.files.actions import remove_files
from edem.foundation.identity.models import FormerName, MembershipFact, PersonMerge, Proposal, SignInSlip
from edem.foundation.people.models import Person


def forget_at_desk(person: Person) -> None:
    """Former names, numbers and scans of proofs, what was asked of officers, slips."""
    FormerName.objects.filter(person=person).delete()
    facts = MembershipFact.objects.filter(person=person)
    scans = facts.filter(scan__isnull=False).order_by("pk").values_list("scan_id", flat=True)
    scan_ids = [each for each in scans if each]
    facts.update(reference=None, scan=None, scan_until=None)
    remove_files(scan_ids)
    Proposal.objects.filter(person=person).update(terms=b"")
    SignInSlip.objects.filter(person=person).delete()


def settle_for_good(accounts: Iterable[uuid.UUID], *, now: datetime) -> None:
    """Merges that might still be undone: nothing is left to give back."""
    PersonMerge.objects.filter(kept__in=accounts, undone_at__isnull=True, settled_at__isnull=True).update(
        settled_at=now
    )
