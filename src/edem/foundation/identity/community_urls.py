"""Sign-in as a community's pages link to it; the way leads through the platform's host."""

from django.urls import path

from edem.foundation.identity import crossing, standing_pages, views

app_name = "identity"

urlpatterns = [
    path("sign-in/", crossing.leave, name="begin"),
    path("sign-in/arrive/", crossing.arrive, name="arrive"),
    path("sign-in/sessions/", views.sessions, name="sessions"),
    path("sign-in/withdraw/", views.withdraw, name="withdraw"),
    path("sign-in/why/", standing_pages.why, name="why"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("members/", standing_pages.find, name="members"),
    path("members/<uuid:person_id>/", standing_pages.member, name="member"),
]
