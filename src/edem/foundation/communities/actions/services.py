"""Which services and languages a community offers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from edem.foundation.communities.actions.locking import lock_community
from edem.foundation.communities.queries import services_with_charter
from edem.foundation.communities.recording import Record
from edem.kernel.errors import Conflict, Invalid


@transaction.atomic(durable=True)
def switch_services(
    community_id: int,
    services: Sequence[str],
    *,
    known: frozenset[str],
    need_charter: frozenset[str],
    record: Record,
    now: datetime,
    begin: Mapping[str, Callable[[int], None]] | None = None,
) -> None:
    """Switch these on and the rest off. `known` are the installation's; some run only under the council's rules.

    `begin` writes what a service needs before its first day: service → what is done with the community's number.
    """
    community = lock_community(community_id)

    added = set(services) - set(community.services)
    for service in sorted(added - known):
        raise Invalid("communities.unknown_service", service=service, field="services")
    for service in sorted((added & need_charter) - services_with_charter(community_id, now=now)):
        raise Conflict("communities.no_charter", service=service, field="services")

    was, community.services = set(community.services), sorted(set(services))
    community.save(update_fields=["services"])
    for service in sorted(added & set(begin or {})):
        (begin or {})[service](community_id)

    record(
        "communities.services_switched",
        community_id=community_id,
        subject=community,
        now=now,
        on=", ".join(sorted(added)),
        off=", ".join(sorted(was - set(services))),
    )


@transaction.atomic(durable=True)
def switch_languages(community_id: int, languages: Sequence[str], *, record: Record, now: datetime) -> None:
    """Ukrainian is always there (Law on the state language, article 27)."""
    community = lock_community(community_id)

    offered = [code for code, _ in settings.LANGUAGES]
    for language in languages:
        if language not in offered:
            raise Invalid("communities.unknown_language", language=language, field="languages")

    community.languages = [code for code in offered if code == "uk" or code in languages]
    community.save(update_fields=["languages"])

    record(
        "communities.languages_switched",
        community_id=community_id,
        subject=community,
        now=now,
        languages=", ".join(community.languages),
    )
