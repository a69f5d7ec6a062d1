"""Addresses that GeoReport v2 gives: under /open311/v2 of a community, or of the platform with jurisdiction_id."""

from django.urls import URLPattern, path

from edem.services.reports.web import open311
from edem.services.reports.web.open311_door import View, at_the_door


def _at(pattern: str, view: View, name: str, *, trial: bool) -> URLPattern:
    place, before = ("test/v2", "open311_test") if trial else ("v2", "open311")
    return path(f"open311/{place}/{pattern}.<str:form>", view, name=f"{before}_{name}")


def _served(*, trial: bool) -> list[URLPattern]:
    posting = open311.send_on_trial if trial else open311.send
    return [
        _at("discovery", at_the_door(get=open311.discovery), "discovery", trial=trial),
        _at("services", at_the_door(get=open311.services), "services", trial=trial),
        _at("services/<str:code>", at_the_door(get=open311.service), "service", trial=trial),
        _at("requests", at_the_door(get=open311.requests, post=posting), "requests", trial=trial),
        _at("requests/<str:request_number>", at_the_door(get=open311.one_request), "request", trial=trial),
        _at("tokens/<str:request_token>", at_the_door(get=open311.token), "token", trial=trial),
        _at("servicerequestupdates", _updates(trial=trial), "updates", trial=trial),
    ]


def _updates(*, trial: bool) -> View:
    return at_the_door(get=open311.updates) if trial else at_the_door(get=open311.updates, post=open311.send_update)


urlpatterns = [
    *_served(trial=False),
    *_served(trial=True),
    path("open311/<path:rest>", at_the_door(get=open311.nowhere, post=open311.nowhere), name="open311_elsewhere"),
]
