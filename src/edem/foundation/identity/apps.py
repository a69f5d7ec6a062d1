from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "edem.foundation.identity"
    label = "identity"
