"""Whether this installation sends messages to browsers, and by which key they know it."""

from django.conf import settings

from edem.foundation.notices.push.vapid import public_key


def are_pushes_sent() -> bool:
    return bool(settings.EDEM.push_key)


def application_server_key() -> str:
    return public_key(settings.EDEM.push_key) if are_pushes_sent() else ""


def contact() -> str:
    """Push services write there when something is wrong."""
    known: str = settings.EDEM.push_contact or settings.EDEM.base_url
    return known
