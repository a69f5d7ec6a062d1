"""Addresses of problem reports, under /reports/ of each community."""

from django.urls import URLPattern, URLResolver

from edem.services.reports.web import (
    card_urls,
    category_urls,
    control_urls,
    exchange_urls,
    map_urls,
    organisation_urls,
    periods_urls,
    resident_urls,
    starting_urls,
)

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    *card_urls.urlpatterns,
    *category_urls.urlpatterns,
    *control_urls.urlpatterns,
    *exchange_urls.urlpatterns,
    *map_urls.urlpatterns,
    *organisation_urls.urlpatterns,
    *periods_urls.urlpatterns,
    *resident_urls.urlpatterns,
    *starting_urls.urlpatterns,
]
