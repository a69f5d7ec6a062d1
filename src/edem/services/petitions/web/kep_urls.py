"""Addresses of signing by КЕП over the text."""

from django.urls import path

from edem.services.petitions.web import kep_signing

urlpatterns = [
    path("<int:petition_id>/kep/", kep_signing.sign, name="kep_sign"),
    path("<int:petition_id>/kep/browser/", kep_signing.sign_in_browser, name="kep_sign_in_browser"),
    path("<int:petition_id>/kep/text/", kep_signing.text, name="kep_text"),
]
