from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "edem.foundation.events"
    label = "events"

    def ready(self) -> None:
        """Let every app register what it does by the clock and after events."""
        autodiscover_modules("jobs", "reactions")
