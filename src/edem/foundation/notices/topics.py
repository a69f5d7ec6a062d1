"""What a person may be written about: the services' topics and the platform's own."""

from collections.abc import Mapping

from edem.foundation.catalog.registry import manifests
from edem.kernel.ukrainian import N_

ACCOUNT = "account"
STAFF = "staff"
OFFICIAL = "official"
"""Letters to bodies' public mailboxes: nobody's choice."""
FOLLOWED = "followed"
"""Letters and digests about what a person follows: subscriptions say which come, not a choice of topics."""

OWN = {
    ACCOUNT: N_("Ваш обліковий запис"),
    STAFF: N_("Службові нагадування"),
}


def topics() -> Mapping[str, str]:
    """Code → words, the platform's own last."""
    offered = {code: words for manifest in manifests() for code, words in (manifest.topics or {}).items()}
    return {**offered, FOLLOWED: N_("За чим ви стежите"), **OWN}


def choosable_topics() -> Mapping[str, str]:
    """Those that a person turns on and off; «petitions.followed» and its like follow the subscriptions."""
    return {code: words for code, words in topics().items() if code.rpartition(".")[2] not in {FOLLOWED, OFFICIAL}}
