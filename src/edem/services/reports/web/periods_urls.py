"""Addresses of the weekly and monthly reports. Part of the service's list."""

from django.urls import path

from edem.services.reports.web import periods

urlpatterns = [
    path("periods/", periods.period_list, name="periods"),
    path("periods/any/", periods.any_period, name="any_period"),
    path("periods/any.<str:kind>", periods.any_period_file, name="any_period_file"),
    path("periods/<str:span>/<str:first>/", periods.made_period, name="period"),
    path("periods/<str:span>/<str:first>.<str:kind>", periods.made_period_file, name="period_file"),
]
