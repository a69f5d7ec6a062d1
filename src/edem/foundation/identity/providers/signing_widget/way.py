"""The signing widget, as a way of identification."""

from django.conf import settings

from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.interface import PageDriven


class SigningWidgetWay(PageDriven):
    methods = (Method.KEP_WIDGET,)

    def is_connected(self) -> bool:
        return bool(settings.EDEM.sign_widget_url) and settings.EDEM.trust_dir is not None

    def page(self, method: Method) -> str:
        del method
        return "identity:kep_widget"
