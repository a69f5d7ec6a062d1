"""The open communities, kept in each process's memory so that a request finds its own without a query."""

import copy
from dataclasses import dataclass, field
from time import monotonic

from django.db import DatabaseError

from edem.foundation.communities.models import Community

_REFRESH_SECONDS = 5.0


@dataclass
class Directory:
    """Slugs and host names. Memory answers for the rows only while somebody follows the channel "communities"."""

    slugs: set[str] = field(default_factory=set)
    by_host: dict[str, str] = field(default_factory=dict)
    communities: dict[str, Community] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    loaded_at: float = float("-inf")
    is_followed: bool = False
    """True between `follow()` and `unfollow()`: every change has been told to us, or will be in a moment."""

    def load(self) -> None:
        rows = list(Community.objects.filter(is_open=True).order_by("pk"))
        self.communities = {row.slug: row for row in rows}
        self.slugs = set(self.communities)
        self.ids = {row.slug: row.pk for row in rows}
        self.by_host = {row.host.lower(): row.slug for row in rows if row.host}
        self.loaded_at = monotonic()

    def follow(self) -> None:
        """The front door's listener has just begun to hear the channel: what it missed is read anew."""
        self.load()
        self.is_followed = True

    def unfollow(self) -> None:
        """The listener lost its connection: until it is back, each request reads its community itself."""
        self.is_followed = False

    def forget(self) -> None:
        """As in a process that has just begun."""
        self.slugs, self.by_host, self.communities, self.ids = set(), {}, {}, {}
        self.loaded_at, self.is_followed = float("-inf"), False

    def has(self, slug: str) -> bool:
        """An unknown slug is looked up again, at most once in a few seconds; a follower would know it by now."""
        if slug not in self.slugs and not self.is_followed and monotonic() - self.loaded_at > _REFRESH_SECONDS:
            self._load_or_go_by_memory()
        return slug in self.slugs

    def _load_or_go_by_memory(self) -> None:
        """While the database is away, what was known before still answers; a process that knew nothing says so."""
        try:
            self.load()
        except DatabaseError:
            if self.loaded_at == float("-inf"):
                raise
            self.loaded_at = monotonic()

    def owner_of(self, host: str) -> str | None:
        """The slug of the community whose own host name this is."""
        if self.loaded_at == float("-inf"):
            self.load()
        return self.by_host.get(host)

    def find(self, slug: str) -> Community | None:
        """The open community, as the database has it now."""
        if self.is_followed:
            # A copy: what one request sets on its community must not meet the next.
            return copy.copy(self.communities[slug]) if slug in self.communities else None
        return Community.objects.filter(slug=slug, is_open=True).order_by("pk").first()


_DIRECTORY = Directory()


def directory() -> Directory:
    return _DIRECTORY
