"""Addresses of the frames, of the script that makes them, and of the page that gives the code."""

from django.urls import path

from edem.portals.widget import views

app_name = "widget"

urlpatterns = [
    path("", views.code, name="code"),
    path("embed.js", views.embed, name="embed"),
    path("<slug:service>/<slug:panel>/", views.panel, name="panel"),
    path("<slug:service>/<slug:panel>/<int:number>/", views.panel, name="panel_of"),
]
