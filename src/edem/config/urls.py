"""Addresses of the platform itself: the national home, sign-in, the gallery, the API."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("edem.portals.site.shared_urls")),
    path("", include("edem.foundation.people.urls")),
    path("", include("edem.foundation.notices.urls")),
    *([path("", include("edem.foundation.identity.urls"))] if find_spec("edem.foundation.identity.urls") else []),
]
