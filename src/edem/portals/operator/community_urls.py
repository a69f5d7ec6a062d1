"""The community administrator's desk."""

from django.apps import apps
from django.urls import path

from edem.portals.operator import borders, charters, emergency_desk, home, looks, parts, services, workers

app_name = "operator"

urlpatterns = [
    path("", home.home, name="home"),
    path("facts/", looks.facts, name="facts"),
    path("look/", looks.look, name="look"),
    path("look/accent/", looks.accent, name="accent"),
    path("look/arms/", looks.arms, name="arms"),
    path("look/arms/remove/", looks.arms_away, name="arms_away"),
    path("border/", borders.border, name="border"),
    path("border/remove/", borders.border_away, name="border_away"),
    path("services/", services.services, name="services"),
    path("districts/", parts.districts, name="districts"),
    path("districts/add/", parts.district, name="district_add"),
    path("districts/<int:district_id>/", parts.district, name="district"),
    path("districts/<int:district_id>/remove/", parts.district_away, name="district_away"),
    path("organisations/", parts.organisations, name="organisations"),
    path("organisations/add/", parts.organisation, name="organisation_add"),
    path("organisations/<int:organisation_id>/", parts.organisation, name="organisation"),
    path("organisations/<int:organisation_id>/close/", parts.organisation_closed, name="organisation_close"),
    path("organisations/<int:organisation_id>/reopen/", parts.organisation_reopened, name="organisation_reopen"),
    path("rules/<slug:code>/", charters.charter, name="charter"),
    path("emergencies/", emergency_desk.emergencies, name="emergencies"),
    path("emergencies/<int:emergency_id>/", emergency_desk.emergency_review, name="emergency_review"),
    path("emergencies/<int:emergency_id>/close/", emergency_desk.emergency_ended, name="emergency_end"),
    path("staff/", workers.workers, name="staff"),
    path("staff/add/", workers.new_worker, name="worker_add"),
    path("staff/roles/<int:grant_id>/end/", workers.role_ended, name="role_end"),
    path("staff/<uuid:person_id>/close/", workers.account_closed, name="account_close"),
]
if apps.is_installed("allauth.socialaccount"):
    from edem.portals.operator.outside_urls import community

    urlpatterns += community
