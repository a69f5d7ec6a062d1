from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "edem.foundation.catalog"
    label = "catalog"

    def ready(self) -> None:
        from edem.foundation.catalog.wiring import wire_services  # noqa: PLC0415 - models are ready only now

        wire_services()
