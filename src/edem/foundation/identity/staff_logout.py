"""A city's own provider says that a worker has signed out there: what they opened here through it ends too."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from edem.foundation.identity.ending import end_sessions_of
from edem.foundation.identity.models import SignIn, SpentLogout
from edem.foundation.people.half_way import hold_sign_ins_of
from edem.foundation.people.models import HalfSignIn, OutsideAccount
from edem.foundation.people.outside.flow import hash_there
from edem.foundation.people.outside.id_token import LEEWAY, LOGOUT_LIFE, Logout
from edem.kernel.errors import Conflict

_REMEMBERED = timedelta(seconds=LOGOUT_LIFE + 2 * LEEWAY)


@transaction.atomic(durable=True)
def end_sessions_through(provider: str, logout: Logout, *, now: datetime) -> int:
    """How many sign-ins have ended. A session that is not here any more is no fault of the provider's."""
    try:
        with transaction.atomic():
            SpentLogout.objects.create(number_hash=hash_there(provider, logout.number), until=now + _REMEMBERED)
    except IntegrityError as again:
        raise Conflict("identity.logout_spent") from again

    opened = SignIn.objects.filter(_named_by(provider, logout), ended_at__isnull=True)
    half_way = HalfSignIn.objects.filter(_named_by(provider, logout))
    hold_sign_ins_of(*opened.values_list("person", flat=True), *half_way.values_list("person", flat=True))

    half_way.delete()
    ended = list(opened.select_related("person").order_by("pk"))
    for sign_in in ended:
        end_sessions_of(sign_in.person, now=now, only=sign_in.session_key)
    return len(ended)


def _named_by(provider: str, logout: Logout) -> Q:
    """The sign-ins, whole and half way, that came through it in this session of its own and by this account."""
    named = Q(through=provider)
    if logout.session:
        named &= Q(session_there=hash_there(provider, logout.session))
    if logout.subject:
        known = OutsideAccount.objects.filter(provider__code=provider, subject=logout.subject)
        named &= Q(person__in=known.values("person"))
    return named
