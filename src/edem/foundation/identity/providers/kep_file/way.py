"""A file with a signature, as a way of identification."""

from django.conf import settings

from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.interface import PageDriven


class KepFileWay(PageDriven):
    methods = (Method.KEP_FILE,)

    def is_connected(self) -> bool:
        """Without a root that the operator trusts no signature can let anybody in."""
        return settings.EDEM.trust_dir is not None

    def page(self, method: Method) -> str:
        del method
        return "identity:kep_file"
