from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "edem.foundation.notices"
    label = "notices"
