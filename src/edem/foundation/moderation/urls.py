"""Reports and the moderator's cases, within a community."""

from django.urls import path

from edem.foundation.moderation import views

app_name = "moderation"

urlpatterns = [
    path("report/<slug:service>/<slug:kind>/<slug:subject_id>/", views.report, name="report"),
    path("report/<slug:service>/<slug:kind>/<slug:subject_id>/sent/", views.reported, name="reported"),
    path("moderation/<slug:service>/<slug:kind>/<slug:subject_id>/", views.case, name="case"),
]
