"""Forgets what is over: spent codes, ended sessions, revocations that have outlived their passes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

from edem.foundation.events.readers import daily
from edem.foundation.identity.models import HandOver, RevokedSession, SignIn


@daily(at="03:50")
def forget_what_is_over(now: datetime) -> None:
    HandOver.objects.filter(expires_at__lte=now).delete()
    RevokedSession.objects.filter(until__lte=now).delete()
    Session.objects.filter(expire_date__lte=now).delete()
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    SignIn.objects.filter(ended_at__isnull=True, started_at__lte=now - longest).update(ended_at=now)
