from importlib import import_module

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """The top floor as a Django app: it carries the commands, the catalogues and the sample community."""

    name = "edem.config"
    label = "house"

    def ready(self) -> None:
        import_module("edem.config.checks")
