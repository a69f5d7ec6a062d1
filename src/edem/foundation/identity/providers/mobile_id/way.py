"""MobileID asked directly, as a way of identification."""

from django.conf import settings

from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.interface import PageDriven


class MobileIdWay(PageDriven):
    methods = (Method.MOBILE_ID_DIRECT,)

    def is_connected(self) -> bool:
        env = settings.EDEM
        return bool(env.mobile_id_url and env.mobile_id_ap_id) and env.trust_dir is not None

    def page(self, method: Method) -> str:
        del method
        return "identity:mobile_id"
