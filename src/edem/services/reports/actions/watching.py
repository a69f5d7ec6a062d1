"""Watching a part of the community: the area is written down, and its person follows it like any other topic."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat

from edem.foundation.communities.models import Community
from edem.foundation.notices.models import Subscription
from edem.foundation.notices.subjects import Kind, Rhythm, Subject
from edem.foundation.notices.subscribing import follow
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid
from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.models import WatchedArea
from edem.services.reports.queries.charters import CODE
from edem.services.reports.queries.watched import AREA, topic_of
from edem.services.reports.rules.watching import RADII, Watched, street_key

ABANDONED: Final = timedelta(days=1)


def watch_circle(
    community: Community, place: Point, radius_m: int, *, title: str, rhythm: Rhythm, by: Person, now: datetime
) -> WatchedArea:
    if radius_m not in RADII:
        raise Invalid("report.unknown_radius", field="radius")
    area = WatchedArea.objects.create(
        community=community,
        kind=Watched.CIRCLE,
        lat=place.lat,
        lon=place.lon,
        cell=cell_of(place),
        radius_m=radius_m,
        title=title,
        created_at=now,
    )
    _follow(area, rhythm=rhythm, by=by, now=now)
    return area


def watch_street(
    community: Community, street: str, *, title: str, rhythm: Rhythm, by: Person, now: datetime
) -> WatchedArea:
    """Neighbours who watch one street share its row."""
    key = street_key(street)
    if not key:
        raise Invalid("report.no_street", field="street")
    known = WatchedArea.objects.filter(community=community, kind=Watched.STREET, street=key).order_by("pk").first()
    area = known or WatchedArea.objects.create(
        community=community, kind=Watched.STREET, street=key, title=title, created_at=now
    )
    _follow(area, rhythm=rhythm, by=by, now=now)
    return area


@transaction.atomic(durable=True)
def forget_abandoned_areas(*, now: datetime) -> None:
    """Those that nobody follows any more; a day's grace for one that is being followed just now."""
    key = Concat(Value(AREA), Cast(OuterRef("pk"), CharField()))
    follower = Subscription.objects.filter(
        community_id=OuterRef("community_id"), kind=Kind.TOPIC, service=CODE, key=key
    )
    old = WatchedArea.objects.filter(created_at__lt=now - ABANDONED).order_by(F("pk").asc())
    old.filter(~Exists(follower)).delete()


def _follow(area: WatchedArea, *, rhythm: Rhythm, by: Person, now: datetime) -> None:
    subject = Subject(Kind.TOPIC, CODE, topic_of(area.pk))
    follow(by.pk, subject, community=area.community, rhythm=rhythm, source="page", now=now)
