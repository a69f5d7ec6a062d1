from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "edem.foundation.catalog"
    label = "catalog"
