"""The address of «Перевірити підпис», on the platform's host and in every community."""

from django.urls import path

from edem.foundation.identity.signatures import pages

urlpatterns = [path("verify-signature/", pages.verify_signature, name="verify_signature")]
