"""The signing widget, as a way of identification."""

from django.conf import settings

from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.interface import PageDriven
from edem.foundation.identity.signatures.trusted import is_trust_given


class SigningWidgetWay(PageDriven):
    methods = (Method.KEP_WIDGET,)

    def is_connected(self) -> bool:
        return bool(settings.EDEM.sign_widget_url) and is_trust_given()

    def page(self, method: Method) -> str:
        del method
        return "identity:kep_widget"
