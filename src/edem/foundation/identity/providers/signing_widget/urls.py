"""Address of the sign-in by the signing widget, on the platform's host."""

from django.urls import path

from edem.foundation.identity.providers.signing_widget import views

urlpatterns = [path("sign-in/kep-widget/", views.sign_in, name="kep_widget")]
