"""Pages of the platform's own host: the country and its communities."""

from django.urls import path

from edem.portals.site import national

urlpatterns = [
    path("", national.home, name="home"),
    path("communities/", national.communities, name="communities"),
    path("communities/hints/", national.hints, name="community_hints"),
    path("communities/<slug:name>/", national.oblast, name="oblast"),
]
"""`hints` stands above the oblasts: none of them is called so."""
