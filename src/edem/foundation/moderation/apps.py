from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "edem.foundation.moderation"
    label = "moderation"
