"""The staff desk of one community."""

from django.urls import path

from edem.portals.desk import auditing, views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("queues/<slug:code>/", views.queue, name="queue"),
    path("log/", auditing.log, name="log"),
]
