"""A file with a signature, as a way of identification."""

from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.interface import PageDriven
from edem.foundation.identity.signatures.trusted import is_trust_given


class KepFileWay(PageDriven):
    methods = (Method.KEP_FILE,)

    def is_connected(self) -> bool:
        """Without a root that the operator trusts no signature can let anybody in."""
        return is_trust_given()

    def page(self, method: Method) -> str:
        del method
        return "identity:kep_file"
