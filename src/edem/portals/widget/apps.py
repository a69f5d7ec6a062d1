from django.apps import AppConfig


class WidgetConfig(AppConfig):
    name = "edem.portals.widget"
    label = "widget"
