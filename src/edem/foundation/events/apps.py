from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "edem.foundation.events"
    label = "events"
