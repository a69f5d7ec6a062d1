"""Pages that both the platform and each community have."""

from django.urls import path

from edem.portals.site import views

urlpatterns = [
    path("language/<slug:code>/", views.language, name="language"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
