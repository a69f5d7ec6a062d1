"""Addresses within one community. No pattern names it: the front door takes it off (design §2.1)."""

from django.urls import URLPattern, URLResolver, include, path

from edem.foundation.catalog.registry import manifests

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("edem.portals.site.community_urls")),
    path("", include("edem.portals.site.rules_urls")),
    path("", include("edem.foundation.people.community_urls")),
    path("", include("edem.foundation.identity.community_urls")),
    path("", include("edem.foundation.moderation.urls")),
    path("", include("edem.foundation.discussions.urls")),
    path("", include("edem.foundation.notices.community_urls")),
    path("files/", include("edem.foundation.files.urls")),
    path("", include("edem.portals.public_api.urls")),
    path("", include("edem.portals.site.open_data_urls")),
    path("widget/", include("edem.portals.widget.urls")),
    path("cabinet/", include("edem.portals.cabinet.urls")),
    path("desk/", include("edem.portals.desk.urls")),
    path("admin-desk/", include("edem.portals.operator.community_urls")),
    *(path("", include(manifest.standard_urls)) for manifest in manifests() if manifest.standard_urls),
    *(path(f"{manifest.prefix}/", include(manifest.urls)) for manifest in manifests()),
]

handler500 = "edem.config.faults.fault"
