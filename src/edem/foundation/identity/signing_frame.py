"""Where the widget is, for this installation and this community, and the page that may show it."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from edem.foundation.communities.models import Community
from edem.foundation.identity.claims import Method
from edem.foundation.identity.settling import methods_of


def is_widget_offered(community: Community, *, now: datetime) -> bool:
    """The council's charter of sign-in says whether its residents sign in the browser."""
    return Method.KEP_WIDGET in methods_of(community, now=now)


def with_widget(response: HttpResponse) -> HttpResponse:
    """Let this one page show the widget's; the policy of every other page knows no frames."""
    parts = urlsplit(settings.EDEM.sign_widget_url)
    response.frames_from = f"{parts.scheme}://{parts.netloc}"  # type: ignore[attr-defined]  # read by config.security
    return response
