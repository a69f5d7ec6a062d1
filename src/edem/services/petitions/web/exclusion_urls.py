"""Addresses of exclusions."""

from django.urls import path

from edem.services.petitions.web import excluding

_EXCLUSIONS = "<int:petition_id>/exclusions/"

urlpatterns = [
    path(_EXCLUSIONS, excluding.exclusions, name="exclusions"),
    path(f"{_EXCLUSIONS}choose/", excluding.choose, name="exclusion_choose"),
    path(f"{_EXCLUSIONS}<int:exclusion_id>/", excluding.exclusion, name="exclusion"),
    path(f"{_EXCLUSIONS}<int:exclusion_id>/<slug:move>/", excluding.decide, name="exclusion_step"),
]
