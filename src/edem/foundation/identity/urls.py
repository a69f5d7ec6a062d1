"""Sign-in on the platform's own host."""

from django.urls import path

from edem.foundation.identity import crossing, views
from edem.foundation.identity.cnap import slip_pages
from edem.foundation.identity.sign_in_pages import urls as sign_in_pages
from edem.foundation.identity.signatures import urls as signatures
from edem.foundation.identity.staff_logout_page import logged_out

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
    path("sign-in/slip/", slip_pages.slip, name="slip"),
    *sign_in_pages.urlpatterns,
    *signatures.urlpatterns,
    path("sign-out/", views.sign_out, name="sign_out"),
    path("staff/outside/<slug:code>/logged-out/", logged_out, name="outside_logged_out"),
]
