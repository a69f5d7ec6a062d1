"""Which addresses of a provider are spoken to: over TLS; without it only on this very machine, never in production."""

from urllib.parse import urlsplit

from django.conf import settings

from edem.foundation.calling import LOOPBACK

WELL_KNOWN = "/.well-known/openid-configuration"


def is_safe_address(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return True
    return parts.scheme == "http" and parts.hostname in LOOPBACK and not settings.PRODUCTION


def discovery_of(issuer: str) -> str:
    return issuer.rstrip("/") + WELL_KNOWN
