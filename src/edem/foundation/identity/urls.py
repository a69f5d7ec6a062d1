"""Sign-in on the platform's own host."""

from django.urls import path

from edem.foundation.identity import crossing, views

app_name = "identity"

urlpatterns = [
    path("sign-in/", views.begin, name="begin"),
    path("sign-in/back/", views.back, name="back"),
    path("sign-in/back/<slug:code>/", views.back, name="back"),
    path("sign-in/consent/", views.consent, name="consent"),
    path("sign-in/welcome/", views.welcome, name="welcome"),
    path("sign-in/sessions/", views.sessions, name="sessions"),
    path("sign-in/withdraw/", views.withdraw, name="withdraw"),
    path("sign-in/hand-over/", crossing.give, name="hand_over"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
