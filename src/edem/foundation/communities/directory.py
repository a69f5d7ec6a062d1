"""The communities' addresses, kept in each process's memory."""

from dataclasses import dataclass, field
from time import monotonic

from edem.foundation.communities.models import Community

_REFRESH_SECONDS = 5.0


@dataclass
class Directory:
    """Slugs and host names; an unknown slug is looked up again at most once in a few seconds."""

    slugs: set[str] = field(default_factory=set)
    by_host: dict[str, str] = field(default_factory=dict)
    loaded_at: float = float("-inf")

    def load(self) -> None:
        rows = list(Community.objects.filter(is_open=True).order_by("pk").values_list("slug", "host"))
        self.slugs = {slug for slug, _ in rows}
        self.by_host = {host.lower(): slug for slug, host in rows if host}
        self.loaded_at = monotonic()

    def has(self, slug: str) -> bool:
        if slug not in self.slugs and monotonic() - self.loaded_at > _REFRESH_SECONDS:
            self.load()
        return slug in self.slugs


_DIRECTORY = Directory()


def directory() -> Directory:
    return _DIRECTORY
