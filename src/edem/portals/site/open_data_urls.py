"""The community's open data."""

from django.urls import path

from edem.portals.site import open_data

urlpatterns = [
    path("open-data/", open_data.datasets, name="open_data"),
    path("open-data/<slug:code>/<slug:day>.<slug:extension>", open_data.download_day, name="dataset_day"),
    path("open-data/<slug:code>.<slug:extension>", open_data.download, name="dataset"),
]
