from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "edem.foundation.discussions"
    label = "discussions"
