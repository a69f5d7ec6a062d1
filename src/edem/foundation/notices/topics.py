"""What a person may be written about: the services' topics and the platform's own."""

from collections.abc import Mapping

from edem.foundation.catalog.registry import manifests
from edem.kernel.ukrainian import N_

ACCOUNT = "account"
STAFF = "staff"

OWN = {
    ACCOUNT: N_("Ваш обліковий запис"),
    STAFF: N_("Службові нагадування"),
}


def topics() -> Mapping[str, str]:
    """Code → words, the platform's own last."""
    offered = {code: words for manifest in manifests() for code, words in (manifest.topics or {}).items()}
    return {**offered, **OWN}
