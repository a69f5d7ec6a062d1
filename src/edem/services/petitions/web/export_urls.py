"""Addresses of exports: the desk's and the author's."""

from django.urls import path

from edem.services.petitions.web import exporting

_EXPORTS, _OWN = "<int:petition_id>/exports/", "<int:petition_id>/list/"

urlpatterns = [
    path(_EXPORTS, exporting.exports, name="exports"),
    path(f"{_EXPORTS}<int:export_id>/", exporting.export, name="export"),
    path(f"{_EXPORTS}<int:export_id>/file/", exporting.export_file, name="export_file"),
    path(_OWN, exporting.own_exports, name="own_exports"),
    path(f"{_OWN}<int:export_id>/", exporting.own_export, name="own_export"),
    path(f"{_OWN}<int:export_id>/file/", exporting.own_export_file, name="own_export_file"),
]
