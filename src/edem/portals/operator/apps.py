from django.apps import AppConfig


class OperatorConfig(AppConfig):
    name = "edem.portals.operator"
    label = "operator"
