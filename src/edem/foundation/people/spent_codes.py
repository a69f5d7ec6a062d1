"""A code of an authenticator app works once, whichever process it is shown to first (RFC 6238, 5.2)."""

from datetime import datetime

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.db import transaction

MEMORY_SECONDS = 300
"""Far longer than a code is good for."""
SPENT = "spent"


@transaction.atomic
def spend_code(authenticator: Authenticator, code: str, *, now: datetime) -> bool:
    """Whether it is the first time; two at the same moment wait for each other at the row."""
    row = Authenticator.objects.select_for_update(of=("self",)).get(pk=authenticator.pk)
    since = now.timestamp() - MEMORY_SECONDS
    spent = {known: at for known, at in row.data.get(SPENT, {}).items() if at > since}
    plain = normalize_user_code(code)
    if plain in spent:
        return False
    row.data = row.data | {SPENT: spent | {plain: now.timestamp()}}
    row.save(update_fields=["data"])
    authenticator.data = row.data
    return True
