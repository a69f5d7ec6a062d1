"""Where a person is registered: the port behind which a state register stands, whichever it is."""

from typing import Protocol

from django.conf import settings

from edem.foundation.identity.membership.trembita import Trembita
from edem.foundation.identity.membership.xroad import Address


class Register(Protocol):
    def address_of(self, tax_number: str, *, born_on: str, user_id: str) -> str | None:
        """The registered address in one line; None when the register does not know the person for certain."""
        ...


def connected_register() -> Register | None:
    """None when this installation has no agreement with the exchange."""
    env = settings.EDEM
    client, service = Address.parse(env.trembita_client), Address.parse(env.trembita_service)
    if not (env.trembita_url and client.is_client and service.is_service):
        return None
    return Trembita(url=env.trembita_url, client=client, service=service)
