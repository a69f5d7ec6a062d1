"""Addresses of the ways that stay on the platform's own host."""

from django.urls import path

from edem.foundation.identity.sign_in_pages import kep_file, mobile_id, signing_widget

urlpatterns = [
    path("sign-in/kep-file/", kep_file.sign_in, name="kep_file"),
    path("sign-in/kep-file/text/", kep_file.text, name="kep_file_text"),
    path("sign-in/kep-widget/", signing_widget.sign_in, name="kep_widget"),
    path("sign-in/mobile-id/", mobile_id.phone, name="mobile_id"),
    path("sign-in/mobile-id/wait/", mobile_id.wait, name="mobile_id_wait"),
    path("sign-in/mobile-id/standing/", mobile_id.standing, name="mobile_id_standing"),
]
