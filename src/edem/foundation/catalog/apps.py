from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "edem.foundation.catalog"
    label = "catalog"

    def ready(self) -> None:
        from edem.foundation.catalog.wiring import wire_services

        wire_services()
