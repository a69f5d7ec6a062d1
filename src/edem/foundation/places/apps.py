from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "edem.foundation.places"
    label = "places"
