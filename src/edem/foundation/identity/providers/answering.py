"""A signature over the challenge, however it came: checked, and turned into claims for one time."""

from django.conf import settings

from edem.foundation.identity.claims import Claims, Method
from edem.foundation.identity.providers.challenge import awaited, forget
from edem.foundation.identity.providers.signer import claims_of
from edem.foundation.identity.signatures.checking import check_signature
from edem.foundation.people.requests import Request
from edem.kernel.errors import Invalid
from edem.kernel.kep.errors import Unreadable


def claims_signed(request: Request, signed: bytes, *, method: Method) -> Claims:
    """Who signed this browser's own text; the text has then done its work."""
    challenge = awaited(request.session, now=request.now)
    try:
        verdict = check_signature(signed, challenge.content, now=request.now)
    except Unreadable:
        raise Invalid("identity.kep_unreadable") from None
    needs_qualified = settings.EDEM.kep_needs_qualified
    claims = claims_of(verdict, over=challenge.content, method=method, needs_qualified=needs_qualified, now=request.now)
    forget(request.session)
    return claims
