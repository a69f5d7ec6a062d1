from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "edem.portals.desk"
    label = "desk"
