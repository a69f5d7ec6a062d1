"""New petitions and their authors' news as an Atom feed."""

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.services.petitions.queries.feed import entries_of
from edem.services.petitions.web.listing import list_tags

NEWEST = 50


@open_to(anyone)
@kept(tags=list_tags)
@require_safe
def feed(request: CommunityRequest) -> HttpResponse:
    community = request.community
    atom = Atom1Feed(
        title=_("Петиції: %(community)s") % {"community": community.name},
        link=address_of_page(community, "/petitions/"),
        description=_("Петиції, що збирають підписи"),
        feed_url=address_of_page(community, "/petitions/feed.atom"),
        language="uk",
    )
    for entry in entries_of(community, now=request.now, limit=NEWEST):
        address = address_of_page(community, entry.path)
        atom.add_item(
            title=entry.title,
            link=address,
            description=entry.text,
            author_name=entry.author,
            pubdate=entry.at,
            updateddate=entry.at,
            unique_id=address,
            categories=(entry.category,),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
