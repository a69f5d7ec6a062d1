"""What of reports a resident may follow: a report, a category with all under it, a circle on the map, a street."""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode

from edem.foundation.catalog.manifest import Followable
from edem.foundation.communities.models import Community
from edem.foundation.notices.subjects import Kind
from edem.services.reports.models import Report
from edem.services.reports.queries.categories import titles_of
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.queries.watched import areas_named
from edem.services.reports.rules.lifecycle import ON_THE_MAP

_LONGEST_ID = 18


def followable(community: Community, kind: str, keys: Collection[str]) -> Mapping[str, Followable]:
    if kind == Kind.TOPIC:
        return {**_categories(community, keys), **areas_named(community, keys)}
    numbers = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) <= _LONGEST_ID]
    found = Report.objects.filter(community=community, pk__in=numbers, state__in=list(ON_THE_MAP)).order_by("pk")
    return {str(report.pk): Followable(title=report.title, path=path_of(report)) for report in found}


def _categories(community: Community, keys: Collection[str]) -> Mapping[str, Followable]:
    titles = titles_of(community.pk)
    known = [key for key in keys if key in titles]
    return {key: Followable(title=titles[key], path=f"/reports/?{urlencode({'category': key})}") for key in known}
