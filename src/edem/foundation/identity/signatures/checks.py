"""`./edem check-deploy`: whether signatures can be checked on this installation, and nothing is asked inwards."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own name

from edem.foundation.identity.signatures.trusted import trusted_in


@register(Tags.security, deploy=True)
def signatures_can_be_checked(**_: Any) -> list[CheckMessage]:
    return [*_trust(), *_asking()]


def _trust() -> Iterator[CheckMessage]:
    folder = settings.EDEM.trust_dir
    if folder is None:
        return
    try:
        trusted = trusted_in(folder)
    except OSError as fault:
        yield Error(f"EDEM_TRUST_DIR cannot be read: {fault.strerror}.", hint=str(folder), id="edem.E030")
        return
    if not trusted.anchors:
        hint = "Put the certificate of the central authority (czo.gov.ua) there."
        yield Error(
            "EDEM_TRUST_DIR holds no authority's certificate: no signature is trusted.", hint=hint, id="edem.E031"
        )
    if trusted.unreadable:
        yield Warning(
            "EDEM_TRUST_DIR has files without certificates.", hint=", ".join(trusted.unreadable), id="edem.W032"
        )


def _asking() -> Iterator[CheckMessage]:
    env = settings.EDEM
    if any(env.kep_online_networks):
        hint = "Unset EDEM_KEP_ONLINE_NETWORKS: it is for simulators."
        yield Error("Certificates may send this server into its own networks.", hint=hint, id="edem.E033")
    if env.trust_dir is not None and not env.kep_online:
        hint = "EDEM_KEP_ONLINE=true, or people must bring signatures with evidence inside (CAdES-LT)."
        yield Warning("Nobody is asked whether certificates were revoked.", hint=hint, id="edem.W034")
