"""The community's own pages."""

from django.urls import include, path

from edem.portals.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("moderation/", views.moderation_log, name="moderation_log"),
    path("search/", views.search, name="search"),
    path("", include("edem.portals.site.shared_urls")),
]
