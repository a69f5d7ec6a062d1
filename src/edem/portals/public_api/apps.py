from django.apps import AppConfig

from edem.foundation.people.programs import set_gate


class PublicApiConfig(AppConfig):
    name = "edem.portals.public_api"
    label = "public_api"

    def ready(self) -> None:
        from edem.portals.public_api.admission import admit  # noqa: PLC0415 - models are loaded only now

        set_gate(admit)
