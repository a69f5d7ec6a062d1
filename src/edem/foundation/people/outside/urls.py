"""Addresses of outside sign-in; `outside_back` is what a city registers with its provider."""

from django.urls import path

from edem.foundation.people.outside import views

urlpatterns = [
    path("staff/outside/<slug:code>/", views.begin, name="outside_begin"),
    path("staff/outside/<slug:code>/back/", views.back, name="outside_back"),
    path("staff/outside/<slug:code>/left/", views.left, name="outside_left"),
]
