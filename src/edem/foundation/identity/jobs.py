"""Forgets what is over: spent codes, ended sessions, revocations that have outlived their passes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import F

from edem.foundation.events.readers import daily
from edem.foundation.identity.contacts.trimming import forget_old_contacts
from edem.foundation.identity.membership.scans import delete_old_scans
from edem.foundation.identity.models import (
    HandOver,
    IssuerAnswer,
    MembershipFact,
    RevokedSession,
    SignIn,
    SignInSlip,
    SpentLogout,
)
from edem.foundation.identity.persons.parting import settle_merges
from edem.foundation.identity.sealed_files import seal_what_lies_open


@daily(at="03:50")
def forget_what_is_over(now: datetime) -> None:
    HandOver.objects.filter(expires_at__lte=now).delete()
    RevokedSession.objects.filter(until__lte=now).delete()
    SpentLogout.objects.filter(until__lte=now).delete()
    Session.objects.filter(expire_date__lte=now).delete()
    IssuerAnswer.objects.filter(kept_until__lte=now).delete()
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    SignInSlip.objects.filter(expires_at__lte=now, used_at__isnull=True).delete()
    SignIn.objects.filter(ended_at__isnull=True, started_at__lte=now - longest).update(ended_at=now)


@daily(at="00:15")
def end_what_ran_out(now: datetime) -> None:
    """A proof's last day is over; pages have known it since midnight."""
    expired = MembershipFact.objects.filter(until__isnull=True, holds_until__lte=now, since__lte=F("holds_until"))
    expired.update(until=F("holds_until"))


@daily(at="04:10")
def keep_terms(now: datetime) -> None:
    """Scans whose time is over, accounts that can be taken apart no more, addresses that nothing goes to."""
    delete_old_scans(now=now)
    seal_what_lies_open()
    settle_merges(now=now)
    forget_old_contacts(now=now)
