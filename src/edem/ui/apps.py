from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "edem.ui"
    label = "ui"
