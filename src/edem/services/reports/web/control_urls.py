"""Addresses of the control body, and of the guide for all who work with reports."""

from django.urls import path

from edem.services.reports.web import control, guide

urlpatterns = [
    path("control/", control.board, name="control"),
    path("guide/", guide.guide, name="guide"),
]
