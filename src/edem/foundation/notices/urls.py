"""Mounted on the platform's own host."""

from django.urls import path

from edem.foundation.notices import views

app_name = "notices"
urlpatterns = [
    path("mail/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
