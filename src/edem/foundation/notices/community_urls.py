"""Mounted within each community."""

from django.urls import path

from edem.foundation.notices import following

urlpatterns = [
    path("follow/", following.follow_page, name="follow"),
]
