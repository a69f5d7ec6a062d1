"""Mounted within a community under «files/»."""

from django.urls import path

from edem.foundation.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:file_id>/small.webp", views.small, name="small"),
    path("<uuid:file_id>/<str:name>", views.file, name="file"),
]
