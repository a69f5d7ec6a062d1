"""Addresses of one report: its card and its case."""

from django.urls import path

from edem.services.reports.web import casework, reading

urlpatterns = [
    path("<int:report_id>/", reading.report_card, name="card"),
    path("<int:report_id>/editions/", casework.editions, name="editions"),
    path("<int:report_id>/case/", casework.case, name="case"),
    path("<int:report_id>/case/<slug:deed>/", casework.take_deed, name="step"),
]
