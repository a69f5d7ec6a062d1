"""Addresses of outside sign-in, in an installation that has it switched on."""

from django.urls import path

from edem.portals.operator import outside, outside_desk

national = [
    path("outside/", outside.providers, name="outside"),
    path("outside/<int:provider_id>/close/", outside.provider_closed, name="outside_close"),
    path("outside/mine/", outside.mine, name="outside_mine"),
    path("outside/mine/<slug:code>/link/", outside.link, name="outside_link"),
    path("outside/mine/<int:account_id>/unlink/", outside.unlinked, name="outside_unlink"),
    path("outside/confirm/", outside.confirm, name="outside_confirm"),
    path("outside/invited/", outside.invited, name="outside_invited"),
    path("outside/invited/go/", outside.invited_go, name="outside_invited_go"),
    path("outside/accept/", outside.accept, name="outside_accept"),
]
community = [
    path("staff/outside/", outside_desk.outside, name="outside"),
    path("staff/outside/<int:account_id>/end/", outside_desk.outside_ended, name="outside_end"),
]
