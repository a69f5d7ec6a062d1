from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "edem.foundation.intake"
    label = "intake"
