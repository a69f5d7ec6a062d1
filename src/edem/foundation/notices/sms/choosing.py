"""Which gateway this installation has."""

from django.conf import settings

from edem.foundation.notices.sms.http_json import JsonGateway
from edem.foundation.notices.sms.port import Gateway


def gateway() -> Gateway | None:
    """None: SMS are not sent from here, and no page offers them."""
    known = settings.EDEM
    if not known.sms_url:
        return None
    return JsonGateway(address=known.sms_url, key=known.sms_key, sender=known.sms_sender)


def are_texts_sent() -> bool:
    return gateway() is not None
