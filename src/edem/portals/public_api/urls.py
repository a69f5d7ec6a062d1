"""The API of a community and what belongs to it."""

from django.urls import path

from edem.portals.public_api import views
from edem.portals.public_api.api import api

urlpatterns = [
    path("developers/", views.developers, name="api_docs"),
    path("desk/api-keys/", views.keys, name="api_keys"),
    path("desk/api-keys/<int:key_id>/rotate/", views.rotate, name="api_key_rotate"),
    path("desk/api-keys/<int:key_id>/end/", views.end, name="api_key_end"),
    path("api/v1/", api.urls),
]
