from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "edem.foundation.live"
    label = "live"
