from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "edem.foundation.files"
    label = "files"
