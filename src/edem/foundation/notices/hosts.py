"""Under which names the platform writes letters."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings


def sender_address() -> str:
    return parseaddr(settings.EDEM.mail_from)[1]


def host_name() -> str:
    """The platform's own name, in Message-IDs and in the greeting of mail servers."""
    return urlsplit(settings.EDEM.base_url).hostname or "localhost"
