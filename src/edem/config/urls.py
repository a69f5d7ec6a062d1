"""Addresses of the platform itself: the national home, sign-in, the gallery, the API."""

from django.urls import URLPattern, URLResolver, include, path

from edem.config.sample.page import demo_page
from edem.foundation.catalog.registry import manifests
from edem.foundation.people.access import anyone, open_to
from edem.ui.gallery import gallery

urlpatterns: list[URLPattern | URLResolver] = [
    path("demo/", demo_page, name="demo"),
    path("", include("edem.portals.site.national_urls")),
    path("", include("edem.portals.site.shared_urls")),
    path("operator/", include("edem.portals.operator.national_urls")),
    path("_ui/", open_to(anyone)(gallery), name="gallery"),
    path("", include("edem.foundation.people.urls")),
    path("", include("edem.foundation.identity.urls")),
    path("", include("edem.foundation.notices.urls")),
    *(path("", include(manifest.standard_urls)) for manifest in manifests() if manifest.standard_urls),
]

handler500 = "edem.config.faults.fault"
