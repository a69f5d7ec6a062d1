"""Reads about places and the working calendar."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from edem.foundation.places.models import CalendarVersion, Unit
from edem.kernel.deadlines import WorkingCalendar
from edem.kernel.ukraine import UKRAINE

SETTLEMENTS = (Unit.Category.CITY, Unit.Category.TOWNSHIP, Unit.Category.VILLAGE, Unit.Category.SETTLEMENT)
COMMUNITIES = (Unit.Category.COMMUNITY, Unit.Category.SPECIAL_CITY)


def working_calendar(now: datetime) -> WorkingCalendar:
    """The calendar as the platform operator had left it by `now`; the law's own while nobody has saved any."""
    saved = calendar_versions(now).values_list("values", flat=True).first()
    return UKRAINE if saved is None else WorkingCalendar.model_validate(saved)


def calendar_versions(now: datetime) -> QuerySet[CalendarVersion]:
    return CalendarVersion.objects.filter(saved_at__lte=now).order_by("-saved_at", "-pk")


def settlements_of(community_code: str) -> QuerySet[Unit]:
    """The cities, villages and settlements of a community; Kyiv and Sevastopol are their own only settlement."""
    inside = Unit.objects.filter(community_code=community_code)
    return inside.filter(category__in=[*SETTLEMENTS, Unit.Category.SPECIAL_CITY]).order_by("name_key", "code")


def city_districts_of(community_code: str) -> QuerySet[Unit]:
    districts = Unit.objects.filter(community_code=community_code, category=Unit.Category.CITY_DISTRICT)
    return districts.order_by("name_key", "code")


def path_of(code: str) -> Sequence[Unit]:
    """The unit and everything it lies in, from the oblast down."""
    path: list[Unit] = []
    unit = Unit.objects.select_related("parent__parent__parent__parent").filter(code=code).order_by("code").first()
    while unit is not None:
        path.insert(0, unit)
        unit = unit.parent
    return path
