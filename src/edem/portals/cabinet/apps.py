from django.apps import AppConfig


class CabinetConfig(AppConfig):
    name = "edem.portals.cabinet"
    label = "cabinet"
