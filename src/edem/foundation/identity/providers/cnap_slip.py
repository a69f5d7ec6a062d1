"""The slip printed at the CNAP: a way of the platform's own, which needs nobody's agreement."""

from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.interface import PageDriven


class SlipWay(PageDriven):
    methods = (Method.CNAP_SLIP,)

    def is_connected(self) -> bool:
        return True

    def page(self, method: Method) -> str:
        del method
        return "identity:slip"
