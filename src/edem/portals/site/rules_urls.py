"""«Правила» and the look: pages that every community has whatever services it runs."""

from django.urls import include, path

from edem.portals.site import look, rules

look_patterns = [
    path("look/<slug:version>/tokens.css", look.tokens, name="look"),
    path("look/<slug:version>/ornament.svg", look.ornament, name="ornament"),
    path("look/arms/<slug:fingerprint>.png", look.arms, name="arms"),
]

urlpatterns = [
    path("rules/", rules.index, name="rules"),
    path("rules/<slug:code>/", rules.service, name="rules_of_service"),
    path("rules/<slug:code>/<int:version>/", rules.service, name="rules_version"),
    path("", include((look_patterns, "communities"))),
]
