from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "edem.foundation.documents"
    label = "documents"
