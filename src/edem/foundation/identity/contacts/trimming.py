"""Addresses that nothing is written to any more go for good: the last letter has had its days."""

from datetime import datetime, timedelta
from typing import Final

from edem.foundation.identity.models import Contact

KEPT: Final = timedelta(days=4)
"""Longer than a letter is tried, and than the day that codes are counted in."""


def forget_old_contacts(*, now: datetime) -> None:
    Contact.objects.filter(ended_at__lt=now - KEPT).delete()
    Contact.objects.filter(confirmed_at__isnull=True, expires_at__lt=now - KEPT).delete()
    late = Contact.objects.filter(confirmed_at__isnull=True, ended_at__isnull=True, expires_at__lte=now)
    late.update(ended_at=now, address=b"")
