"""The resident's cabinet within a community."""

from django.urls import path

from edem.portals.cabinet import views

app_name = "cabinet"

urlpatterns = [
    path("", views.home, name="home"),
    path("notices/", views.notices, name="notices"),
    path("mailing/", views.mailing, name="mailing"),
    path("my-data/", views.my_data, name="my_data"),
]
