from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "edem.foundation.communities"
    label = "communities"
