"""For tests of КЕП: the stands that sign, and a community whose council lets residents in by it."""

from pathlib import Path

from edem.foundation.communities.models import CharterVersion
from simulators.authority import write_root
from simulators.running import SEED


def trust_in(folder: Path) -> Path:
    """A list of trusted roots with the sandbox's own."""
    write_root(SEED, into=folder)
    return folder


def let_in_by(community, *methods: str) -> None:
    CharterVersion.objects.create(
        community=community,
        service="sign_in",
        version=1,
        in_force_from="2020-01-01T00:00Z",
        act_title="Рішення",
        act_number="1",
        act_date="2020-01-01",
        values={"methods": list(methods)},
    )
