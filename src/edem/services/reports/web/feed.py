"""Reports by the list's own filters for outside programs: an Atom feed and GeoJSON."""

import json

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.services.reports.queries.categories import titles_of
from edem.services.reports.queries.lists import reports_wanted
from edem.services.reports.queries.rows import feature_of
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.web.listing import list_tags
from edem.services.reports.web.map_forms import FILTERS, filters_of, wanted_of

NEWEST = 50
MOST_FEATURES = 1_000


@open_to(anyone)
@kept(query=FILTERS, tags=list_tags)
@require_safe
def feed(request: CommunityRequest) -> HttpResponse:
    community = request.community
    asked = filters_of(request.GET).urlencode()
    titles = titles_of(community.pk)
    atom = Atom1Feed(
        title=_("Відкрите місто: %(community)s") % {"community": community.name},
        link=address_of_page(community, "/reports/") + (f"?{asked}" if asked else ""),
        description=_("Повідомлення про проблеми"),
        feed_url=address_of_page(community, "/reports/feed.atom") + (f"?{asked}" if asked else ""),
        language="uk",
    )
    for report in reports_wanted(community, wanted_of(request.GET, community))[:NEWEST]:
        address = address_of_page(community, path_of(report))
        atom.add_item(
            title=report.title,
            link=address,
            description="\n".join(part for part in (report.address, report.text) if part),
            pubdate=report.published_at,
            updateddate=report.updated_at,
            unique_id=address,
            categories=[titles[code] for code in report.category_codes if code in titles],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@open_to(anyone)
@kept(query=FILTERS, tags=list_tags)
@require_safe
def geojson(request: CommunityRequest) -> HttpResponse:
    """The newest thousand; whoever wants more narrows the question, or takes the open data."""
    community = request.community
    found = list(
        reports_wanted(community, wanted_of(request.GET, community)).select_related("organisation")[: MOST_FEATURES + 1]
    )
    whole = {
        "type": "FeatureCollection",
        "features": [feature_of(report, community) for report in found[:MOST_FEATURES]],
        "is_cut": len(found) > MOST_FEATURES,
    }
    return HttpResponse(json.dumps(whole, ensure_ascii=False), content_type="application/geo+json; charset=utf-8")
