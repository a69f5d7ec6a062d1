"""Addresses of MobileID, on the platform's host."""

from django.urls import path

from edem.foundation.identity.providers.mobile_id import views

urlpatterns = [
    path("sign-in/mobile-id/", views.phone, name="mobile_id"),
    path("sign-in/mobile-id/wait/", views.wait, name="mobile_id_wait"),
    path("sign-in/mobile-id/standing/", views.standing, name="mobile_id_standing"),
]
