"""Addresses of the sign-in by a signed file, on the platform's host."""

from django.urls import path

from edem.foundation.identity.providers.kep_file import views

urlpatterns = [
    path("sign-in/kep-file/", views.sign_in, name="kep_file"),
    path("sign-in/kep-file/text/", views.text, name="kep_file_text"),
]
