"""Sign-in as a community's pages link to it; the way leads through the platform's host."""

from django.urls import path

from edem.foundation.identity import crossing, views

app_name = "identity"

urlpatterns = [
    path("sign-in/", crossing.leave, name="begin"),
    path("sign-in/arrive/", crossing.arrive, name="arrive"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
