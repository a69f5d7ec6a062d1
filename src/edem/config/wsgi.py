"""Django's room of the front door: everything that is not memory, intake or live."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.http.request import split_domain_port

from edem.foundation.communities.directory import directory
from edem.foundation.communities.tenancy import bare_host
from edem.foundation.identity.checks import production_is_not_a_demo


class OurRequest(WSGIRequest):
    """A community's own host is ours by its row: it needs no line in EDEM_ALLOWED_HOSTS and no restart."""

    def get_host(self) -> str:
        host: str = self._get_raw_host()
        domain, _ = split_domain_port(host)  # an ill-formed one has no domain
        if domain and directory().owner_of(bare_host(host)) is not None:
            return host
        return super().get_host()


def opened() -> WSGIHandler:
    """A council's installation does not open its door with demo secrets or the sandbox sign-in (design §6)."""
    handler = get_wsgi_application()
    handler.request_class = OurRequest
    faults = production_is_not_a_demo() if settings.PRODUCTION else []
    if faults:
        raise ImproperlyConfigured(" ".join(f"{fault.msg} {fault.hint}" for fault in faults))
    return handler


application = opened()
