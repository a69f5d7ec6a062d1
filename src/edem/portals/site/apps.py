from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "edem.portals.site"
    label = "site"
