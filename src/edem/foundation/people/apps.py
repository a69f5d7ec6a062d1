from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "edem.foundation.people"
    label = "people"

    def ready(self) -> None:
        from edem.foundation.people import signals  # noqa: F401, PLC0415 - models are loaded only now
