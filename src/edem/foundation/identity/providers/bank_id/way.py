"""BankID of the National Bank, asked by the platform itself and not through id.gov.ua."""

from datetime import datetime
from time import sleep

from django.conf import settings

from edem.foundation.identity.claims import Claims, Method
from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.providers.bank_id.connector import BankId
from edem.foundation.identity.providers.decryption.choosing import chosen_decryption
from edem.foundation.identity.providers.interface import Answer, Redirecting
from edem.foundation.identity.signatures.checking import check_signature
from edem.kernel.errors import Unavailable
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.verdict import Verdict

PATIENCE_SECONDS = 10.0
TRIES, PAUSE_SECONDS = 100, 0.1


class BankIdNbu(Redirecting):
    code = "bank-id"
    methods = (Method.BANK_ID_NBU,)

    def is_connected(self) -> bool:
        return bool(settings.EDEM.bank_id_url) and chosen_decryption() is not None

    def address(self, method: Method, *, state: str, return_address: str) -> str:
        del method  # the only one
        return connector().authorisation_url(state=state, redirect_uri=return_address)

    def claims(self, answer: Answer) -> Claims:
        code = answer.parameters.get("code", "")
        return connector().claims(code, redirect_uri=answer.return_address, now=answer.now)


def connector() -> BankId:
    env, decryption = settings.EDEM, chosen_decryption()
    if decryption is None:
        raise ProviderFault("identity.decryption_silent")
    return BankId(
        base_url=env.bank_id_url,
        client_id=env.bank_id_client_id,
        client_secret=env.bank_id_client_secret,
        patience=PATIENCE_SECONDS,
        decryption=decryption,
        check=_checked,
    )


def _checked(signed: bytes, now: datetime) -> Verdict:
    """A free worker is waited for: whoever has come back from their bank cannot simply press the button again."""
    for _ in range(TRIES):
        try:
            return _verdict(signed, now)
        except Unavailable as refusal:
            if refusal.code != "identity.signatures_busy":
                raise
        sleep(PAUSE_SECONDS)
    return _verdict(signed, now)


def _verdict(signed: bytes, now: datetime) -> Verdict:
    try:
        return check_signature(signed, None, now=now)
    except Unreadable:
        raise ProviderFault("identity.bank_signature_wrong") from None
