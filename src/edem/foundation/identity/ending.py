"""Ends sessions: the session itself, its line in the person's list, and its act pass in every process."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from edem.foundation.identity import revocations
from edem.foundation.identity.models import HandOver, RevokedSession, SignIn
from edem.foundation.identity.sealed_pass import LIFE
from edem.foundation.people.half_way import end_half_way, hold_sign_ins_of
from edem.foundation.people.models import Person

MARGIN = timedelta(minutes=1)
"""A pass may have been sealed while the sign-out was on its way; the refusal outlives that one too."""


def end_sessions_of(person: Person, *, now: datetime, only: str = "", spare: str = "") -> None:
    """All of the person's open sessions and whatever is under way to one, or only this one and those of its sign-in."""
    hold_sign_ins_of(person.pk)
    open_ones = SignIn.objects.filter(person=person, ended_at__isnull=True).exclude(session_key=spare)
    if only:
        open_ones = open_ones.filter(_of_the_same_sign_in(only))
    else:
        end_half_way(person)
        HandOver.objects.filter(person=person, used_at__isnull=True).delete()
    keys = list(open_ones.order_by("pk").values_list("session_key", flat=True))
    SignIn.objects.filter(session_key__in=keys).update(ended_at=now)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        store(key).delete()
    revoke(keys, now=now)


@transaction.atomic
def rename_session(before: str, after: str, *, now: datetime) -> None:
    """The session goes on by another key; what was sealed or handed over under the old one goes by it no more."""
    if SignIn.objects.filter(session_key=before, ended_at__isnull=True).update(session_key=after):
        SignIn.objects.filter(origin=before).update(origin=after)
        HandOver.objects.filter(origin=before).update(origin=after)
        revoke([before], now=now)


def _of_the_same_sign_in(session_key: str) -> Q:
    """The session itself, the one on the platform's host that it came from, and all that were handed over from that."""
    here = SignIn.objects.filter(session_key=session_key).order_by("pk").first()
    root = here.origin if here and here.origin else session_key
    return Q(session_key__in={session_key, root}) | Q(origin=root)


def revoke(session_keys: list[str], *, now: datetime) -> None:
    """Refuse these sessions' act passes everywhere from the commit on; one NOTIFY per session."""
    until = now + LIFE + MARGIN
    RevokedSession.objects.filter(until__lte=now).delete()
    rows = [RevokedSession(session_key=key, until=until) for key in session_keys]
    RevokedSession.objects.bulk_create(rows, ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.executemany("SELECT pg_notify(%s, %s)", [(revocations.CHANNEL, key) for key in session_keys])
    transaction.on_commit(lambda: revocations.load(session_keys))
