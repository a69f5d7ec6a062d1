"""What the desk has sealed about a person goes with their consent; that something was decided stays."""

from datetime import datetime

from edem.foundation.files.actions import remove_files
from edem.foundation.identity import vault
from edem.foundation.identity.contacts.actions import forget_contacts
from edem.foundation.identity.models import FormerName, MembershipFact, PersonMerge, Proposal, SignInSlip
from edem.foundation.people.models import Person


def forget_at_desk(person: Person, *, now: datetime) -> None:
    """Former names, numbers and scans of proofs, what waits for a second officer, slips, accounts merged into this."""
    FormerName.objects.filter(person=person).delete()
    facts = MembershipFact.objects.filter(person=person)
    scans = facts.filter(scan__isnull=False).order_by("pk").values_list("scan_id", flat=True)
    scan_ids = [each for each in scans if each]
    facts.update(reference=None, scan=None, scan_until=None)
    remove_files(scan_ids)
    Proposal.objects.filter(person=person).update(terms=b"")
    SignInSlip.objects.filter(person=person).delete()
    for merge in PersonMerge.objects.filter(kept=person, undone_at__isnull=True, settled_at__isnull=True).order_by(
        "pk"
    ):
        vault.erase(merge.absorbed)
        forget_contacts(merge.absorbed)
        forget_at_desk(merge.absorbed, now=now)
        merge.settled_at = now
        merge.save(update_fields=["settled_at"])
