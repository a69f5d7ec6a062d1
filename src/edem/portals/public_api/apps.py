from django.apps import AppConfig


class PublicApiConfig(AppConfig):
    name = "edem.portals.public_api"
    label = "public_api"
