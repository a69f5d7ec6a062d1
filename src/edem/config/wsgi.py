"""Django's room of the front door: everything that is not memory, intake or live."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from edem.config.front_door.our_request import OurRequest
from edem.foundation.identity.checks import production_is_not_a_demo


def opened() -> WSGIHandler:
    """A council's installation does not open its door with demo secrets or the sandbox sign-in (design §6)."""
    handler = get_wsgi_application()
    handler.request_class = OurRequest
    faults = production_is_not_a_demo() if settings.PRODUCTION else []
    if faults:
        raise ImproperlyConfigured(" ".join(f"{fault.msg} {fault.hint}" for fault in faults))
    return handler


application = opened()
